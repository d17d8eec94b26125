/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/name_lists.h"

#include "indexer/entities/names/names.h"

_Static_assert((int)NAME_PERSON == (int)TAG_PERSON && (int)NAME_ORGANIZATION == (int)TAG_ORGANIZATION &&
                   (int)NAME_PLACE == (int)TAG_PLACE,
               "the index's types of names are the tagger's");

enum { FOLDER_BYTES_MAX = 64 * 1024 /* bytes of a path: far above the system's limit */ };

static void ignore_line(void *context, const char *message)
{
    (void)context;
    (void)message;
}

enum status name_lists_load(struct user_names **out, const char *path, struct error *error)
{
    struct buffer folder;
    buffer_init(&folder, FOLDER_BYTES_MAX);
    enum status status = schema_names_folder(&folder, span_of(path));
    if (!status) status = buffer_append_byte(&folder, '\0');
    if (status)
        fail(error, status, "out of memory while looking for the lists of names beside '%s'", path);
    else
        status = user_names_load(out, folder.data, ignore_line, NULL, error);
    buffer_release(&folder);
    if (status == MISSING) *out = NULL, status = OK;
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
