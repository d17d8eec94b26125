/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/text.h"
#include "evidence.h"
#include "searcher/highlight.h"

/* [text] in [language], searched for [evidence], is marked as [expected] shows with brackets; a title is its first
 * [title] bytes. */
static void check_title(const char *language, const char *evidence, const char *text, size_t title,
                        const char *expected)
{
    struct analyser *analyser;
    struct highlighter *highlighter;
    const struct analysis *analysis;
    const struct range *ranges;
    size_t count, from = 0;
    struct buffer shown;
    struct evidence_line *line = evidence_line_new(evidence);
    buffer_init(&shown, 100000);
    assert_int_equal(analyser_new(&analyser), OK);
    assert_int_equal(highlighter_new(&highlighter, &line->evidence), OK);
    free(line);                                  /* the highlighter has its own copy */
    for (size_t round = 0; round < 2; round++) { /* the second finds nothing of the first left over */
        assert_int_equal(analyse(&analysis, analyser, span_of(text), span_of(language)), OK);
        assert_int_equal(highlight_ranges(&ranges, &count, highlighter, analysis, (struct range){0, title}), OK);
    }
    for (size_t i = 0; i < count; i++) {
        assert_true(ranges[i].start < ranges[i].end && (i == 0 || ranges[i].start > ranges[i - 1].end));
        buffer_printf(&shown, "%.*s[%.*s]", (int)(ranges[i].start - from), text + from,
                      (int)(ranges[i].end - ranges[i].start), text + ranges[i].start);
        from = ranges[i].end;
    }
    buffer_append_string(&shown, text + from);
    assert_string_equal(shown.data, expected);
    buffer_release(&shown);
    highlighter_free(highlighter);
    analyser_free(analyser);
}

static void check(const char *evidence, const char *text, const char *expected)
{
    check_title("en", evidence, text, 0, expected);
}

static void test_highlight__marks_every_form_of_a_stem(void **state)
{
    (void)state;
    check("attack", "Attacks, attacked: an ATTACK. Attic.", "[Attacks], [attacked]: an [ATTACK]. Attic.");
}

static void test_highlight__marks_exact_forms_alone(void **state)
{
    (void)state;
    check("=attacks", "Attacks, attacked: an attack.", "[Attacks], attacked: an attack.");
}

static void test_highlight__marks_prefixes(void **state)
{
    (void)state;
    check("cyb* cyber*", "Cyberspace, cybernetics; cyan CYB.", "[Cyberspace], [cybernetics]; cyan [CYB].");
}

static void test_highlight__finds_marks_folded_and_plain(void **state)
{
    (void)state;
    check_title("es", "peru", "Perú y PERU", 0, "[Perú] y [PERU]");
}

static void test_highlight__marks_a_phrase_only_where_it_stands(void **state)
{
    (void)state;
    check("cyber_crime", "Cyber crime; crime; cyber: crimes. The cyber-crime cyber.",
          "[Cyber crime]; crime; [cyber: crimes]. The [cyber-crime] cyber.");
    check("cyber_crime", "A crime by cyber, a crime on cyber and crime.",
          "A crime by cyber, a crime on cyber and crime.");
}

static void test_highlight__marks_words_of_a_phrase_also_asked_for_alone(void **state)
{
    (void)state;
    check("cyber_crime crime", "Cyber crime and crime by cyber.", "[Cyber crime] and [crime] by cyber.");
}

static void test_highlight__follows_a_phrase_through_false_starts(void **state)
{
    (void)state;
    check("a_a_b", "a a a b a b a a b", "a [a a b] a b [a a b]");
    check("a_b_a", "a b a b a b", "[a b a b a] b");
    check("a_b", "a a a", "a a a");
}

static void test_highlight__takes_either_word_of_a_place(void **state)
{
    (void)state;
    check("big|larg_dog", "A big dog, a large dog, a huge dog.", "A [big dog], a [large dog], a huge dog.");
}

