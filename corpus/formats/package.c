/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/package.h"

#include "corpus/isolate/limits.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 65536, LOOK_MEMBERS = 200 /* of which the type must show */ };

static struct archive *open_zip(int file)
{
    struct archive *archive = archive_read_new();
    if (!archive) return NULL;
    lseek(file, 0, SEEK_SET);
    if (archive_read_support_format_zip(archive) || archive_read_open_fd(archive, file, BLOCK)) {
        archive_read_free(archive);
        return NULL;
    }
    return archive;
}

static enum status add_part(struct package *package, const char *name, struct buffer *bytes)
{
    if (package->count == package->capacity) {
        size_t capacity = package->capacity ? package->capacity * 2 : 16;
        struct part *parts = realloc(package->parts, capacity * sizeof *parts);
        if (!parts) return NO_MEMORY;
        package->parts = parts;
        package->capacity = capacity;
    }
    struct part part = {.name = strdup(name), .bytes = buffer_span(bytes)};
    if (!part.name) return NO_MEMORY;
    package->parts[package->count++] = part;
    package->total += part.bytes.length;
    *bytes = (struct buffer){0}; /* the part has its memory now */
    return OK;
}

static enum status too_much(struct read_job *job, const char *why)
{
    return fail(job->error, LIMIT, "'%s' %s", job->file->path, why);
}

/* Reads the member at hand. */
static enum status read_part(struct package *package, struct read_job *job, struct archive *archive, const char *name)
{
    struct buffer bytes;
    buffer_init(&bytes, (size_t)PACKAGE_BYTES_MAX - package->total);
    enum status status = OK;
    for (;;) {
        status = buffer_reserve(&bytes, BLOCK);
        if (status) break;
        ssize_t got = archive_read_data(archive, bytes.data + bytes.length, BLOCK);
        if (got == 0) break;
        if (got < 0) {
            status = fail(job->error, INVALID, "'%s' is a broken document: %s", job->file->path,
                          archive_error_string(archive) ? archive_error_string(archive) : "cannot be unpacked");
            break;
        }
        bytes.length += (size_t)got;
        bytes.data[bytes.length] = '\0';
        uint64_t unpacked = package->total + bytes.length;
        if (unpacked > CONTAINER_FREE_MAX && unpacked / CONTAINER_RATIO_MAX > job->file->size) {
            status = too_much(job, "unpacks to far more than it is: an archive bomb");
            break;
        }
    }
    if (status == LIMIT && job->error && job->error->status != LIMIT) too_much(job, "has more text than is read");
    if (!status) status = add_part(package, name, &bytes);
    if (status == NO_MEMORY) job_failed(job, NO_MEMORY);
    buffer_release(&bytes);
    return status;
}

enum status package_read(struct package *package, struct read_job *job, bool (*wanted)(const char *name))
{
    *package = (struct package){0};
    struct archive *archive = open_zip(job->fd);
    struct archive_entry *entry;
    if (!archive) return fail(job->error, INVALID, "'%s' is a broken document: not a zip file", job->file->path);
    enum status status = OK;
    int result = ARCHIVE_OK;
    for (size_t members = 0; !status; members++) {
        result = archive_read_next_header(archive, &entry);
        if (result == ARCHIVE_EOF || result < ARCHIVE_WARN) break;
        const char *name = archive_entry_pathname(entry);
        if (members >= PACKAGE_MEMBERS_MAX) status = too_much(job, "holds more parts than any document has");
        if (status || !name || !wanted(name)) continue;
        package->encrypted |= archive_entry_is_data_encrypted(entry) > 0;
        if (package->encrypted)
            status = fail(job->error, UNSUPPORTED, "'%s' is encrypted: it takes a password", job->file->path);
        else if (package_part(package, name).data)
            status = fail(job->error, INVALID, "'%s' is a broken document: '%.100s' is in it twice", job->file->path,
                          name);
        else
            status = read_part(package, job, archive, name);
    }
    if (!status && result != ARCHIVE_EOF)
        status = fail(job->error, INVALID, "'%s' is a broken document: %s", job->file->path,
                      archive_error_string(archive) ? archive_error_string(archive) : "cannot be unpacked");
    archive_read_free(archive);
    return status;
}

void package_release(struct package *package)
{
    for (size_t i = 0; i < package->count; i++) {
        free(package->parts[i].name);
        free((char *)(uintptr_t)package->parts[i].bytes.data);
    }
    free(package->parts);
    *package = (struct package){0};
}

struct span package_part(const struct package *package, const char *name)
{
    for (size_t i = 0; i < package->count; i++)
        if (strcmp(package->parts[i].name, name) == 0) return package->parts[i].bytes;
    return (struct span){NULL, 0};
}

/* What OpenDocument and EPUB say of themselves in their first member. */
static const char *stated_type(struct archive *archive)
{
    static const struct {
        const char *mime, *type;
    } types[] = {{"application/epub+zip", "epub"},
                 {"application/vnd.oasis.opendocument.spreadsheet", "ods"},
                 {"application/vnd.oasis.opendocument.presentation", "odt"},
                 {"application/vnd.oasis.opendocument.text", "odt"}};
    char mime[128];
    ssize_t got = archive_read_data(archive, mime, sizeof mime - 1);
    mime[got > 0 ? got : 0] = '\0';
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strncmp(mime, types[i].mime, strlen(types[i].mime)) == 0) return types[i].type;
    return NULL;
}

static bool next_member(struct archive *archive, struct archive_entry **entry)
{
    int result = archive_read_next_header(archive, entry);
    return result != ARCHIVE_EOF && result >= ARCHIVE_WARN;
}

const char *package_type(int file)
{
    static const struct {
        const char *member, *type;
    } signs[] = {{"word/document.xml", "docx"},
                 {"ppt/presentation.xml", "pptx"},
                 {"xl/workbook.xml", "xlsx"},
                 {"META-INF/container.xml", "epub"}};
    struct archive *archive = open_zip(file);
    struct archive_entry *entry;
    const char *type = NULL;
    if (!archive) return NULL;
    for (int i = 0; !type && i < LOOK_MEMBERS && next_member(archive, &entry); i++) {
        const char *name = archive_entry_pathname(entry);
        if (!name) continue;
        if (strcmp(name, "mimetype") == 0) type = stated_type(archive);
        for (size_t sign = 0; !type && sign < sizeof signs / sizeof *signs; sign++)
            if (strcmp(name, signs[sign].member) == 0) type = signs[sign].type;
    }
    archive_read_free(archive);
    lseek(file, 0, SEEK_SET);
    return type ? type : "archive";
}
