/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/source.h"
#include "searcher/cli/command.h"
#include "searcher/cli/data.h"
#include "searcher/cli/tag.h"
#include "searcher/cli/terminal.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    CONFUSIONS_SHOWN = 20,
    HEAD_BYTES = 4096,  /* looked at to tell text from other bytes */
    READ_STEP = 1 << 16 /* bytes asked of the system at a time, at first */
};

static const struct option_row options[] = {
    {"format", 'f', "FORMAT", "text, jsonl or conll (default: text)"},
    {"pretokenised", 'p', NULL, "read one token a line, write token, tab, IOB2 tag"},
    {"why", 0, NULL, "text: list where each name stands, and what found it"},
    {"evaluate", 'e', "GOLD", "score the tags of FILE, or the model's own, against this IOB2 file"},
    {"limit", 'n', "N", "with --evaluate: confusions to list (default: 20)"},
    {"model", 0, "FILE", "the model (default: $DOSSIER_MODEL, else the one installed with dossier)"},
    {0},
};

struct tagging {
    struct model model;
    struct tagger *tagger;
    struct tag_names names;
    const struct tag_format *format;
    bool why, skipped;
    struct error error; /* of what ended the work */
};

static enum status on_skipped(void *context, const char *path, const char *reason)
{
    struct tagging *tagging = context;
    tagging->skipped = true;
    fflush(stdout);
    fputs("dossier: skipped ", stderr);
    print_safely(stderr, span_of(path));
    fprintf(stderr, ": ");
    print_safely(stderr, span_of(reason));
    putc('\n', stderr);
    return OK;
}

static enum status write_input(struct tagging *tagging, const struct tag_input *input)
{
    enum status status = tagging->format->write(stdout, tagging->tagger, &tagging->names, input, tagging->why);
    if (ferror(stdout)) return STOPPED; /* told by finish_output */
    return status ? fail(&tagging->error, status, "out of memory") : OK;
}

static enum status on_document(void *context, const struct document *document, uint64_t where)
{
    (void)where;
    struct tag_input input = {
        .id = document_get(document, FIELD_ID),
        .text = buffer_span(&document->text),
    };
    if (document->title_range.start == document->title_range.end) input.title = document_get(document, FIELD_TITLE);
    return write_input(context, &input);
}

struct reading {
    struct tagging *tagging;
    const char *path;
};

static enum status on_file_document(void *context, const struct document *document, uint64_t where)
{
    const struct reading *reading = context;
    return on_document(reading->tagging, document, where);
}

static enum status on_bad_record(void *context, uint64_t where, const char *reason)
{
    const struct reading *reading = context;
    char text[ERROR_BYTES_MAX];
    snprintf(text, sizeof text, "line %" PRIu64 ": %s", where, reason);
    return on_skipped(reading->tagging, reading->path, text);
}

static enum status on_file(void *context, const struct source_file *file)
{
    struct tagging *tagging = context;
    struct reading reading = {tagging, file->path};
    const struct source_sink sink = {on_file_document, on_bad_record, &reading};
    struct error error = {0};
    enum status status = source_read(file, &sink, &error);
    switch (status) {
    case OK:
        return OK;
    case UNSUPPORTED:
    case LIMIT:
    case INVALID:
    case IO:
        return on_skipped(tagging, file->path, error.message);
    default:
        if (!tagging->error.status) tagging->error = error;
        return status;
    }
}

/* Reads all of standard input. Returns OK, LIMIT, IO, NO_MEMORY. */
static enum status read_input(struct buffer *bytes, struct error *error)
{
    for (size_t step = READ_STEP;; step = bytes->length > READ_STEP ? bytes->length : READ_STEP) {
        size_t room = bytes->maximum - bytes->length;
        if (!room)
            return fail(error, LIMIT, "more than the %zu MB that one document may have (split it)",
                        bytes->maximum >> 20);
        if (step > room) step = room;
        if (buffer_reserve(bytes, step)) return fail(error, NO_MEMORY, "out of memory");
        ssize_t got = read(STDIN_FILENO, bytes->data + bytes->length, step);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(error, IO, "cannot read it: %s", strerror(errno));
        if (got == 0) return OK;
        bytes->length += (size_t)got;
    }
}

/* Standard input is one text, tagged as it is, so that offsets are those of its bytes. */
static enum status tag_standard_input(struct tagging *tagging)
{
    struct buffer bytes;
    struct error error;
    buffer_init(&bytes, DOCUMENT_TEXT_MAX);
    enum status status = read_input(&bytes, &error);
    if (status) {
        if (status == NO_MEMORY)
            tagging->error = error;
        else
            status = on_skipped(tagging, "standard input", error.message);
    } else if (bytes.length && memchr(bytes.data, '\0', bytes.length < HEAD_BYTES ? bytes.length : HEAD_BYTES)) {
        status = on_skipped(tagging, "standard input", "binary data, not text");
    } else {
        struct tag_input input = {.id = SPAN("-"), .text = buffer_span(&bytes)};
        status = write_input(tagging, &input);
    }
    buffer_release(&bytes);
    return status;
}

static enum status tag_texts(struct tagging *tagging, const char *path)
{
    if (strcmp(path, "-") == 0) return tag_standard_input(tagging);
    const struct source_visitor visitor = {on_file, on_skipped, tagging};
    struct error error = {0};
    enum status status = source_walk(path, &visitor, &error);
    if (status == NOT_FOUND) {
        complain("%s", error.message);
        tagging->skipped = true;
        return OK;
    }
    if (status && !tagging->error.status) tagging->error = error;
    return status;
}

