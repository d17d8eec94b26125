/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/command.h"
#include "searcher/cli/data.h"
#include "searcher/cli/tag.h"
#include "searcher/cli/tag_source.h"

#include <stdlib.h>
#include <string.h>

enum { CONFUSIONS_SHOWN = 20 };

static const struct option_row options[] = {
    {"format", 'f', "FORMAT", "text, jsonl or conll (default: text)"},
    {"pretokenised", 'p', NULL, "read one token a line, write token, tab, IOB2 tag"},
    {"names", 0, "DIR", "a folder with lists of your own: aliases.tsv, hide.tsv, add.tsv, types.tsv"},
    {"why", 0, NULL, "text: list where each name stands, and what found it"},
    {"evaluate", 'e', "GOLD", "score the tags of FILE, or the model's own, against this file"},
    {"limit", 'n', "N", "with --evaluate: confusions to list (default: 20)"},
    {"model", 0, "FILE", "the model (default: $DOSSIER_MODEL, else the one installed with dossier)"},
    {0},
};

struct tagging {
    struct model model;
    struct tagger *tagger;
    struct user_names *user;
    struct tag_names names;
    struct tag_gold *gold; /* what names are compared with instead of being written */
    const struct tag_format *format;
    bool why, skipped;
    struct error error; /* of what ended the work */
};

static enum status write_input(void *context, const struct tag_input *input)
{
    struct tagging *tagging = context;
    enum status status = tagging->gold ? tag_gold_compare(tagging->gold, &tagging->names, input)
                                       : tagging->format->write(stdout, &tagging->names, input, tagging->why);
    if (ferror(stdout)) return STOPPED; /* told by finish_output */
    return status ? fail(&tagging->error, status, "out of memory") : OK;
}

static enum status tag_texts(struct tagging *tagging, const char *path)
{
    return tag_source_read(path, write_input, tagging, &tagging->skipped, &tagging->error);
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

static void on_bad_line(void *context, const char *message)
{
    (void)context;
    complain("%s", message);
}

static enum status load(struct tagging *tagging, const struct command_line *line)
{
    struct buffer path;
    struct error *error = &tagging->error;
    const char *folder = option_value(line, "names");
    buffer_init(&path, 1 << 16);
    enum status status = data_find(&path, &data_model, option_value(line, "model"), error);
    if (!status) status = model_open(&tagging->model, path.data, error);
    if (!status && tagger_new(&tagging->tagger, &tagging->model)) {
        model_close(&tagging->model);
        status = fail(error, NO_MEMORY, "out of memory");
    }
    buffer_release(&path);
    if (!status && folder) status = user_names_load(&tagging->user, folder, on_bad_line, NULL, error);
    if (!status && tag_names_init(&tagging->names, tagging->tagger, tagging->user))
        status = fail(error, NO_MEMORY, "out of memory");
    return status;
}

static void unload(struct tagging *tagging)
{
    tag_names_release(&tagging->names);
    user_names_free(tagging->user);
    if (!tagging->tagger) return;
    tagger_free(tagging->tagger);
    model_close(&tagging->model);
}

static int tag_all(struct tagging *tagging, const struct command_line *line, bool tokens)
{
    enum status (*const tag)(struct tagging *, const char *) = tokens ? tag_tokens : tag_texts;
    enum status status = OK;
    if (!line->operand_count) status = tag(tagging, "-");
    for (size_t i = 0; i < line->operand_count && !status; i++) status = tag(tagging, line->operands[i]);
    if (status && !ferror(stdout)) return exit_with(&tagging->error);
    return finish_output(tagging->skipped ? EXIT_SKIPPED : EXIT_DONE);
}

/* Names by document: [line]'s operands are the documents. */
static int evaluate_names(struct tagging *tagging, const struct command_line *line, const char *gold, size_t confusions,
                          bool json)
{
    if (tag_gold_open(&tagging->gold, gold, &tagging->error)) return exit_with(&tagging->error);
    int status = tag_all(tagging, line, false);
    if (status <= EXIT_SKIPPED && tag_gold_print(stdout, tagging->gold, confusions, json, &tagging->error))
        status = exit_with(&tagging->error);
    tag_gold_close(tagging->gold);
    return status <= EXIT_SKIPPED ? finish_output(status) : status;
}

static int run_loaded(struct tagging *tagging, const struct command_line *line, size_t confusions)
{
    const char *gold = option_value(line, "evaluate");
    const char *tagged = line->operand_count ? line->operands[0] : NULL;
    bool json = strcmp(tagging->format->name, "jsonl") == 0;
    if (!gold) return tag_all(tagging, line, option_given(line, "pretokenised"));
    if (tag_gold_is(gold)) {
        if (tagged) return evaluate_names(tagging, line, gold, confusions, json);
        complain("--evaluate '%s': name the files or folders with its documents", gold);
        return EXIT_USAGE;
    }
    if (line->operand_count > 1) {
        complain("--evaluate compares an IOB2 file with one file of tags, or with the model's own tags when none is "
                 "named");
        return EXIT_USAGE;
    }
    if (tag_evaluate(stdout, tagging->tagger, gold, tagged, confusions, json, &tagging->error))
        return exit_with(&tagging->error);
    return finish_output(EXIT_DONE);
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
    return true;
}

static int run(const struct command_line *line)
{
    struct tagging tagging = {.skipped = false};
    size_t confusions = CONFUSIONS_SHOWN;
    if (!read_options(&tagging, &confusions, line)) return EXIT_USAGE;
    int status = load(&tagging, line) ? exit_with(&tagging.error) : run_loaded(&tagging, line, confusions);
    unload(&tagging);
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
             "other tags. A name is right when its first token, last token and type are; other types do not count.\n"
             "A GOLD with lines of document, type, name and written forms, separated by tabs, is compared with the\n"
             "names of the documents in FILE….\n\n"
             "examples:\n"
             "  dossier tag --why article.txt\n"
             "  dossier tag --format jsonl ~/articles > names.jsonl\n"
             "  dossier tag --pretokenised < tokens.txt > tagged.txt\n"
             "  dossier tag --evaluate gold.iob2 -n 50\n"
             "  dossier tag --evaluate corpus/gold/names.tsv corpus/samples\n",
    .run = WITH_READERS(run),
};
