/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/json.h"

#include "searcher/facets.h"

json_t *json_of_text(struct span text)
{
    json_t *string = json_stringn(text.length ? text.data : "", text.length);
    if (string) return string;
    struct buffer repaired;
    buffer_init(&repaired, 4 * text.length + 4);
    if (utf8_repair(&repaired, text) == OK) string = json_stringn(repaired.data, repaired.length);
    buffer_release(&repaired);
    return string;
}

json_t *json_of_text_or_null(struct span text)
{
    return text.length ? json_of_text(text) : json_null();
}

static json_t *json_of_pieces(const struct snippet_piece *pieces, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; array && i < count; i++) {
        json_t *piece = json_object();
        json_object_set_new(piece, "text", json_of_text(pieces[i].text));
        json_object_set_new(piece, "mark", json_boolean(pieces[i].mark));
        json_array_append_new(array, piece);
    }
    return array;
}

static json_t *json_of_names(const struct hit_names *names)
{
    json_t *array = json_array();
    for (size_t i = 0; i < names->count; i++) json_array_append_new(array, json_of_text(names->items[i]));
    return array;
}

static json_t *json_of_others(const struct hit_others *others)
{
    json_t *object = json_object(), *ids = json_array();
    for (size_t i = 0; i < others->id_count; i++) json_array_append_new(ids, json_of_text(others->ids[i]));
    json_object_set_new(object, "others", json_integer((json_int_t)others->count));
    json_object_set_new(object, "ids", ids);
    json_object_set_new(object, "query", json_of_text(others->query));
    return object;
}

static json_t *json_of_parts(const struct explained_part *parts, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *object = json_object();
        json_object_set_new(object, "weight", json_real(parts[i].weight));
        json_object_set_new(object, "text", json_of_text(parts[i].text));
        json_object_set_new(object, "typed", json_of_text_or_null(parts[i].typed));
        json_object_set_new(object, "how", json_string(parts[i].how));
        json_object_set_new(object, "field", json_of_text_or_null(span_of(parts[i].field)));
        json_object_set_new(object, "in_document", json_integer(parts[i].wdf));
        json_object_set_new(object, "documents", json_integer(parts[i].documents));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *json_of_explanation(const struct hit_explanation *explanation)
{
    json_t *object = json_object();
    json_object_set_new(object, "parts", json_of_parts(explanation->parts, explanation->part_count));
    json_object_set_new(object, "above_has_more", json_of_parts(explanation->above, explanation->above_count));
    return object;
}

json_t *json_of_hit(const struct hit *hit, bool snippet)
{
    static const struct {
        const char *name;
        enum record_field field;
    } fields[] = {{"title", RECORD_TITLE},       {"date", RECORD_DATE}, {"source", RECORD_SOURCE},
                  {"author", RECORD_AUTHOR},     {"path", RECORD_PATH}, {"url", RECORD_URL},
                  {"language", RECORD_LANGUAGE}, {"type", RECORD_TYPE}};
    static const enum name_type name_order[] = {NAME_ORGANIZATION, NAME_PERSON, NAME_PLACE};
    json_t *object = json_object();
    json_object_set_new(object, "rank", json_integer((json_int_t)hit->rank));
    json_object_set_new(object, "score", json_real(hit->score));
    json_object_set_new(object, "id", json_of_text(hit->id));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        json_object_set_new(object, fields[i].name, json_of_text_or_null(hit->field[fields[i].field]));
    if (snippet) json_object_set_new(object, "snippet", json_of_pieces(hit->pieces, hit->piece_count));
    for (size_t i = 0; i < sizeof name_order / sizeof *name_order; i++)
        json_object_set_new(object, name_places[name_order[i]].field, json_of_names(&hit->names[name_order[i]]));
    if (hit->explanation.parts) json_object_set_new(object, "explain", json_of_explanation(&hit->explanation));
    if (hit->others.count) json_object_set_new(object, "collapse", json_of_others(&hit->others));
    return object;
}

static json_t *json_of_facets(const struct search_response *response)
{
    json_t *object = json_object();
    for (size_t i = 0; i < response->facet_count; i++) {
        const struct facet *facet = &response->facets[i];
        json_t *values = json_array(), *row = json_object();
        for (size_t k = 0; k < facet->value_count; k++) {
            json_t *value = json_object();
            json_object_set_new(value, "value", json_of_text(facet->values[k].value));
            json_object_set_new(value, "count", json_integer(facet->values[k].count));
            json_array_append_new(values, value);
        }
        json_object_set_new(row, "distinct", json_integer((json_int_t)facet->distinct));
        if (facet->kind == FACET_DATE) json_object_set_new(row, "grain", json_string(facet_kinds[facet->grain].name));
        if (facet->containing.length) json_object_set_new(row, "containing", json_of_text(facet->containing));
        json_object_set_new(row, "values", values);
        json_object_set_new(object, facet_kinds[facet->kind].name, row);
    }
    return object;
}

static json_t *json_of_notices(const struct search_response *response)
{
    json_t *array = json_array();
    for (size_t i = 0; i < response->notice_count; i++) {
        json_t *notice = json_object();
        json_object_set_new(notice, "position", json_integer((json_int_t)response->notices[i].position));
        json_object_set_new(notice, "text", json_of_text(response->notices[i].text));
        json_array_append_new(array, notice);
    }
    return array;
}

json_t *json_of_response(const struct search_request *request, const struct search_response *response)
{
    json_t *object = json_object(), *hits = json_array();
    for (size_t i = 0; i < response->hit_count; i++)
        json_array_append_new(hits, json_of_hit(&response->hits[i], request->snippet_bytes > 0));
    json_object_set_new(object, "schema_version", json_integer(JSON_SCHEMA_VERSION));
    json_object_set_new(object, "query", json_of_text(request->query));
    json_object_set_new(object, "understood", json_of_text(response->understood));
    if (response->in_words.length) json_object_set_new(object, "in_words", json_of_text(response->in_words));
    json_object_set_new(object, "total", json_integer((json_int_t)response->total));
    json_object_set_new(object, "exact", json_boolean(response->exact));
    json_object_set_new(object, "offset", json_integer((json_int_t)request->offset));
    json_object_set_new(object, "seconds", json_real(response->seconds));
    json_object_set_new(object, "did_you_mean", json_of_text_or_null(response->did_you_mean));
    json_object_set_new(object, "corrected", json_boolean(response->corrected));
    json_object_set_new(object, "relaxed", json_boolean(response->relaxed));
    json_object_set_new(object, "notices", json_of_notices(response));
    json_object_set_new(object, "hits", hits);
    json_object_set_new(object, "facets", json_of_facets(response));
    return object;
}