static enum status tag_tokens(struct tagging *tagging, const char *path)
{
    struct tag_lines *lines;
    struct tag_batch *batch;
    struct error error = {0};
    enum status status = tag_lines_open(&lines, path, false, &error);
    if (!status) {
        while (!(status = tag_lines_next(&batch, lines, &error)) && batch && !ferror(stdout)) {
            if (tag_batch_tag(batch, tagging->tagger)) {
                status = fail(&error, NO_MEMORY, "out of memory");
                break;
            }
            tag_batch_write(stdout, batch);
        }
        tag_lines_close(lines);
    }
    if (status == NO_MEMORY) {
        tagging->error = error;
        return status;
    }
    if (status) {
        complain("%s", error.message);
        tagging->skipped = true;
    }
    return ferror(stdout) ? STOPPED : OK;
}

static enum status load(struct tagging *tagging, const char *stated)
{
    struct buffer path;
    struct error *error = &tagging->error;
    buffer_init(&path, 1 << 16);
    enum status status = data_find(&path, &data_model, stated, error);
    if (!status) status = model_open(&tagging->model, path.data, error);
    if (!status && tagger_new(&tagging->tagger, &tagging->model)) {
        model_close(&tagging->model);
        status = fail(error, NO_MEMORY, "out of memory");
    }
    buffer_release(&path);
    return status;
}

static int tag_all(struct tagging *tagging, const struct command_line *line, bool tokens)
{
    enum status (*const tag)(struct tagging *, const char *) = tokens ? tag_tokens : tag_texts;
    enum status status = OK;
    tag_names_init(&tagging->names);
    if (!line->operand_count) status = tag(tagging, "-");
    for (size_t i = 0; i < line->operand_count && !status; i++) status = tag(tagging, line->operands[i]);
    tag_names_release(&tagging->names);
    if (status && !ferror(stdout)) return exit_with(&tagging->error);
    return finish_output(tagging->skipped ? EXIT_SKIPPED : EXIT_DONE);
}

/* What the options ask for. False after saying what is wrong. */
static bool read_options(struct tagging *tagging, size_t *confusions, const struct command_line *line)
{
    static const char *const formats[] = {"text", "jsonl", "conll", NULL};
    bool tokens = option_given(line, "pretokenised"), evaluate = option_given(line, "evaluate");
    size_t format = 0;
    if (!option_choice(&format, line, "format", formats)) return false;
    if (!option_number(confusions, line, "limit", 0, 1000000)) return false;
    tagging->format = &tag_formats[format];
    tagging->why = option_given(line, "why");
    if (tokens && !evaluate && option_given(line, "format") && strcmp(tagging->format->name, "conll") != 0) {
        complain("--pretokenised writes a tag beside each token, not %s (leave --format out)", tagging->format->name);
        return false;
    }
    if (evaluate && strcmp(tagging->format->name, "conll") == 0) {
        complain("--evaluate writes text or jsonl, not conll");
        return false;
    }
    if (evaluate && line->operand_count > 1) {
        complain("--evaluate compares GOLD with one file of tags, or with the model's own tags when none is named");
        return false;
    }
    return true;
}

static int run(const struct command_line *line)
{
    struct tagging tagging = {.skipped = false};
    size_t confusions = CONFUSIONS_SHOWN;
    const char *gold = option_value(line, "evaluate");
    const char *tagged = gold && line->operand_count ? line->operands[0] : NULL;
    if (!read_options(&tagging, &confusions, line)) return EXIT_USAGE;
    if (!tagged && load(&tagging, option_value(line, "model"))) return exit_with(&tagging.error);
    int status;
    if (!gold)
        status = tag_all(&tagging, line, option_given(line, "pretokenised"));
    else if (tag_evaluate(stdout, tagging.tagger, gold, tagged, confusions, strcmp(tagging.format->name, "jsonl") == 0,
                          &tagging.error))
        status = exit_with(&tagging.error);
    else
        status = finish_output(EXIT_DONE);
    if (tagged) return status;
    tagger_free(tagging.tagger);
    model_close(&tagging.model);
    return status;
}

const struct command command_tag = {
    .name = "tag",
    .operands = "[FILE…]",
    .summary = "the organizations, people and places in texts, without an index",
    .options = options,
    .notes = "Files and folders are read as index reads them; without one, or with -, standard input is one text.\n"
             "jsonl writes a line for each document; offsets are bytes in its text as UTF-8, as read (CR LF counts as\n"
             "one). conll writes a token and its tag a line.\n"
             "--pretokenised: a blank line ends a sentence, -DOCSTART- begins a document, further columns are passed\n"
             "over; each line of the input gives one line of output.\n"
             "--evaluate: GOLD has the token first and the IOB2 tag last on a line; FILE has the same tokens with\n"
             "other tags. A name is right when its first token, last token and type are; other types do not count.\n\n"
             "examples:\n"
             "  dossier tag --why article.txt\n"
             "  dossier tag --format jsonl ~/articles > names.jsonl\n"
             "  dossier tag --pretokenised < tokens.txt > tagged.txt\n"
             "  dossier tag --evaluate gold.iob2 -n 50\n",
    .run = run,
};
