/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/terms.h"

#include "indexer/prepared.h"
#include "indexer/varint.h"

#include <string.h>

/* A stored record numbers its fields as a document does. */
_Static_assert((int)RECORD_ID == FIELD_ID && (int)RECORD_TITLE == FIELD_TITLE && (int)RECORD_DATE == FIELD_DATE &&
                   (int)RECORD_SOURCE == FIELD_SOURCE && (int)RECORD_AUTHOR == FIELD_AUTHOR &&
                   (int)RECORD_LANGUAGE == FIELD_LANGUAGE && (int)RECORD_PATH == FIELD_PATH &&
                   (int)RECORD_URL == FIELD_URL && (int)RECORD_TYPE == FIELD_TYPE &&
                   (int)RECORD_PARENT == FIELD_PARENT &&
                   (int)FIELD_COUNT <= (int)RECORD_FIELDS_MAX,
               "the fields of corpus/document.h and indexer/schema.h are the same");

enum {
    PIECE_BYTES = 4 * 1024 * 1024, /* text is analysed in pieces of about this size: a token takes 15 times its text */
    SCRATCH_MAX = 64 * 1024
};

/* What one token of a text counts, by enum token_kind. A character that a bigram covers is a second name for half of
 * it: it is found, but adds nothing to the length. Compounds and addresses count once beside their parts, or documents
 * found by them alone would all weigh nothing. */
static const struct {
    unsigned stem, exact;
} token_wdf[] = {[TOKEN_WORD] = {1, 1},   [TOKEN_NUMBER] = {1, 1},  [TOKEN_ADDRESS] = {1, 1},
                 [TOKEN_BIGRAM] = {1, 1}, [TOKEN_UNIGRAM] = {0, 0}, [TOKEN_COMPOUND] = {1, 1}};

enum status preparer_init(struct preparer *preparer)
{
    *preparer = (struct preparer){0};
    termtable_init(&preparer->table);
    buffer_init(&preparer->record, PREPARED_ENTRY_MAX);
    buffer_init(&preparer->scratch, SCRATCH_MAX);
    buffer_init(&preparer->date, SCRATCH_MAX);
    buffer_init(&preparer->path, SCRATCH_MAX);
    document_init(&preparer->place);
    return analyser_new(&preparer->analyser);
}

void preparer_release(struct preparer *preparer)
{
    analyser_free(preparer->analyser);
    preparer->analyser = NULL;
    name_finder_free(preparer->finder);
    preparer->finder = NULL;
    termtable_release(&preparer->table);
    buffer_release(&preparer->record);
    buffer_release(&preparer->scratch);
    buffer_release(&preparer->date);
    buffer_release(&preparer->path);
    document_release(&preparer->place);
}

enum status preparer_use_names(struct preparer *preparer, const struct naming *naming)
{
    return name_finder_new(&preparer->finder, naming);
}

enum status terms_id(struct buffer *out, struct span id)
{
    return schema_term(out, PREFIX_ID, id);
}

enum status terms_file(struct buffer *out, struct span path)
{
    char hash[HASH_BYTES];
    schema_hash(hash, path);
    enum status status = buffer_append_string(out, PREFIX_FILE);
    for (int i = 0; !status && i < HASH_BYTES; i++) status = buffer_printf(out, "%02x", (unsigned char)hash[i]);
    return status;
}

/* "2014-10-08" to "20141008"; leaves [out] empty for anything else. */
static enum status compact_date(struct buffer *out, struct span date)
{
    buffer_clear(out);
    if (date.length != 10) return OK;
    for (size_t i = 0; i < date.length; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? date.data[i] != '-' : date.data[i] < '0' || date.data[i] > '9') return OK;
    }
    enum status status = buffer_append(out, date.data, 4);
    if (!status) status = buffer_append(out, date.data + 5, 2);
    if (!status) status = buffer_append(out, date.data + 8, 2);
    return status;
}

/* Keeps the path of the file at hand and how it is written in a record. */
static enum status set_place(struct preparer *preparer, struct span path)
{
    if (span_equal(buffer_span(&preparer->path), path)) return OK;
    buffer_clear(&preparer->path);
    enum status status = buffer_append_span(&preparer->path, path);
    return status ? status : document_set_path(&preparer->place, FIELD_PATH, path);
}

/* Makes the stored record of the fields begun, still without names, and its hash. */
static enum status encode(struct preparer *preparer, struct error *error)
{
    const struct record *record = &preparer->fields;
    preparer->named = false;
    buffer_clear(&preparer->record);
    enum status status = record_encode(&preparer->record, record);
    if (status == LIMIT)
        return fail(error, LIMIT, "its text of %zu MB is over the %d MB an index can store of one document (split it)",
                    record->text.length >> 20, PREPARED_ENTRY_MAX >> 20);
    if (status) return fail(error, status, "out of memory for a text of %zu MB", record->text.length >> 20);
    record_hash(preparer->hash, buffer_span(&preparer->record));
    return compact_date(&preparer->date, record->field[FIELD_DATE]);
}

