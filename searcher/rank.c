/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/rank.h"

#include "xapian-c/xapian-c.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* IfB2 in libxapian 1.4.22 bounds a word's weight by less than 0 when the word stands more often in the index than
 * there are documents, and then no document is found by it. */
static bool is_offered(const struct xc_scheme *scheme)
{
    return scheme->parameter_count <= RANKING_PARAMETERS_MAX && strcmp(scheme->name, "ifb2") != 0;
}

static void take_defaults(struct ranking *ranking, const struct xc_scheme *scheme)
{
    *ranking = (struct ranking){.name = scheme->name, .parameter_count = scheme->parameter_count};
    for (size_t i = 0; i < scheme->parameter_count; i++) ranking->parameter[i] = scheme->parameters[i].normal;
}

void ranking_default(struct ranking *out)
{
    take_defaults(out, xc_scheme_find("ineb2"));
}

static enum status unknown_scheme(struct span name, struct error *error)
{
    struct buffer list;
    buffer_init(&list, ERROR_BYTES_MAX);
    size_t count;
    const struct xc_scheme *schemes = xc_schemes(&count);
    for (size_t i = 0; i < count; i++)
        if (is_offered(&schemes[i])) buffer_printf(&list, "%s%s", list.length ? ", " : "", schemes[i].name);
    enum status status = fail(error, INVALID, "unknown ranking scheme '%.*s' (there are: %s)", (int)name.length,
                              name.data, list.data ? list.data : "");
    buffer_release(&list);
    return status;
}

static bool parse_number(double *out, struct span text)
{
    char digits[64];
    if (!text.length || text.length >= sizeof digits) return false;
    memcpy(digits, text.data, text.length);
    digits[text.length] = '\0';
    char *end;
    double number = strtod(digits, &end);
    if (*end || !isfinite(number)) return false;
    *out = number;
    return true;
}

static enum status set_parameter(struct ranking *ranking, const struct xc_scheme *scheme, struct span name,
                                 struct span value, struct error *error)
{
    if (scheme->variant && span_equal(name, SPAN("variant"))) {
        if (value.length >= RANKING_VARIANT_MAX)
            return fail(error, INVALID, "variant '%.*s' of scheme '%s' is too long", (int)value.length, value.data,
                        scheme->name);
        memcpy(ranking->variant, value.data, value.length);
        ranking->variant[value.length] = '\0';
        return OK; /* which there are libxapian alone knows, and tells when it runs */
    }
    for (size_t i = 0; i < scheme->parameter_count; i++) {
        const struct xc_scheme_parameter *parameter = &scheme->parameters[i];
        if (!span_equal(name, span_of(parameter->name))) continue;
        double number;
        if (!parse_number(&number, value))
            return fail(error, INVALID, "'%.*s' is not a number, for parameter %s of scheme '%s'", (int)value.length,
                        value.data, parameter->name, scheme->name);
        if (number < parameter->least || number > parameter->most)
            return fail(error, INVALID, "parameter %s of scheme '%s' lies between %g and %g, not at %g",
                        parameter->name, scheme->name, parameter->least, parameter->most, number);
        ranking->parameter[i] = number;
        return OK;
    }
    struct buffer list;
    buffer_init(&list, ERROR_BYTES_MAX);
    for (size_t i = 0; i < scheme->parameter_count; i++)
        buffer_printf(&list, "%s%s=%g", i ? ", " : "", scheme->parameters[i].name, scheme->parameters[i].normal);
    if (scheme->variant) buffer_printf(&list, "%svariant=%s", list.length ? ", " : "", scheme->variant);
    enum status status = fail(error, INVALID, "scheme '%s' has no parameter '%.*s' (it has: %s)", scheme->name,
                              (int)name.length, name.data, list.length ? list.data : "none");
    buffer_release(&list);
    return status;
}

enum status ranking_parse(struct ranking *out, struct span text, struct error *error)
{
    text = span_trim(text);
    const char *colon = text.length ? memchr(text.data, ':', text.length) : NULL;
    struct span name = colon ? (struct span){text.data, (size_t)(colon - text.data)} : text;
    char key[64];
    if (!name.length || name.length >= sizeof key) return unknown_scheme(name, error);
    memcpy(key, name.data, name.length);
    key[name.length] = '\0';
    const struct xc_scheme *scheme = xc_scheme_find(key);
    if (!scheme || !is_offered(scheme)) return unknown_scheme(name, error);
    struct ranking ranking;
    take_defaults(&ranking, scheme);
    struct span rest = colon ? span_cut(text, name.length + 1, text.length) : (struct span){NULL, 0};
    while (rest.length) {
        const char *comma = memchr(rest.data, ',', rest.length);
        struct span item = {rest.data, comma ? (size_t)(comma - rest.data) : rest.length};
        rest = span_cut(rest, item.length + (comma ? 1 : 0), rest.length);
        const char *equals = item.length ? memchr(item.data, '=', item.length) : NULL;
        if (!equals)
            return fail(error, INVALID, "'%.*s' is not of the form parameter=value (such as bm25:k1=1.2,b=0.75)",
                        (int)item.length, item.data);
        size_t at = (size_t)(equals - item.data);
        enum status status = set_parameter(&ranking, scheme, span_trim(span_cut(item, 0, at)),
                                           span_trim(span_cut(item, at + 1, item.length)), error);
        if (status) return status;
    }
    *out = ranking;
    return OK;
}

enum status ranking_print(struct buffer *out, const struct ranking *ranking)
{
    const struct xc_scheme *scheme = xc_scheme_find(ranking->name);
    enum status status = buffer_append_string(out, ranking->name);
    for (size_t i = 0; !status && i < ranking->parameter_count; i++)
        status = buffer_printf(out, "%c%s=%.12g", i ? ',' : ':', scheme->parameters[i].name, ranking->parameter[i]);
    if (!status && ranking->variant[0])
        status = buffer_printf(out, "%cvariant=%s", ranking->parameter_count ? ',' : ':', ranking->variant);
    return status;
}

void ranking_list(FILE *out)
{
    size_t count;
    const struct xc_scheme *schemes = xc_schemes(&count);
    for (size_t i = 0; i < count; i++) {
        if (!is_offered(&schemes[i])) continue;
        fprintf(out, "  %-10s %s\n", schemes[i].name, schemes[i].help);
        for (size_t k = 0; k < schemes[i].parameter_count; k++) {
            const struct xc_scheme_parameter *parameter = &schemes[i].parameters[k];
            fprintf(out, "  %-10s   %s=%g  %s\n", "", parameter->name, parameter->normal, parameter->help);
        }
        if (schemes[i].variant)
            fprintf(out, "  %-10s   variant=%s  %s\n", "", schemes[i].variant, schemes[i].variant_help);
    }
}
