/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "evidence.h"
#include "searcher/snippet.h"

struct wish {
    const char *language, *evidence;
    struct snippet_options options;
};

/* Writes a snippet: fragments on lines, marks in brackets, "… " where text is left out. */
static void show(struct buffer *out, const struct snippet *snippet)
{
    for (size_t i = 0; i < snippet->count; i++) {
        const struct snippet_fragment *fragment = &snippet->fragments[i];
        if (i) buffer_append_byte(out, '\n');
        if (fragment->more_before) buffer_append_string(out, "… ");
        for (size_t j = 0; j < fragment->count; j++)
            buffer_printf(out, fragment->pieces[j].mark ? "[%.*s]" : "%.*s", (int)fragment->pieces[j].text.length,
                          fragment->pieces[j].text.data);
        if (fragment->more_after) buffer_append_string(out, " …");
    }
}

static void check_span(struct wish wish, struct span text, const char *expected)
{
    struct analyser *analyser;
    struct highlighter *highlighter;
    struct snippet snippet;
    struct buffer shown;
    struct evidence_line *line = evidence_line_new(wish.evidence);
    buffer_init(&shown, 1 << 20);
    assert_int_equal(analyser_new(&analyser), OK);
    assert_int_equal(highlighter_new(&highlighter, &line->evidence), OK);
    assert_int_equal(snippet_best(&snippet, analyser, highlighter, text, span_of(wish.language), &wish.options), OK);
    show(&shown, &snippet);
    assert_string_equal(shown.data ? shown.data : "", expected);
    buffer_release(&shown);
    snippet_release(&snippet);
    highlighter_free(highlighter);
    analyser_free(analyser);
    free(line);
}

static void check(struct wish wish, const char *text, const char *expected)
{
    check_span(wish, span_of(text), expected);
}

/* English, at most [bytes] in all. */
static struct wish english(const char *evidence, size_t bytes)
{
    return (struct wish){"en", evidence, {.max_bytes = bytes}};
}

static const char news[] = "Ministers met in Laos in 2013. They spoke of trade and of fisheries for most of the day. "
                           "Japan offered help against cybercrime to all members. The next meeting is in Tokyo. "
                           "Nobody spoke of the weather, which was fine. A hotline will be opened next spring.";

static void test_snippet__shows_a_short_text_whole(void **state)
{
    (void)state;
    check(english("japan", 0), "Japan  offered\nhelp.\n", "[Japan] offered help.");
}

static void test_snippet__shows_the_sentence_that_matches(void **state)
{
    (void)state;
    check(english("cybercrim", 60), news, "… Japan offered help against [cybercrime] to all members. …");
}

static void test_snippet__prefers_the_passage_with_more_of_the_query(void **state)
{
    (void)state;
    check(english("spoke weather", 60), news, "… Nobody [spoke] of the [weather], which was fine. …");
    check(english("spoke next meet", 60), news, "… The [next] [meeting] is in Tokyo. Nobody [spoke] of the weather, …");
}

static void test_snippet__prefers_the_passage_with_the_weightier_word(void **state)
{
    (void)state;
    struct evidence_term terms[] = {{EVIDENCE_STEM, SPAN("trade")}, {EVIDENCE_STEM, SPAN("hotlin")}};
    struct evidence_place places[] = {{&terms[0], 1}, {&terms[1], 1}};
    for (int heavy = 0; heavy < 2; heavy++) {
        struct evidence_group groups[] = {{&places[0], 1, true, 1, false, 0, heavy ? 1 : 5},
                                          {&places[1], 1, true, 1, false, 1, heavy ? 5 : 1}};
        struct evidence evidence = {.groups = groups, .count = 2};
        struct analyser *analyser;
        struct highlighter *highlighter;
        struct snippet snippet;
        const struct snippet_options options = {.max_bytes = 60, .max_fragments = 1};
        assert_int_equal(analyser_new(&analyser), OK);
        assert_int_equal(highlighter_new(&highlighter, &evidence), OK);
        assert_int_equal(snippet_best(&snippet, analyser, highlighter, SPAN(news), SPAN("en"), &options), OK);
        struct buffer shown;
        buffer_init(&shown, 1000);
        show(&shown, &snippet);
        assert_non_null(strstr(shown.data, heavy ? "[hotline]" : "[trade]"));
        buffer_release(&shown);
        snippet_release(&snippet);
        highlighter_free(highlighter);
        analyser_free(analyser);
    }
}

