/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Snippets of random texts in many scripts, looked at with utf8proc's rules for clusters. The seed is fixed. */
#include "evidence.h"
#include "searcher/snippet.h"

#include <utf8proc.h>

enum { ROUNDS = 6000, PIECES_MAX = 60 };

static uint64_t seed = 7;

static size_t chance(size_t sides)
{
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17; /* Marsaglia 2003, xorshift64 */
    return seed % sides;
}

static void random_text(struct buffer *out)
{
    static const char *const pieces[] = {
        "cyber ",
        "crime ",
        "Cyber crime. ",
        "Ministers met. ",
        "word ",
        "e\xCC\x81te ",
        "naïve ",
        "東京都",
        "の",
        "サイバー犯罪",
        "。",
        "、",
        "は「技術」を",
        "한국어 ",
        "ไทยแลนด์",
        "ประเทศ ",
        "ភាសាខ្មែរ",
        "မြန်မာ",
        "हिन्दी ",
        "क्षत्रिय ",
        "தமிழ் ",
        "العربية ",
        "مُحَمَّد ",
        "שָׁלוֹם ",
        "👨‍👩‍👧‍👦",
        "🇯🇵🇲🇾",
        "👍🏽",
        "1️⃣",
        "\n",
        "\n\n",
        "  ",
        "\t",
        "\r\n",
        "(",
        ") ",
        ", ",
        "; ",
        "... ",
        "!? ",
        "\xFF",
        "\xE3\x81",
        "\xE2\x80\xAE",
        "\xE2\x80\xAC",
        "\xE2\x81\xA6",
        "\xE2\x81\xA9",
        "\x1B[31m",
        "Wi-Fi ",
        "a@b.org ",
        "http://x.y/z ",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ",
        "1,000.5 ",
        "ﬁne ",
        "ｆｕｌｌ　",
    };
    buffer_clear(out);
    for (size_t n = chance(PIECES_MAX); n; n--)
        buffer_append_string(out, pieces[chance(sizeof pieces / sizeof *pieces)]);
}

static utf8proc_int32_t decode(struct span text, size_t *at)
{
    return (utf8proc_int32_t)utf8_next(text, at);
}

/* True when [at] is between two clusters of [text], by the rules of Unicode's annex 29. */
static bool between_clusters(struct span text, size_t at)
{
    utf8proc_int32_t state = 0, last = -1;
    for (size_t here = 0; here < text.length;) {
        size_t place = here;
        utf8proc_int32_t rune = decode(text, &here);
        bool border = last < 0 || utf8proc_grapheme_break_stateful(last, rune, &state);
        if (place == at) return border;
        last = rune;
    }
    return at == text.length;
}

static bool is_spaceless(const struct token *token)
{
    return token->kind == TOKEN_BIGRAM || token->kind == TOKEN_COMPOUND || token->kind == TOKEN_ADDRESS;
}

/* [at] is inside no word that would have had room. */
static void check_words(const struct analysis *analysis, size_t at, size_t room)
{
    for (size_t i = 0; i < analysis->count; i++) {
        const struct token *token = &analysis->tokens[i];
        if (is_spaceless(token) || token->end - token->start >= room / 3) continue;
        if (token->start < at && at < token->end)
            fail_msg("cut at %zu through the token %u to %u", at, token->start, token->end);
    }
}

static void check_text(const struct snippet_fragment *fragment)
{
    size_t depth = 0;
    uint32_t last = ' ';
    for (size_t i = 0; i < fragment->count; i++) {
        struct span text = fragment->pieces[i].text;
        assert_true(text.length > 0 && utf8_valid(text));
        if (i) assert_true(fragment->pieces[i].mark != fragment->pieces[i - 1].mark);
        for (size_t at = 0; at < text.length;) {
            uint32_t rune = utf8_next(text, &at);
            assert_true(rune >= ' ' && rune != 0x7F && !(rune >= 0x80 && rune < 0xA0));
            assert_false(rune == ' ' && last == ' ');
            if ((rune >= 0x202A && rune <= 0x202E && rune != 0x202C) || (rune >= 0x2066 && rune <= 0x2068)) depth++;
            if (rune == 0x202C || rune == 0x2069) assert_true(depth-- > 0);
            last = rune;
        }
    }
    assert_int_equal(depth, 0);
    assert_true(last != ' ');
}

static void check_snippet(const struct snippet *snippet, struct span text, const struct analysis *analysis,
                          const struct snippet_options *options)
{
    size_t shown = 0, end = 0;
    assert_true(snippet->count <= (options->max_fragments ? options->max_fragments : SNIPPET_FRAGMENTS_DEFAULT));
    for (size_t i = 0; i < snippet->count; i++) {
        const struct snippet_fragment *fragment = &snippet->fragments[i];
        struct range range = fragment->range;
        assert_true(range.start < range.end && range.end <= text.length && range.start >= end);
        assert_true(range.end <= options->title.start || range.start >= options->title.end);
        check_text(fragment);
        for (size_t j = 0; j < fragment->count; j++) shown += fragment->pieces[j].text.length;
        bool blank_before = range.start && (unsigned char)text.data[range.start - 1] <= ' ';
        if (!blank_before && range.start != options->title.end && !between_clusters(text, range.start))
            fail_msg("begins within a cluster at %zu", range.start);
        if (!between_clusters(text, range.end)) fail_msg("ends within a cluster at %zu", range.end);
        check_words(analysis, range.start, options->max_bytes / 3);
        check_words(analysis, range.end, options->max_bytes / 3);
        end = range.end;
    }
    assert_true(shown <= options->max_bytes + snippet->count); /* a blank between joined fragments */
}

static void test_snippet__is_cut_well_and_clean(void **state)
{
    (void)state;
    static const char *const evidences[] = {"cyber crime",    "cyber_crime", "東京 サイ_イバ",  "minist met word", "",
                                            "ไทย cyber 都の", "x* wi_fi",    "cyber~9~met 犯罪"};
    struct analyser *analyser;
    struct buffer text;
    size_t marked = 0;
    buffer_init(&text, 1 << 20);
    assert_int_equal(analyser_new(&analyser), OK);
    for (size_t round = 0; round < ROUNDS; round++) {
        struct evidence_line *line = evidence_line_new(evidences[chance(sizeof evidences / sizeof *evidences)]);
        struct highlighter *highlighter;
        struct snippet snippet;
        const struct analysis *analysis;
        struct snippet_options options = {.max_bytes = 60 + chance(300), .max_fragments = chance(4)};
        random_text(&text);
        assert_int_equal(highlighter_new(&highlighter, &line->evidence), OK);
        assert_int_equal(snippet_best(&snippet, analyser, highlighter, buffer_span(&text), SPAN("en"), &options), OK);
        assert_int_equal(analyse(&analysis, analyser, buffer_span(&text), SPAN("en")), OK);
        check_snippet(&snippet, buffer_span(&text), analysis, &options);
        for (size_t i = 0; i < snippet.count; i++) marked += snippet.fragments[i].count > 1;
        snippet_release(&snippet);
        highlighter_free(highlighter);
        free(line);
    }
    assert_true(marked > ROUNDS / 4);
    buffer_release(&text);
    analyser_free(analyser);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_snippet__is_cut_well_and_clean)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