/* The language of a document that states none. */
static struct span language_of(struct preparer *preparer, const struct origin *origin)
{
    struct span fallback = origin->language, told;
    if (!fallback.length || fallback.data[0] != LANGUAGE_TOLD) return fallback;
    told = analyser_language(preparer->analyser, preparer->fields.text);
    return told.length ? told : span_cut(fallback, 1, fallback.length);
}

enum status preparer_begin(struct preparer *preparer, const struct document *document, const struct origin *origin,
                           struct error *error)
{
    struct record *record = &preparer->fields;
    enum status status;
    *record = (struct record){.title_range = document->title_range,
                              .title_why = document->title_why,
                              .date_why = document->date_why,
                              .where = origin->where,
                              .text = buffer_span(&document->text)};
    for (int i = 0; i < FIELD_COUNT; i++) record->field[i] = document_get(document, (enum document_field)i);
    status = set_place(preparer, origin->path);
    if (status) return fail(error, status, "out of memory");
    record->field[FIELD_PATH] = document_get(&preparer->place, FIELD_PATH);
    if (!record->field[FIELD_LANGUAGE].length) record->field[FIELD_LANGUAGE] = language_of(preparer, origin);
    if (!record->field[FIELD_ID].length) return fail(error, INVALID, "the document has no id");
    return encode(preparer, error);
}

enum status preparer_begin_stored(struct preparer *preparer, const struct record *record, struct error *error)
{
    preparer->fields = *record;
    preparer->fields.names = SPAN("");
    if (set_place(preparer, SPAN(""))) return fail(error, NO_MEMORY, "out of memory");
    return encode(preparer, error);
}

/* Adds one term with a wdf and, unless it is 0, a position. */
static enum status add(struct termtable *table, struct span prefix, struct span value, uint32_t wdf, uint32_t position)
{
    uint32_t index;
    enum status status = termtable_term(&index, table, prefix, value);
    if (status) return status;
    termtable_count(table, index, wdf);
    return position ? termtable_position(table, index, position) : OK;
}

/* The state of going through a text in pieces. */
struct text_walk {
    struct range title; /* where in the text the title stands, in bytes */
    size_t start;       /* of the piece in the text */
    uint32_t offset;    /* added to positions */
    size_t bigram_end;  /* of the last bigram, in the piece */
    unsigned weight;    /* times the wdf of every token */
    bool all_title;     /* the text is a title */
    size_t place;       /* of the text, where mentions of names are counted from */
    size_t mark;        /* the next mention */
};

static enum status add_token(struct termtable *table, struct text_walk *walk, const struct token *token)
{
    if (token->kind == TOKEN_BIGRAM) walk->bigram_end = token->end;
    bool lone = token->kind == TOKEN_UNIGRAM && token->start >= walk->bigram_end;
    bool title = walk->all_title ||
                 (walk->start + token->start >= walk->title.start && walk->start + token->end <= walk->title.end);
    uint32_t weight = title ? SCHEMA_TITLE_WDF : 1, position = walk->offset + token->position;
    uint32_t stem_wdf = weight * (lone ? 1 : token_wdf[token->kind].stem);
    uint32_t exact_wdf = weight * (lone ? 1 : token_wdf[token->kind].exact);
    enum status status = add(table, SPAN(PREFIX_STEM), token->stem, stem_wdf, position);
    if (!status) status = add(table, SPAN(""), token->form, exact_wdf, 0);
    if (!status && token->plain_stem.length)
        status = add(table, SPAN(PREFIX_STEM), token->plain_stem, stem_wdf, position);
    if (!status && title) {
        status = add(table, SPAN(PREFIX_TITLE_STEM), token->stem, 0, position);
        if (!status) status = add(table, SPAN(PREFIX_TITLE), token->form, 0, 0);
        if (!status && token->plain_stem.length)
            status = add(table, SPAN(PREFIX_TITLE_STEM), token->plain_stem, 0, position);
    }
    return status;
}

/* A token that has a position of its own: parts and pairs rather than the whole they are parts of. */
static bool is_word(const struct token *token)
{
    return token->kind == TOKEN_WORD || token->kind == TOKEN_NUMBER || token->kind == TOKEN_BIGRAM;
}

/* The word position of byte [at] of a piece: that of the word it stands in or before. [*next] is the token to look at
 * first, and moves on. */
