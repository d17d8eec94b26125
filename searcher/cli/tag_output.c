/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/tag.h"
#include "searcher/cli/terminal.h"

#include <stdlib.h>
#include <string.h>

const char *tag_code(enum tag_type type)
{
    static const char *const codes[TAG_TYPES] = {"O", "PER", "ORG", "LOC", "MISC"};
    return codes[type];
}

void tag_write_token(FILE *out, struct span token, uint8_t tag)
{
    fwrite(token.data ? token.data : "", 1, token.length, out);
    if (tag == TAG_NONE)
        fputs("\tO\n", out);
    else
        fprintf(out, "\t%c-%s\n", tag & TAG_BEGINS ? 'B' : 'I', tag_code((enum tag_type)(tag >> 1)));
}

void write_json_text(FILE *out, struct span text)
{
    size_t clean = 0; /* start of the run that can be written as it is */
    putc('"', out);
    for (size_t i = 0; i < text.length;) {
        unsigned char byte = (unsigned char)text.data[i];
        size_t start = i;
        if (byte >= 0x80) {
            if (utf8_next(text, &i) != 0xFFFD) continue;
        } else {
            i++;
            if (byte >= ' ' && byte != '"' && byte != '\\' && byte != 0x7F) continue;
        }
        fwrite(text.data + clean, 1, start - clean, out);
        if (byte >= 0x80)
            fputs("\xEF\xBF\xBD", out);
        else if (byte == '"' || byte == '\\')
            fprintf(out, "\\%c", byte);
        else if (byte == '\n')
            fputs("\\n", out);
        else
            fprintf(out, "\\u%04x", byte);
        clean = i;
    }
    if (clean < text.length) fwrite(text.data + clean, 1, text.length - clean, out);
    putc('"', out);
}

static struct span text_of(const struct tag_names *names, const struct name_mention *mention)
{
    return span_cut(names->text, mention->start, mention->end);
}

static enum status write_text(FILE *out, struct tag_names *names, const struct tag_input *input, bool why)
{
    enum status status = tag_names_find(names, input);
    if (status) return status;
    print_safely(out, input->id);
    fputs(names->found.count ? "\n" : "\n  no names\n", out);
    for (size_t i = 0; i < names->found.count; i++) {
        const struct name_entity *entity = &names->found.entities[names->order[i]];
        fprintf(out, "  %-12s %5zu  ", tag_type_name(entity->type), entity->count);
        print_safely(out, entity->name);
        putc('\n', out);
        for (size_t k = entity->first; why && k < entity->first + entity->count; k++) {
            const struct name_mention *mention = &names->found.mentions[k];
            bool title = mention->start < names->head;
            size_t before = title ? 0 : names->head;
            fprintf(out, "%23s%s%zu-%zu ", "", title ? "title " : "", mention->start - before, mention->end - before);
            print_safely(out, text_of(names, mention));
            fprintf(out, " (%s)\n", name_why_name(mention->why));
        }
    }
    return OK;
}

static void write_mention(FILE *out, const struct tag_names *names, const struct name_mention *mention)
{
    bool title = mention->start < names->head;
    size_t before = title ? 0 : names->head;
    fprintf(out, "{\"start\": %zu, \"end\": %zu, \"text\": ", mention->start - before, mention->end - before);
    write_json_text(out, text_of(names, mention));
    fprintf(out, ", \"why\": \"%s\"%s}", name_why_name(mention->why), title ? ", \"in\": \"title\"" : "");
}

static enum status write_jsonl(FILE *out, struct tag_names *names, const struct tag_input *input, bool why)
{
    enum status status = tag_names_find(names, input);
    if (status) return status;
    (void)why; /* always told */
    fputs("{\"id\": ", out);
    write_json_text(out, input->id);
    fputs(", \"entities\": [", out);
    for (size_t i = 0; i < names->found.count; i++) {
        const struct name_entity *entity = &names->found.entities[names->order[i]];
        fprintf(out, "%s{\"type\": \"%s\", \"name\": ", i ? ", " : "", tag_type_name(entity->type));
        write_json_text(out, entity->name);
        fputs(", \"mentions\": [", out);
        for (size_t k = 0; k < entity->count; k++) {
            if (k) fputs(", ", out);
            write_mention(out, names, &names->found.mentions[entity->first + k]);
        }
        fputs("]}", out);
    }
    fputs("]}\n", out);
    return OK;
}

/* The tags of a text's tokens, as far as they are known. */
struct tagged {
    FILE *out;
    struct span text;
    struct tokeniser tokeniser;
    size_t next; /* the token that the tokeniser gives next */
};

/* Writes the tokens before token [end], all with [tag] but the first of a name. */
static void write_tokens(struct tagged *to, size_t end, enum tag_type type)
{
    struct tag_token token;
    bool first = true;
    while (to->next < end && tokeniser_next(&to->tokeniser, &token)) {
        if (token.sentence && to->next) putc('\n', to->out);
        tag_write_token(to->out, span_cut(to->text, token.start, token.start + token.length),
                        !type   ? TAG_NONE
                        : first ? TAG_FIRST(type)
                                : TAG_NEXT(type));
        first = false;
        to->next++;
    }
}

static enum status write_spans(void *user, const struct tag_span *spans, size_t count)
{
    struct tagged *to = user;
    for (size_t i = 0; i < count; i++) {
        write_tokens(to, spans[i].first, 0);
        write_tokens(to, spans[i].last + 1, spans[i].type);
    }
    return ferror(to->out) ? IO : OK;
}

static enum status write_tagged(FILE *out, struct tagger *tagger, struct span text)
{
    struct tagged to = {.out = out, .text = text};
    tokeniser_init(&to.tokeniser, text);
    enum status status = tagger_tag_text(tagger, text, NULL, write_spans, &to);
    if (status) return status;
    write_tokens(&to, SIZE_MAX, 0);
    if (to.next) putc('\n', out);
    return OK;
}

static enum status write_conll(FILE *out, struct tag_names *names, const struct tag_input *input, bool why)
{
    (void)why;
    fputs("-DOCSTART-\tO\n\n", out);
    enum status status = write_tagged(out, names->tagger, input->title);
    return status ? status : write_tagged(out, names->tagger, input->text);
}

const struct tag_format tag_formats[] = {
    {"text", write_text},
    {"jsonl", write_jsonl},
    {"conll", write_conll},
    {0},
};
