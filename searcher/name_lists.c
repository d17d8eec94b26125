/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/name_lists.h"

#include "indexer/entities/names/names.h"

#include <stdio.h>
#include <string.h>

_Static_assert((int)NAME_PERSON == (int)TAG_PERSON && (int)NAME_ORGANIZATION == (int)TAG_ORGANIZATION &&
                   (int)NAME_PLACE == (int)TAG_PLACE,
               "the index's types of names are the tagger's");

enum { FOLDER_BYTES_MAX = 64 * 1024 /* bytes of a path: far above the system's limit */ };

/* The lists that give names other names. */
static const char *const sources[] = {"aliases.tsv", "add.tsv"};
enum { SOURCES = sizeof sources / sizeof *sources, LIST_BYTES_MAX = 65 << 20 /* bytes: over what an index keeps */ };

static size_t which_list(const char *name)
{
    size_t which = 0;
    while (which + 1 < USER_LISTS && strcmp(user_list_names[which], name) != 0) which++;
    return which;
}

static enum status read_kept(struct buffer *out, struct reader *reader, const char *name)
{
    char key[64];
    struct xc_bytes content;
    snprintf(key, sizeof key, "%s%s", METADATA_LIST, name);
    /* An index that cannot be read now will tell when it is searched. */
    if (xc_database_metadata(&content, reader->database, key, strlen(key), NULL)) return OK;
    return buffer_append(out, content.data, content.length);
}

enum status name_lists_load(struct user_names **out, struct reader *reader, struct error *error)
{
    struct buffer folder, content[2 * SOURCES];
    struct user_list lists[2 * SOURCES];
    size_t bytes = 0;
    buffer_init(&folder, FOLDER_BYTES_MAX);
    enum status status = schema_names_folder(&folder, span_of(reader->path));
    for (size_t i = 0; i < 2 * SOURCES; i++) {
        const char *name = sources[i % SOURCES];
        buffer_init(&content[i], LIST_BYTES_MAX);
        if (!status)
            status = i < SOURCES ? read_kept(&content[i], reader, name)
                                 : user_list_read(&content[i], folder.data, which_list(name), error);
        lists[i] = (struct user_list){which_list(name), buffer_span(&content[i]), name};
        bytes += content[i].length;
    }
    *out = NULL;
    if (!status && bytes) status = user_names_make(out, lists, 2 * SOURCES, NULL, NULL, error);
    if (status == NO_MEMORY) fail(error, status, "out of memory for the lists of names of '%s'", reader->path);
    for (size_t i = 0; i < 2 * SOURCES; i++) buffer_release(&content[i]);
    buffer_release(&folder);
    return status;
}

void name_lists_free(struct user_names *names)
{
    user_names_free(names);
}

struct span name_lists_expand(const struct user_names *names, enum name_type type, struct span text)
{
    return names_expand(names, (enum tag_type)type, text);
}

const char *name_lists_why(unsigned why)
{
    return why < WHY_COUNT ? name_why_name((enum name_why)why) : "a rule this program does not know";
}
