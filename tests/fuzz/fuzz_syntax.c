/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: any bytes as a query, both forgiving and strict.
 *
 * Holds: errors and notices point into the query and are well-formed text; nodes lie in the query, within the limits; a
 * tree printed and parsed again is the same tree, without a notice; what strict accepts is what forgiving made of it.
 */
#include "searcher/syntax.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t check_node(const struct syntax_node *node, size_t length, size_t depth)
{
    size_t leaves = 0, count = 0;
    assert(depth <= 8 * SYNTAX_NESTING_MAX);
    assert(node->kind < SYNTAX_KIND_COUNT && node->range.start < node->range.end && node->range.end <= length);
    assert(utf8_valid(node->text));
    assert((node->child != NULL) == (node->kind >= SYNTAX_SEQUENCE));
    assert(node->kind != SYNTAX_RANGE || node->undated == (!node->since && !node->until));
    assert((node->kind == SYNTAX_NEAR || node->kind == SYNTAX_ADJ) == (node->distance > 0));
    for (const struct syntax_node *child = node->child; child; child = child->next, count++)
        leaves += check_node(child, length, depth + 1);
    assert(count == node->count);
    return node->child ? leaves : 1;
}

static void check_error(const struct error *error, size_t length)
{
    assert(error->position <= length && error->message[0] && utf8_valid(span_of(error->message)));
}

static void check_printed(const struct syntax *syntax)
{
    const struct syntax_options strict = {.strict = true};
    struct buffer printed;
    struct syntax *again;
    buffer_init(&printed, 16 * SYNTAX_BYTES_MAX);
    assert(syntax_print(&printed, syntax) == OK);
    if (printed.length <= SYNTAX_BYTES_MAX) { /* repairing bytes and writing out distances can make it longer */
        assert(syntax_parse(&again, buffer_span(&printed), &strict, NULL) == OK);
        assert(syntax_equal(syntax->root, again->root));
        syntax_free(again);
    }
    buffer_release(&printed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct syntax_options strict = {.strict = true};
    const struct span query = {(const char *)data, size};
    struct syntax *syntax, *strictly;
    struct error error;
    if (syntax_parse(&syntax, query, NULL, &error)) {
        check_error(&error, size);
        return 0;
    }
    if (syntax->root) assert(check_node(syntax->root, size, 0) <= (syntax->pasted ? size : SYNTAX_TERMS_MAX));
    for (size_t i = 0; i < syntax->notice_count; i++) {
        const struct syntax_notice *notice = &syntax->notices[i];
        assert(notice->range.start < notice->range.end && notice->range.end <= size);
        assert(utf8_valid(span_of(notice->text)));
    }
    enum status status = syntax_parse(&strictly, query, &strict, &error);
    bool shouted = syntax->notice_count && span_starts(span_of(syntax->notices[0].text), SPAN("all in capitals"));
    assert(shouted || (status == OK) == (syntax->notices_total == 0)); /* only strict takes a headline's AND for one */
    if (status) {
        check_error(&error, size);
    } else {
        assert(shouted || syntax_equal(syntax->root, strictly->root));
        syntax_free(strictly);
    }
    check_printed(syntax);
    syntax_free(syntax);
    return 0;
}