static uint32_t position_at(const struct analysis *analysis, size_t *next, size_t at)
{
    for (; *next < analysis->count; ++*next) {
        const struct token *token = &analysis->tokens[*next];
        size_t needed = token->kind == TOKEN_BIGRAM ? token->start + (size_t)1 : token->end;
        if (is_word(token) && needed > at) return token->position;
    }
    return analysis->positions;
}

/* The names mentioned in the piece [start, end) of the text. */
static enum status add_marks(struct preparer *preparer, struct text_walk *walk, const struct analysis *analysis,
                             size_t start, size_t end)
{
    const struct naming_result *naming = &preparer->naming;
    size_t next = 0;
    for (; walk->mark < naming->mark_count; walk->mark++) {
        const struct naming_mark *mark = &naming->marks[walk->mark];
        if (mark->at >= walk->place + end) break;
        uint32_t position = walk->offset + position_at(analysis, &next, mark->at - walk->place - start);
        if (!position) continue;
        enum status status = termtable_position(&preparer->table, naming->names[mark->name].index, position);
        if (status) return status;
    }
    return OK;
}

/* Where to end the piece of [text] that begins at [start]: at white space if there is any, else at the end. */
static size_t piece_end(struct span text, size_t start)
{
    if (text.length - start <= PIECE_BYTES) return text.length;
    size_t end = start + PIECE_BYTES;
    while (end < text.length && text.data[end] != '\n' && text.data[end] != ' ') end++;
    return end;
}

static enum status add_text(struct preparer *preparer, struct text_walk *walk, struct span text)
{
    struct span language = preparer->fields.field[FIELD_LANGUAGE];
    enum status status = OK;
    for (size_t start = 0, end; !status && start < text.length; start = end) {
        end = piece_end(text, start);
        const struct analysis *analysis;
        status = analyse(&analysis, preparer->analyser, span_cut(text, start, end), language);
        if (status) break;
        walk->start = start;
        walk->bigram_end = 0;
        for (size_t i = 0; !status && i < analysis->count; i++) {
            status = add_token(&preparer->table, walk, &analysis->tokens[i]);
            if (is_word(&analysis->tokens[i])) signer_word(&preparer->signer, analysis->tokens[i].form);
        }
        if (!status) status = add_marks(preparer, walk, analysis, start, end);
        walk->offset += analysis->positions;
    }
    return status;
}

/* The words of a field under its own prefix, with positions, weighing nothing. */
static enum status add_words(struct preparer *preparer, struct span prefix, struct span value)
{
    const struct analysis *analysis;
    if (!value.length) return OK;
    enum status status = analyse(&analysis, preparer->analyser, value, SPAN(""));
    for (size_t i = 0; !status && i < analysis->count; i++)
        status = add(&preparer->table, prefix, analysis->tokens[i].form, 0, analysis->tokens[i].position);
    return status;
}

static enum status add_value(struct preparer *preparer, const char *prefix, struct span value)
{
    if (!value.length) return OK;
    buffer_clear(&preparer->scratch);
    enum status status = schema_term(&preparer->scratch, prefix, value);
    return status ? status : add(&preparer->table, SPAN(""), buffer_span(&preparer->scratch), 0, 0);
}

/* A value compared without case: folded first. */
static enum status add_folded(struct preparer *preparer, const char *prefix, struct span value)
{
    struct buffer folded;
    buffer_init(&folded, SCRATCH_MAX);
    enum status status = value.length ? fold(&folded, value) : OK;
    if (!status) status = add_value(preparer, prefix, buffer_span(&folded));
    buffer_release(&folded);
    return status;
}

static enum status add_date(struct preparer *preparer)
{
    struct span date = buffer_span(&preparer->date);
    if (!date.length) return add(&preparer->table, SPAN(""), SPAN(TERM_UNDATED), 0, 0);
    enum status status = add_value(preparer, PREFIX_YEAR, span_cut(date, 0, 4));
    if (!status) status = add_value(preparer, PREFIX_MONTH, span_cut(date, 0, 6));
    return status ? status : add_value(preparer, PREFIX_DAY, date);
}

static enum status add_filters(struct preparer *preparer)
{
    const struct span *field = preparer->fields.field;
    enum status status = add_words(preparer, SPAN(PREFIX_AUTHOR), field[FIELD_AUTHOR]);
    if (!status) status = add_words(preparer, SPAN(PREFIX_SOURCE), field[FIELD_SOURCE]);
    if (!status) status = add_folded(preparer, PREFIX_SOURCE_VALUE, field[FIELD_SOURCE]);
    if (!status) status = add_folded(preparer, PREFIX_LANGUAGE, field[FIELD_LANGUAGE]);
    if (!status) status = add_folded(preparer, PREFIX_TYPE, field[FIELD_TYPE]);
    if (!status) status = add_date(preparer);
    if (!status) status = add_value(preparer, PREFIX_ID, field[FIELD_ID]);
    if (status || !preparer->path.length) return status;
    buffer_clear(&preparer->scratch);
    status = terms_file(&preparer->scratch, buffer_span(&preparer->path));
    return status ? status : add(&preparer->table, SPAN(""), buffer_span(&preparer->scratch), 0, 0);
}

