/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/request.h"

#include "searcher/facets.h"

#include <string.h>

enum {
    FACET_VALUES_DEFAULT = 8, /* values: a line of a terminal each */
    RECENT_DAYS_MAX = 1000000 /* days: beyond, age makes no difference */
};

bool request_ranking(struct search_request *request, const struct command_line *line, enum match_mode match,
                     int *status)
{
    static const char *const modes[] = {[MATCH_AUTO] = "auto", [MATCH_ALL] = "all", [MATCH_ANY] = "any", NULL};
    const char *scheme = option_value(line, "rank");
    struct error error;
    size_t mode = match, days = 0;
    *status = EXIT_USAGE;
    if (!option_choice(&mode, line, "match", modes) || !option_number(&days, line, "recent", 1, RECENT_DAYS_MAX))
        return false;
    request->match = (enum match_mode)mode;
    request->language = option_value(line, "language");
    request->expand = option_given(line, "expand");
    request->half_life = (double)days;
    if (scheme && strcmp(scheme, "list") == 0) {
        ranking_list(stdout);
        *status = finish_output(EXIT_DONE);
        return false;
    }
    if (scheme && ranking_parse(&request->ranking, span_of(scheme), &error)) {
        *status = exit_with(&error);
        return false;
    }
    return true;
}

static bool no_facet(struct span name)
{
    struct buffer list;
    buffer_init(&list, ERROR_BYTES_MAX);
    for (int i = 0; i < FACET_COUNT; i++) buffer_printf(&list, "%s%s", i ? ", " : "", facet_kinds[i].name);
    complain("there is no facet '%.*s' (there are: %s)", (int)name.length, name.data, list.data);
    buffer_release(&list);
    return false;
}

/* Says what is wrong with an item of --facets. */
static bool bad_facet(struct span item)
{
    complain("--facets %.*s: the number of values is a whole number up to %d, and /text/ may follow", (int)item.length,
             item.data, FACET_VALUES_MAX);
    return false;
}

/* Takes `:20` off the front of [rest] into *[out] if it is there. */
static bool take_values(size_t *out, struct span *rest)
{
    if (rest->length < 2 || rest->data[0] != ':' || rest->data[1] == '/') return true;
    size_t at = 1, number = 0;
    for (; at < rest->length && rest->data[at] >= '0' && rest->data[at] <= '9'; at++) {
        number = 10 * number + (size_t)(rest->data[at] - '0');
        if (number > FACET_VALUES_MAX) return false;
    }
    if (at == 1) return false;
    *rest = span_cut(*rest, at, rest->length);
    *out = number;
    return true;
}

/* `person`, `person:20`, `person:/kishi/` or `person:20:/kishi/`. */
static bool parse_facet(struct facet_request *out, struct span item)
{
    const char *colon = item.length ? memchr(item.data, ':', item.length) : NULL;
    size_t name_length = colon ? (size_t)(colon - item.data) : item.length;
    enum facet_kind kind = facet_named((struct span){item.data, name_length});
    if (kind == FACET_COUNT) return no_facet((struct span){item.data, name_length});
    *out =
        (struct facet_request){.kind = kind, .values = kind == FACET_DATE ? FACET_BARS_DEFAULT : FACET_VALUES_DEFAULT};
    struct span rest = span_cut(item, name_length, item.length);
    if (!take_values(&out->values, &rest)) return bad_facet(item);
    if (!rest.length) return true;
    bool text = rest.length > 3 && rest.data[0] == ':' && rest.data[1] == '/' && rest.data[rest.length - 1] == '/';
    if (!text) return bad_facet(item);
    out->containing = span_cut(rest, 2, rest.length - 1);
    return true;
}

/* The length of the first item of [list]: to the next comma that is not between slashes. */
static size_t item_length(struct span list)
{
    const char *text = memmem(list.data, list.length, ":/", 2), *comma = memchr(list.data, ',', list.length);
    if (!comma) return list.length;
    if (!text || text > comma) return (size_t)(comma - list.data);
    for (size_t at = (size_t)(text - list.data) + 3; at < list.length; at++)
        if (list.data[at] == ',' && list.data[at - 1] == '/') return at;
    return list.length;
}

bool request_facets(struct facet_request facets[FACETS_MAX], size_t *count, const char *text)
{
    *count = 0;
    if (!text) {
        for (int i = 0; i < FACET_COUNT; i++)
            if (facet_kinds[i].usual)
                facets[(*count)++] = (struct facet_request){.kind = (enum facet_kind)i, .values = FACET_VALUES_DEFAULT};
        return true;
    }
    struct span rest = span_of(text);
    if (!rest.length || span_equal(rest, SPAN("none"))) return true;
    while (rest.length) {
        struct span item = {rest.data, item_length(rest)};
        rest = span_cut(rest, item.length + 1, rest.length);
        if (*count == FACETS_MAX) {
            complain("--facets takes at most %d facets", FACETS_MAX);
            return false;
        }
        if (!parse_facet(&facets[(*count)++], item)) return false;
    }
    return true;
}

bool request_filters(struct filter filters[FILTERS_MAX], size_t *count, const struct command_line *line)
{
    *count = 0;
    for (size_t i = 0; i < line->given_count; i++) {
        if (strcmp(line->given[i].row->name, "filter") != 0) continue;
        struct span text = span_of(line->given[i].value);
        const char *colon = text.length ? memchr(text.data, ':', text.length) : NULL;
        size_t length = colon ? (size_t)(colon - text.data) : text.length;
        enum facet_kind kind = facet_named((struct span){text.data, length});
        if (kind == FACET_COUNT) return no_facet((struct span){text.data, length});
        if (length + 1 >= text.length) {
            complain("--filter %.*s: takes a facet and a value, such as place:Tokyo", (int)text.length, text.data);
            return false;
        }
        if (*count == FILTERS_MAX) {
            complain("at most %d --filter", FILTERS_MAX);
            return false;
        }
        filters[(*count)++] = (struct filter){kind, span_cut(text, length + 1, text.length)};
    }
    return true;
}
