/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/naming_lists.h"

#include "indexer/entities/names/user.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_MAX_BYTES = 64 * 1024, KEPT_MAX = 65 << 20 /* bytes: over what user_list_read takes */ };

static bool is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static enum status list_key(struct buffer *out, size_t which)
{
    buffer_clear(out);
    enum status status = buffer_append_string(out, METADATA_LIST);
    return status ? status : buffer_append_string(out, user_list_names[which]);
}

/* Appends a metadata value of the index at [path], nothing when there is no such index or value. */
static enum status read_metadata(struct buffer *out, struct xc_database *database, struct span key)
{
    struct xc_bytes value;
    if (!database || xc_database_metadata(&value, database, key.data, key.length, NULL)) return OK;
    return buffer_append(out, value.data, value.length);
}

static enum status read_kept(struct buffer kept[USER_LISTS], struct xc_database *database)
{
    struct buffer key;
    enum status status = OK;
    buffer_init(&key, PATH_MAX_BYTES);
    for (size_t i = 0; !status && i < USER_LISTS; i++) {
        status = list_key(&key, i);
        if (!status) status = read_metadata(&kept[i], database, buffer_span(&key));
    }
    buffer_release(&key);
    return status;
}

/* Settles the folder: the one asked for, the one remembered, the one beside the index. */
static enum status choose_folder(struct naming_lists *lists, struct xc_database *database)
{
    const struct naming_choice *choice = lists->choice;
    struct buffer beside;
    buffer_init(&beside, PATH_MAX_BYTES);
    enum status status = schema_names_folder(&beside, span_of(choice->database));
    if (!status && choice->names) {
        char *whole = realpath(choice->names, NULL), *other = realpath(beside.data, NULL);
        lists->named = !whole || !other || strcmp(whole, other) != 0;
        status = buffer_append_string(&lists->folder, lists->named && whole ? whole : choice->names);
        free(whole);
        free(other);
    } else if (!status) {
        status = read_metadata(&lists->folder, database, SPAN(METADATA_NAMES));
        lists->named = lists->folder.length > 0;
        if (!status && !lists->named && is_folder(beside.data))
            status = buffer_append_span(&lists->folder, buffer_span(&beside));
    }
    buffer_release(&beside);
    return status;
}

static void warn_of_line(void *context, const char *message)
{
    const struct naming_lists *lists = context;
    const struct naming_choice *choice = lists->choice;
    if (choice->warn) choice->warn(choice->context, lists->folder.data, message);
}

enum status naming_lists_open(struct naming **out, struct naming_lists *lists, const struct naming_choice *choice,
                              struct error *error)
{
    struct xc_database *database = NULL;
    struct buffer kept[USER_LISTS];
    struct span contents[USER_LISTS];
    *lists = (struct naming_lists){.choice = choice};
    buffer_init(&lists->folder, PATH_MAX_BYTES);
    for (size_t i = 0; i < USER_LISTS; i++) buffer_init(&kept[i], KEPT_MAX);
    /* Whatever keeps this from being opened, the writer will tell. */
    if (xc_database_open(&database, choice->database, NULL)) database = NULL;
    enum status status = choose_folder(lists, database);
    bool gone = !status && !choice->names && lists->named && !is_folder(lists->folder.data);
    if (gone) {
        status = read_kept(kept, database);
        if (choice->warn)
            choice->warn(choice->context, lists->folder.data,
                         "this folder of names is gone; its lists are used as the index has kept them (name another "
                         "folder with --names)");
    }
    xc_database_free(database);
    if (status) fail(error, status, "out of memory for the lists of names");
    for (size_t i = 0; i < USER_LISTS; i++) contents[i] = buffer_span(&kept[i]);
    struct naming_options naming = {.model = choice->model,
                                    .lists = lists->folder.length && !gone ? lists->folder.data : NULL,
                                    .kept = gone ? contents : NULL,
                                    .warn = warn_of_line,
                                    .context = lists};
    if (!status) status = naming_open(out, &naming, error);
    for (size_t i = 0; i < USER_LISTS; i++) buffer_release(&kept[i]);
    return status;
}

void naming_lists_release(struct naming_lists *lists)
{
    buffer_release(&lists->folder);
}

static enum status record(struct store *store, struct span key, struct span value, struct error *error)
{
    struct span known;
    enum status status = store_metadata(&known, store, key, error);
    if (status || span_equal(known, value)) return status;
    return store_set_metadata(store, key, value, error);
}

enum status naming_lists_record(const struct naming_lists *lists, struct store *store, const struct naming *naming,
                                struct error *error)
{
    struct buffer key;
    struct span folder = lists->named ? buffer_span(&lists->folder) : SPAN("");
    buffer_init(&key, PATH_MAX_BYTES);
    enum status status = record(store, SPAN(METADATA_NAMES), folder, error);
    for (size_t i = 0; !status && i < USER_LISTS; i++) {
        status = list_key(&key, i);
        if (status)
            fail(error, status, "out of memory for the lists of names");
        else
            status = record(store, buffer_span(&key), naming_list(naming, i), error);
    }
    buffer_release(&key);
    return status;
}