/* Title and text. A title that is not in the text comes first, with a gap that no phrase spans. */
static enum status add_words_of_text(struct preparer *preparer)
{
    struct text_walk walk = {.title = preparer->fields.title_range};
    signer_begin(&preparer->signer);
    struct span title = preparer->fields.field[FIELD_TITLE];
    if (!walk.title.end && title.length) {
        walk.all_title = true;
        enum status status = add_text(preparer, &walk, title);
        if (status) return status;
        walk.all_title = false;
        walk.offset += SCHEMA_TITLE_GAP;
        walk.place = mention_place(title.length, 0, false);
    }
    enum status status = add_text(preparer, &walk, preparer->fields.text);
    preparer->is_signed = !status && signer_finish(preparer->signature, &preparer->signer);
    return status;
}

enum status preparer_find_names(struct preparer *preparer)
{
    preparer->naming = (struct naming_result){0};
    preparer->named = true;
    return preparer->finder ? name_finder_find(&preparer->naming, preparer->finder, &preparer->fields) : OK;
}

/* Puts the names into the record, and makes a term of each. */
static enum status add_names(struct preparer *preparer)
{
    struct naming_result *naming = &preparer->naming;
    enum status status = preparer->named ? OK : preparer_find_names(preparer);
    if (!status && naming->encoded.length) {
        preparer->fields.names = naming->encoded;
        buffer_clear(&preparer->record);
        status = record_encode(&preparer->record, &preparer->fields);
    }
    for (size_t i = 0; !status && i < naming->name_count; i++)
        status = termtable_term(&naming->names[i].index, &preparer->table, SPAN(""), naming->names[i].term);
    return status;
}

static enum status append_values(struct buffer *out, const struct preparer *preparer)
{
    struct span value[SLOT_COUNT] = {
        [SLOT_DATE] = buffer_span(&preparer->date),
        [SLOT_SOURCE] = preparer->fields.field[FIELD_SOURCE],
        [SLOT_LANGUAGE] = preparer->fields.field[FIELD_LANGUAGE],
        [SLOT_TYPE] = preparer->fields.field[FIELD_TYPE],
        [SLOT_HASH] = {preparer->hash, HASH_BYTES},
        [SLOT_ID] = preparer->fields.field[FIELD_ID],
        [SLOT_SIGNATURE] = {preparer->signature, preparer->is_signed ? SIGNATURE_BYTES : 0},
    };
    for (int type = NAME_PERSON; type < NAME_TYPES; type++)
        value[name_places[type].slot] = preparer->naming.value[type];
    unsigned count = 0;
    for (unsigned slot = 0; slot < SLOT_COUNT; slot++) count += value[slot].length > 0;
    enum status status = varint_append(out, count);
    for (unsigned slot = 0; !status && slot < SLOT_COUNT; slot++) {
        if (!value[slot].length) continue;
        status = varint_append(out, slot);
        if (!status) status = varint_append_span(out, value[slot]);
    }
    return status;
}

enum status preparer_finish(struct buffer *out, struct preparer *preparer, struct error *error)
{
    size_t before = out->length;
    struct termtable *table = &preparer->table;
    termtable_clear(table);
    enum status status = add_names(preparer);
    if (!status) status = add_words_of_text(preparer);
    if (!status) status = add_filters(preparer);
    if (!status && termtable_list_bytes(table) > PREPARED_ENTRY_MAX)
        return fail(error, LIMIT, "it has %zu different terms, more than an index can list for one document (split it)",
                    table->count);
    if (!status) status = buffer_append(out, preparer->hash, HASH_BYTES);
    if (!status)
        status = varint_append(out, (preparer->date.length ? 0 : (unsigned)PREPARED_UNDATED) |
                                        (preparer->finder ? 0 : (unsigned)PREPARED_UNTAGGED));
    if (!status) status = varint_append(out, preparer->fields.text.length);
    if (!status) status = varint_append_span(out, preparer->fields.field[FIELD_ID]);
    if (!status) status = varint_append_span(out, buffer_span(&preparer->record));
    if (!status) status = append_values(out, preparer);
    /* A document without a counted word has length 0, and xapian-check takes positions in such for damage. */
    if (!status) status = termtable_write(out, table, table->length > 0);
    if (!status) return OK;
    out->length = before;
    return fail(error, status, "%s preparing a text of %zu MB", status == LIMIT ? "over a limit" : "out of memory",
                preparer->fields.text.length >> 20);
}
