/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

static void test_sgml__reads_trec_documents(void **state)
{
    struct caught *caught =
        read_string(*state, "a", "<DOC>\n<DOCNO> FT-1 </DOCNO>\n<DATE>October 8, 2014, Wednesday, Home Edition</DATE>\n"
                                 "<HEADLINE>\n<P>Tides\n</P></HEADLINE>\n<BYLINE>By Kim</BYLINE><SECTION>A</SECTION>\n"
                                 "<TEXT>\n<P>One &amp; two,\n1 < 2.</P>\n<P>Three</P>\n</TEXT>\n</DOC>\n"
                                 "<DOC><DOCNO>FT-2</DOCNO><TEXT>Four</TEXT></DOC><DOC><DOCNO>FT-3</DOCNO>"
                                 "<TEXT>Five</TEXT></DOC>\n");
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->documents, 3);
    assert_string_equal(caught->field[0][FIELD_ID], "FT-1");
    assert_string_equal(caught->field[0][FIELD_TITLE], "Tides");
    assert_string_equal(caught->field[0][FIELD_DATE], "2014-10-08");
    assert_string_equal(caught->field[0][FIELD_AUTHOR], "By Kim");
    assert_string_equal(caught->text[0], "One & two,\n1 < 2.\n\n\nThree");
    assert_string_equal(caught->text[2], "Five");
    assert_int_equal(caught->where[0], 1);
    assert_int_equal(caught->where[1], 14);
    caught_release(caught);
}

static void test_sgml__reads_reuters(void **state)
{
    struct caught *caught = read_string(
        *state, "a.sgm", "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\" OLDID=\"5\" NEWID=\"12\">\n"
                         "<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TOPICS><D>cocoa</D></TOPICS>\n<UNKNOWN>&#5;C T</UNKNOWN>\n"
                         "<TEXT>&#2;\n<TITLE>COCOA &lt;C></TITLE>\n<DATELINE>  SALVADOR, Feb 26 - </DATELINE>"
                         "<BODY>Traders wait.\n&#3;</BODY></TEXT>\n</REUTERS>\n");
    assert_int_equal(caught->documents, 1);
    assert_string_equal(caught->field[0][FIELD_ID], "12");
    assert_string_equal(caught->field[0][FIELD_TITLE], "COCOA <C>");
    assert_string_equal(caught->field[0][FIELD_DATE], "1987-02-26");
    assert_null(strstr(caught->text[0], "cocoa"));
    assert_string_equal(caught->text[0], "SALVADOR, Feb 26 - \n\nTraders wait.");
    caught_release(caught);
}

static void test_sgml__loses_one_broken_record(void **state)
{
    struct caught *caught = read_string(*state, "a.trec", "<DOC><DOCNO>1</DOCNO></DOC>\n<DOC><DOCNO>2</DOCNO>"
                                                          "<TEXT>Two</TEXT></DOC>\n<DOC><DOCNO>3</DOCNO><TEXT>Thr");
    assert_int_equal(caught->documents, 1);
    assert_int_equal(caught->bad, 2);
    assert_string_equal(caught->reason[0], "the record has neither <TEXT> nor a title");
    assert_string_equal(caught->reason[1], "the file ends within this record");
    caught_release(caught);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_sgml__reads_trec_documents),
        TEST(test_sgml__reads_reuters),
        TEST(test_sgml__loses_one_broken_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