static void test_highlight__joins_words_that_the_text_writes_in_parts(void **state)
{
    (void)state;
    check("cybercrim cyber_crime#0", "Cybercrime, cyber crime and cyber-crime.",
          "[Cybercrime], [cyber crime] and [cyber-crime].");
    check("wifi_router", "The Wi-Fi router and a wifi router.", "The [Wi-Fi router] and a [wifi router].");
    check("wi_fi_router", "The Wi-Fi router and a wifi router.", "The [Wi-Fi router] and a wifi router.");
}

static void test_highlight__marks_the_words_of_near_within_its_window(void **state)
{
    (void)state;
    check("a~4~b", "b x x a x x x b", "[b] x x [a] x x x b");
    check("a~4~b", "b x x x a x x b", "b x x x [a] x x [b]");
    check("a~3~b~3~c", "c a b x b c a", "[c] [a] [b] x [b] [c] [a]");
    check("a~3~b~3~c", "c a x b c", "c a x b c");
    check("a~4~b~4~c", "c a x b c", "[c] [a] x [b] [c]");
}

static void test_highlight__wants_two_words_for_near_itself(void **state)
{
    (void)state;
    check("a~4~a", "a x x x a x a", "a x x x [a] x [a]");
    check("a|b~2~a", "b x a x a b", "b x a x [a] [b]");
    check("a|b~2~a|c", "x a b x c b x b a", "x [a] [b] x [c] [b] x [b] [a]");
}

static void test_highlight__marks_adj_in_order_alone(void **state)
{
    (void)state;
    check("a>4>b", "b x a x b", "b x [a] x [b]");
    check("a>4>b", "a x x b a x x x b", "[a] x x [b] a x x x b");
    check("a>5>b>5>c", "a b c x a x b x c", "[a] [b] [c] x [a] x [b] x [c]");
    check("a>2>b", "a a b", "a [a b]");
}

static void test_highlight__marks_title_evidence_in_the_title_alone(void **state)
{
    (void)state;
    check_title("en", "title:asean", "ASEAN meets\nThe ASEAN ministers", 11, "[ASEAN] meets\nThe ASEAN ministers");
    check_title("en", "title:asean", "The ASEAN ministers", 0, "The ASEAN ministers");
}

static void test_highlight__merges_bigrams(void **state)
{
    (void)state;
    check_title("ja", "東京_京都", "東京都の京都、東京。", 0, "[東京都]の京都、東京。");
    check_title("ja", "犯罪 サイ_イバ_バー", "サイバー犯罪とサイ", 0, "[サイバー犯罪]とサイ");
    check_title("ja", "都", "東京都の都", 0, "東京[都]の[都]");
}

static void test_highlight__marks_bytes_of_the_source(void **state)
{
    (void)state;
    check("file", "The ﬁles \xFF and ＦＩＬＥ.", "The [ﬁles] \xFF and [ＦＩＬＥ].");
}

static void test_highlight__finds_nothing_in_nothing(void **state)
{
    (void)state;
    check("a", "", "");
    check("", "some text", "some text");
    check("nowhere never_ever", "some text", "some text");
}

static void test_highlight__tells_hits_by_group(void **state)
{
    (void)state;
    static const struct highlight_hit expected[] = {{0, 5, 0}, {0, 11, 1}, {12, 17, 0}};
    struct evidence_line *line = evidence_line_new("cyber cyber_crime");
    struct analyser *analyser;
    struct highlighter *highlighter;
    const struct analysis *analysis;
    const struct highlight_hit *hits;
    size_t count;
    assert_int_equal(analyser_new(&analyser), OK);
    assert_int_equal(highlighter_new(&highlighter, &line->evidence), OK);
    assert_int_equal(highlighter_evidence(highlighter)->count, 2);
    assert_int_equal(analyse(&analysis, analyser, SPAN("cyber crime cyber"), SPAN("en")), OK);
    assert_int_equal(highlight_hits(&hits, &count, highlighter, analysis, (struct range){0, 0}), OK);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(hits[i].start, expected[i].start);
        assert_int_equal(hits[i].end, expected[i].end);
        assert_int_equal(hits[i].group, expected[i].group);
    }
    highlighter_free(highlighter);
    analyser_free(analyser);
    free(line);
}