static void test_snippet__prefers_words_close_to_each_other(void **state)
{
    (void)state;
    check(english("alpha beta", 30), "Alpha to the beta. Yy yy yy yy yy yy yy yy yy yy. Alpha beta too.",
          "… [Alpha] [beta] too.");
}

static void test_snippet__shows_several_fragments_for_words_far_apart(void **state)
{
    (void)state;
    check(english("lao hotlin cybercrim", 150), news,
          "Ministers met in [Laos] in 2013. …\n… Japan offered help against [cybercrime] to all members. …\n"
          "… A [hotline] will be opened next spring.");
    struct wish wish = english("lao hotlin cybercrim", 60);
    wish.options.max_fragments = 1;
    check(wish, news, "Ministers met in [Laos] in 2013. They spoke of trade and of …");
}

static void test_snippet__shows_no_word_twice_instead_of_another(void **state)
{
    (void)state;
    check(english("alpha beta", 60),
          "Alpha comes first here. Yy yy yy yy yy yy yy yy yy yy yy yy. Alpha comes again. Yy yy yy yy yy yy yy yy "
          "yy yy yy yy. Then beta comes too.",
          "[Alpha] comes first here. …\n… Then [beta] comes too.");
}

static void test_snippet__joins_fragments_that_touch(void **state)
{
    (void)state;
    check(english("alpha omega", 44), "One alpha and some words. Then an omega and more.",
          "One [alpha] and some words. Then an [omega] and …");
}

static void test_snippet__marks_phrases_only_where_they_stand(void **state)
{
    (void)state;
    check(english("next_meet", 60), news, "… The [next meeting] is in Tokyo. Nobody spoke of the weather, …");
    check(english("meet_next", 60), news, "Ministers met in Laos in 2013. They spoke of trade and of …");
}

static void test_snippet__begins_without_a_match_behind_the_title(void **state)
{
    (void)state;
    struct wish wish = english("nowhere", 40);
    wish.options.title = (struct range){0, 10};
    check(wish, "Fine title\n\nFirst sentence here. Second one. Third, far too long to fit in.",
          "First sentence here. Second one. …");
}

static void test_snippet__avoids_the_title(void **state)
{
    (void)state;
    struct wish wish = english("cyber crime", 60);
    wish.options.title = (struct range){0, 11};
    check(wish, "Cyber crime\nThe ministers met again. They spoke of crime.",
          "The ministers met again. They spoke of [crime].");
    wish.options.title = (struct range){0, 60};
    check(wish, "Cyber crime", "");
}

static void test_snippet__shows_what_stands_before_a_title_at_the_end(void **state)
{
    (void)state;
    struct wish wish = english("end", 60);
    wish.options.title = (struct range){15, 25};
    check(wish, "Before the end\nThe title.", "Before the [end] …");
}

static void test_snippet__cuts_between_words(void **state)
{
    (void)state;
    check(english("needl", 40), "hay hay hay hay hay hay hay hay hay hay needle hay hay hay hay hay hay hay hay hay",
          "… hay hay [needle] hay hay hay hay hay hay …");
    check(english("wi", 20), "the Wi-Fi standard-setting body", "the [Wi]-Fi …");
}

static void test_snippet__ends_at_a_clause_where_it_costs_little(void **state)
{
    (void)state;
    check(english("alpha", 50), "alpha beta gamma delta epsilon zeta etaeta, the iota kappa lambda mu nu xi omicron",
          "[alpha] beta gamma delta epsilon zeta etaeta, …");
}

