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

static struct span text_of(const struct tag_mention *mention, const struct tag_input *input)
{
    return span_cut(mention->title ? input->title : input->text, mention->start, mention->end);
}

static enum status write_text(FILE *out, struct tagger *tagger, struct tag_names *names, const struct tag_input *input,
                              bool why)
{
    enum status status = tag_names_find(names, tagger, input);
    if (status) return status;
    print_safely(out, input->id);
    fputs(names->name_count ? "\n" : "\n  no names\n", out);
    for (size_t i = 0; i < names->name_count; i++) {
        const struct tag_name *name = &names->names[i];
        fprintf(out, "  %-12s %5zu  ", tag_type_name(name->type), name->count);
        print_safely(out, name->name);
        putc('\n', out);
        for (size_t k = name->first; why && k < name->first + name->count; k++) {
            const struct tag_mention *mention = &names->mentions[k];
            fprintf(out, "%23s%s%zu-%zu ", "", mention->title ? "title " : "", mention->start, mention->end);
            print_safely(out, text_of(mention, input));
            fprintf(out, " (%s)\n", mention->why);
        }
    }
    return OK;
}

static enum status write_jsonl(FILE *out, struct tagger *tagger, struct tag_names *names, const struct tag_input *input,
                               bool why)
{
    enum status status = tag_names_find(names, tagger, input);
    if (status) return status;
    (void)why; /* always told */
    fputs("{\"id\": ", out);
    write_json_text(out, input->id);
    fputs(", \"entities\": [", out);
    for (size_t i = 0; i < names->name_count; i++) {
        const struct tag_name *name = &names->names[i];
        fprintf(out, "%s{\"type\": \"%s\", \"name\": ", i ? ", " : "", tag_type_name(name->type));
        write_json_text(out, name->name);
        fputs(", \"mentions\": [", out);
        for (size_t k = name->first; k < name->first + name->count; k++) {
            const struct tag_mention *mention = &names->mentions[k];
            fprintf(out, "%s{\"start\": %zu, \"end\": %zu, \"text\": ", k > name->first ? ", " : "", mention->start,
                    mention->end);
            write_json_text(out, text_of(mention, input));
            fprintf(out, ", \"why\": \"%s\"%s}", mention->why, mention->title ? ", \"in\": \"title\"" : "");
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

static enum status write_conll(FILE *out, struct tagger *tagger, struct tag_names *names, const struct tag_input *input,
                               bool why)
{
    (void)names, (void)why;
    fputs("-DOCSTART-\tO\n\n", out);
    enum status status = write_tagged(out, tagger, input->title);
    return status ? status : write_tagged(out, tagger, input->text);
}

const struct tag_format tag_formats[] = {
    {"text", write_text},
    {"jsonl", write_jsonl},
    {"conll", write_conll},
    {0},
};