/* Marks a text of [lines] lines of [line] for [evidence]; quadratic, it would run for minutes. */
static size_t count_marks(const char *evidence, const char *text, size_t lines)
{
    struct evidence_line *line = evidence_line_new(evidence);
    struct analyser *analyser;
    struct highlighter *highlighter;
    const struct analysis *analysis;
    const struct range *ranges;
    struct buffer buffer;
    size_t count;
    buffer_init(&buffer, 64 << 20);
    for (size_t i = 0; i < lines; i++) assert_int_equal(buffer_append_string(&buffer, text), OK);
    assert_int_equal(analyser_new(&analyser), OK);
    assert_int_equal(highlighter_new(&highlighter, &line->evidence), OK);
    assert_int_equal(analyse(&analysis, analyser, buffer_span(&buffer), SPAN("en")), OK);
    assert_int_equal(highlight_ranges(&ranges, &count, highlighter, analysis, (struct range){0, 0}), OK);
    highlighter_free(highlighter);
    analyser_free(analyser);
    buffer_release(&buffer);
    free(line);
    return count;
}

static void test_highlight__stays_linear_in_hits(void **state)
{
    (void)state;
    assert_int_equal(count_marks("word", "a word on each line\n", 100000), 100000);
    assert_int_equal(count_marks("a_word a~9~line each>3>line", "a word on each line\n", 50000), 150000);
    assert_int_equal(count_marks("a_a_a_a_a_a_a_a", "a ", 300000), 1);
    assert_int_equal(count_marks("a~100~a~100~a~100~a", "a ", 200000), 200000);
}

static void test_highlight__gives_up_phrases_that_repeat_a_word_too_often(void **state)
{
    (void)state;
    char phrase[2 * 150 + 8] = "b";
    for (size_t i = 0; i < 150; i++) strcat(phrase, "_a");
    strcat(phrase, " b");
    assert_int_equal(count_marks(phrase, "b a a ", 100000), 100000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_highlight__marks_every_form_of_a_stem),
        cmocka_unit_test(test_highlight__marks_exact_forms_alone),
        cmocka_unit_test(test_highlight__marks_prefixes),
        cmocka_unit_test(test_highlight__finds_marks_folded_and_plain),
        cmocka_unit_test(test_highlight__marks_a_phrase_only_where_it_stands),
        cmocka_unit_test(test_highlight__marks_words_of_a_phrase_also_asked_for_alone),
        cmocka_unit_test(test_highlight__follows_a_phrase_through_false_starts),
        cmocka_unit_test(test_highlight__takes_either_word_of_a_place),
        cmocka_unit_test(test_highlight__joins_words_that_the_text_writes_in_parts),
        cmocka_unit_test(test_highlight__marks_the_words_of_near_within_its_window),
        cmocka_unit_test(test_highlight__wants_two_words_for_near_itself),
        cmocka_unit_test(test_highlight__marks_adj_in_order_alone),
        cmocka_unit_test(test_highlight__marks_title_evidence_in_the_title_alone),
        cmocka_unit_test(test_highlight__merges_bigrams),
        cmocka_unit_test(test_highlight__marks_bytes_of_the_source),
        cmocka_unit_test(test_highlight__finds_nothing_in_nothing),
        cmocka_unit_test(test_highlight__tells_hits_by_group),
        cmocka_unit_test(test_highlight__stays_linear_in_hits),
        cmocka_unit_test(test_highlight__gives_up_phrases_that_repeat_a_word_too_often),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