static void test_snippet__cuts_japanese_between_characters(void **state)
{
    (void)state;
    struct wish wish = {"ja", "警察_察庁", {.max_bytes = 60}};
    check(wish,
          "東京都は、サイバー犯罪に対する国際協力を強化する方針を発表した。来年の会合はバンコクで開かれる予定である。"
          "警察庁は技術支援を続けると述べた。",
          "… [警察庁]は技術支援を続けると述べた。");
    wish.evidence = "国際";
    wish.options.max_bytes = 45;
    check(wish, "東京都は、サイバー犯罪に対する、国際協力を強化する方針、を発表した。",
          "… 対する、[国際]協力を強化する方針 …");
}

static void test_snippet__never_parts_a_cluster(void **state)
{
    (void)state;
    struct wish wish = english("nowhere", 26);
    check(wish, "👨‍👩‍👧‍👦👨‍👩‍👧‍👦",
          "👨‍👩‍👧‍👦 …"); /* 25 bytes each */
    wish.options.max_bytes = 4;
    check(wish,
          "e\xCC\x81"
          "e\xCC\x81"
          "e\xCC\x81",
          "e\xCC\x81 …");
}

static void test_snippet__cuts_a_word_longer_than_the_room(void **state)
{
    (void)state;
    char text[1001];
    memset(text, 'x', 1000);
    text[1000] = '\0';
    check(english("nowhere", 10), text, "xxxxxxxxxx …");
    check(english("x*", 10), "xx", "[xx]");
}

static void test_snippet__folds_white_space_and_controls(void **state)
{
    (void)state;
    check_span(english("red", 100),
               SPAN("a\t\tb\r\n\r\n\x1B[1m red\x1B[0m\0\x07 c\xC2\x85"
                    "d\xC2\xA0  e \xFF\xFE f"),
               "a b [1m [red] [0m c d e \xEF\xBF\xBD\xEF\xBF\xBD f");
}

static void test_snippet__keeps_balanced_bidi_controls_alone(void **state)
{
    (void)state;
    check(english("nowhere", 100),
          "a \xE2\x80\xAE"
          "b\xE2\x80\xAC c \xE2\x80\xAE d",
          "a \xE2\x80\xAE"
          "b\xE2\x80\xAC c d");
    check(english("nowhere", 100), "a \xE2\x80\xAC b \xE2\x81\xA9 c", "a b c");
    check(english("nowhere", 100), "\xE2\x81\xA6 a \xE2\x80\xAA b \xE2\x81\xA9 c \xE2\x80\xAC d",
          "\xE2\x81\xA6 a b \xE2\x81\xA9 c d");
}

static void test_snippet__leaves_markup_and_brackets_as_they_are(void **state)
{
    (void)state;
    check(english("b", 100), "<b>b</b> & [x]", "<[b]>[b]</[b]> & [x]");
}

static void test_snippet__shows_nothing_of_nothing(void **state)
{
    (void)state;
    check(english("a", 100), "", "");
    check(english("a", 100), " \n\t ", "");
    check(english("", 100), "some text", "some text");
}

static void test_snippet__reads_long_texts_in_parts(void **state)
{
    (void)state;
    struct buffer text;
    buffer_init(&text, 4 << 20);
    while (text.length < 1 << 20) buffer_append_string(&text, "Hay and straw, as far as one can see. ");
    size_t place = text.length;
    buffer_append_string(&text, "Here a silver needle lies. ");
    while (text.length < 2 << 20) buffer_append_string(&text, "Hay and straw, as far as one can see. ");
    check_span(english("silver_needl", 60), buffer_span(&text),
               "… Here a [silver needle] lies. Hay and straw, as far as one can …");
    check_span(english("nowhere", 60), buffer_span(&text), "Hay and straw, as far as one can see. …");
    assert_true(place > 1 << 20);
    buffer_release(&text);
}

