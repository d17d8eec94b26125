/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include "corpus/formats/formats.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int folder_setup(void **state)
{
    const char *base = getenv("TMPDIR");
    char path[512];
    snprintf(path, sizeof path, "%s/dossier-corpus-XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(path)) return -1;
    *state = strdup(path);
    return *state ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *found, int type, struct FTW *place)
{
    (void)found, (void)type, (void)place;
    return remove(path);
}

static int open_one(const char *path, const struct stat *found, int type, struct FTW *place)
{
    (void)found, (void)place;
    return type == FTW_D || type == FTW_DNR ? chmod(path, 0700) : 0;
}

int folder_teardown(void **state)
{
    nftw(*state, open_one, 16, FTW_PHYS);
    int result = nftw(*state, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(*state);
    return result;
}

char *file_write(const char *folder, const char *name, const char *bytes, size_t length)
{
    char *path = NULL;
    assert_true(asprintf(&path, "%s/%s", folder, name) > 0);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    for (size_t written = 0; written < length;) {
        ssize_t step = write(fd, bytes + written, length - written);
        assert_true(step > 0);
        written += (size_t)step;
    }
    close(fd);
    return path;
}

static enum status on_document(void *context, const struct document *document, uint64_t where)
{
    struct caught *caught = context;
    size_t i = caught->documents++;
    if (i >= CAUGHT_MAX) return OK;
    for (int field = 0; field < FIELD_COUNT; field++) {
        struct span value = document_get(document, field);
        caught->field[i][field] = strndup(value.length ? value.data : "", value.length);
        assert_non_null(caught->field[i][field]);
        assert_true(utf8_valid(value));
    }
    size_t length = document->text.length;
    caught->text[i] = malloc(length + 1);
    assert_non_null(caught->text[i]);
    memcpy(caught->text[i], length ? document->text.data : "", length);
    caught->text[i][length] = '\0';
    caught->text_length[i] = length;
    caught->title_range[i] = document->title_range;
    caught->title_why[i] = document->title_why;
    caught->date_why[i] = document->date_why;
    caught->where[i] = where;
    assert_true(utf8_valid(buffer_span(&document->text)));
    return OK;
}

static enum status on_bad_record(void *context, uint64_t where, const char *reason)
{
    struct caught *caught = context;
    size_t i = caught->bad++;
    if (i >= CAUGHT_MAX) return OK;
    caught->bad_where[i] = where;
    caught->reason[i] = strdup(reason);
    return OK;
}

static struct caught *read_with(struct source_session *session, const char *path, const char *relative)
{
    struct caught *caught = calloc(1, sizeof *caught);
    assert_non_null(caught);
    assert_non_null(session);
    struct source_file file = {.path = path, .relative = relative};
    struct source_sink sink = {.document = on_document, .bad_record = on_bad_record, .context = caught};
    struct stat found;
    if (stat(path, &found) == 0) file.size = (uint64_t)found.st_size;
    caught->status = source_read(session, &file, &sink, &caught->error);
    source_session_free(session);
    return caught;
}

struct caught *read_path(const char *path, const char *relative)
{
    struct source_session *session = source_session_new(NULL);
    formats_prepare();
    source_session_read_here(session, formats_read);
    return read_with(session, path, relative);
}

struct caught *read_path_apart(const char *path, const char *relative, const struct source_options *options)
{
    return read_with(source_session_new(options), path, relative);
}

struct caught *read_bytes(const char *folder, const char *name, const char *bytes, size_t length)
{
    char *path = file_write(folder, name, bytes, length);
    struct caught *caught = read_path(path, name);
    free(path);
    return caught;
}

struct caught *read_string(const char *folder, const char *name, const char *text)
{
    return read_bytes(folder, name, text, strlen(text));
}

void caught_release(struct caught *caught)
{
    for (size_t i = 0; i < CAUGHT_MAX; i++) {
        for (int field = 0; field < FIELD_COUNT; field++) free(caught->field[i][field]);
        free(caught->text[i]);
        free(caught->reason[i]);
    }
    free(caught);
}