static void test_snippet__finds_phrases_across_the_borders_of_parts(void **state)
{
    (void)state;
    for (size_t place = 128 * 1024 - 16; place <= 128 * 1024 + 2; place++) {
        struct buffer text;
        buffer_init(&text, 1 << 20);
        while (text.length < 300 * 1024)
            buffer_append_string(&text, text.length + 2 > place && text.length <= place ? "silver needle " : "x ");
        struct wish wish = english("silver_needl", 30);
        struct evidence_line *line = evidence_line_new(wish.evidence);
        struct analyser *analyser;
        struct highlighter *highlighter;
        struct snippet snippet;
        assert_int_equal(analyser_new(&analyser), OK);
        assert_int_equal(highlighter_new(&highlighter, &line->evidence), OK);
        assert_int_equal(snippet_best(&snippet, analyser, highlighter, buffer_span(&text), SPAN("en"), &wish.options),
                         OK);
        assert_int_equal(snippet.count, 1);
        assert_true(snippet.fragments[0].range.start > place - 40 && snippet.fragments[0].range.start < place + 10);
        snippet_release(&snippet);
        highlighter_free(highlighter);
        analyser_free(analyser);
        free(line);
        buffer_release(&text);
    }
}

static void test_snippet_clean__makes_titles_safe(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, 100);
    assert_int_equal(buffer_append_string(&out, "x:"), OK);
    assert_int_equal(snippet_clean(&out, SPAN("  A\n title\x1B]0;\x07 \xE2\x80\xAE\xEF\xBB\xBF \xFF ")), OK);
    assert_string_equal(out.data, "x:A title ]0; \xEF\xBF\xBD");
    buffer_clear(&out);
    assert_int_equal(snippet_clean(&out, SPAN("")), OK);
    assert_int_equal(out.length, 0);
    buffer_release(&out);
}

static void test_snippet_clean__keeps_to_the_maximum(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, 10);
    assert_int_equal(snippet_clean(&out, SPAN("0123456789")), OK);
    assert_string_equal(out.data, "0123456789");
    assert_int_equal(snippet_clean(&out, SPAN("x")), LIMIT);
    assert_string_equal(out.data, "0123456789");
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_snippet__shows_a_short_text_whole),
        cmocka_unit_test(test_snippet__shows_the_sentence_that_matches),
        cmocka_unit_test(test_snippet__prefers_the_passage_with_more_of_the_query),
        cmocka_unit_test(test_snippet__prefers_the_passage_with_the_weightier_word),
        cmocka_unit_test(test_snippet__prefers_words_close_to_each_other),
        cmocka_unit_test(test_snippet__shows_several_fragments_for_words_far_apart),
        cmocka_unit_test(test_snippet__shows_no_word_twice_instead_of_another),
        cmocka_unit_test(test_snippet__joins_fragments_that_touch),
        cmocka_unit_test(test_snippet__marks_phrases_only_where_they_stand),
        cmocka_unit_test(test_snippet__begins_without_a_match_behind_the_title),
        cmocka_unit_test(test_snippet__avoids_the_title),
        cmocka_unit_test(test_snippet__shows_what_stands_before_a_title_at_the_end),
        cmocka_unit_test(test_snippet__cuts_between_words),
        cmocka_unit_test(test_snippet__ends_at_a_clause_where_it_costs_little),
        cmocka_unit_test(test_snippet__cuts_japanese_between_characters),
        cmocka_unit_test(test_snippet__never_parts_a_cluster),
        cmocka_unit_test(test_snippet__cuts_a_word_longer_than_the_room),
        cmocka_unit_test(test_snippet__folds_white_space_and_controls),
        cmocka_unit_test(test_snippet__keeps_balanced_bidi_controls_alone),
        cmocka_unit_test(test_snippet__leaves_markup_and_brackets_as_they_are),
        cmocka_unit_test(test_snippet__shows_nothing_of_nothing),
        cmocka_unit_test(test_snippet__reads_long_texts_in_parts),
        cmocka_unit_test(test_snippet__finds_phrases_across_the_borders_of_parts),
        cmocka_unit_test(test_snippet_clean__makes_titles_safe),
        cmocka_unit_test(test_snippet_clean__keeps_to_the_maximum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
