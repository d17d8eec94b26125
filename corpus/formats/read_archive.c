/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Archives as folders, through libarchive: zip, tar, cpio and 7-Zip, compressed or not; and a single compressed file as
 * a folder of one. Each member is read as a file of its own, "archive.zip/inner/file.txt". */
#include "corpus/formats/container.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/package.h"
#include "corpus/formats/stream.h"
#include "corpus/isolate/limits.h"

#include <archive_entry.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 65536 };

static struct archive *open_archive(int fd)
{
    struct archive *archive = archive_read_new();
    if (!archive) return NULL;
    stream_filters(archive);
    archive_read_support_format_zip(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_gnutar(archive);
    archive_read_support_format_cpio(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_raw(archive);
    lseek(fd, 0, SEEK_SET);
    if (archive_read_open_fd(archive, fd, BLOCK) == ARCHIVE_OK) return archive;
    archive_read_free(archive);
    return NULL;
}

/* The name of what is in "notes.txt.gz". */
static bool name_of_single(struct buffer *out, const char *relative)
{
    static const char *const endings[] = {".gz", ".bz2", ".xz", ".zst", ".lzma", ".z"};
    const char *slash = strrchr(relative, '/'), *name = slash ? slash + 1 : relative, *dot = strrchr(name, '.');
    size_t length = strlen(name);
    for (size_t i = 0; dot && dot != name && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(dot, endings[i]) == 0) length = (size_t)(dot - name);
    return container_name(out, (struct span){name, length});
}

/* Names that programs put into archives for themselves, and hidden ones: the walk leaves them out silently too. */
static bool is_hidden(const char *name)
{
    if (strncmp(name, "__MACOSX/", 9) == 0) return true;
    for (const char *part = name; part; part = strchr(part, '/')) {
        part += *part == '/';
        if (*part == '.') return true;
    }
    return false;
}

/* What keeps a member from being read, or NULL. */
static const char *refusal(struct archive_entry *entry)
{
    mode_t type = archive_entry_filetype(entry);
    if (archive_entry_hardlink(entry) || archive_entry_symlink(entry) || S_ISLNK(type))
        return "a link: links are not followed";
    if (type && !S_ISREG(type)) return "a device or pipe, not a file";
    if (archive_entry_is_data_encrypted(entry) > 0 || archive_entry_is_metadata_encrypted(entry) > 0)
        return "it is encrypted: it takes a password";
    if (archive_entry_size_is_set(entry) && (uint64_t)archive_entry_size(entry) > LIMIT_WRITTEN)
        return "it is larger than a member may be";
    return NULL;
}

/* Unpacks the member at hand into [file]. LIMIT and INVALID cost this member; [bomb] the whole. */
static enum status unpack(struct read_job *job, struct archive *archive, int file, bool *bomb)
{
    uint64_t written = 0;
    char piece[BLOCK];
    for (;;) {
        la_ssize_t got = archive_read_data(archive, piece, sizeof piece);
        if (got == 0) return OK;
        if (got < 0) {
            const char *why = archive_error_string(archive);
            return fail(job->error, INVALID, "it is broken: %s", why ? why : "it cannot be unpacked");
        }
        enum status status = container_write(job, file, piece, (size_t)got, &written);
        if (status) {
            *bomb = status == LIMIT && written <= LIMIT_WRITTEN;
            return status;
        }
    }
}

static enum status read_member(struct read_job *job, struct archive *archive, const char *name, bool *bomb)
{
    struct error why = {0}, *kept = job->error;
    int file = container_file();
    if (file < 0) return container_skip(job, name, "there is no room for it");
    job->error = &why;
    enum status status = unpack(job, archive, file, bomb);
    job->error = kept;
    struct member member = {.name = name, .file = file};
    status = status ? container_skip(job, name, why.message) : container_read(job, &member);
    close(file);
    return status;
}

static enum status read_entry(struct read_job *job, struct archive *archive, struct archive_entry *entry,
                              struct buffer *name, bool *bomb)
{
    const char *stated = archive_entry_pathname(entry), *reason = refusal(entry);
    bool single = archive_format(archive) == ARCHIVE_FORMAT_RAW, wanted;
    if (S_ISDIR(archive_entry_filetype(entry))) return OK;
    if (!stated && !single) stated = archive_entry_pathname_utf8(entry);
    if (!single && stated && is_hidden(stated)) return OK;
    bool sound = single ? name_of_single(name, job->file->relative) : container_name(name, span_of(stated));
    const char *shown = sound ? name->data : stated ? stated : "a member without a name";
    enum status status = container_begin(job, shown, &wanted);
    if (status || !wanted) return status;
    if (!sound) reason = "its name leads out of the archive, or is none";
    return reason ? container_skip(job, shown, reason) : read_member(job, archive, name->data, bomb);
}

enum status read_archive(struct read_job *job)
{
    struct archive *archive = open_archive(job->fd);
    struct archive_entry *entry;
    struct buffer name;
    if (!archive) return fail(job->error, INVALID, "'%s' is a broken archive", job->file->path);
    buffer_init(&name, CONTAINER_NAME_MAX + 1);
    job->reader = reader_named("archive");
    enum status status = OK;
    bool bomb = false;
    int result;
    size_t members = 0;
    while (!(result = archive_read_next_header(archive, &entry)) || result == ARCHIVE_WARN || result == ARCHIVE_RETRY) {
        if (!members++ && archive_format(archive) == ARCHIVE_FORMAT_RAW && archive_filter_count(archive) < 2) {
            status = fail(job->error, UNSUPPORTED, "'%s' is binary data, not text", job->file->path);
            break;
        }
        status = read_entry(job, archive, entry, &name, &bomb);
        if (status || bomb) break;
    }
    const char *why = archive_error_string(archive);
    if (!status && bomb)
        status = fail(job->error, LIMIT, "'%s' is an archive bomb; the rest was left out", job->file->path);
    else if (!status && result != ARCHIVE_EOF)
        status = fail(job->error, INVALID, "'%s' is a broken archive: %s%s", job->file->path,
                      why ? why : "it cannot be unpacked", members ? "; what came before is read" : "");
    archive_read_free(archive);
    buffer_release(&name);
    return status;
}

enum status read_zip(struct read_job *job)
{
    static const struct {
        const char *type;
        enum status (*read)(struct read_job *job);
    } readers[] = {{"docx", read_docx}, {"odt", read_odt}, {"pptx", read_pptx}, {"xlsx", read_xlsx},
                   {"ods", read_ods},   {"epub", read_epub}};
    const char *type = package_type(job->fd);
    for (size_t i = 0; type && i < sizeof readers / sizeof *readers; i++) {
        if (strcmp(type, readers[i].type) != 0) continue;
        job->reader = reader_named(type);
        return readers[i].read(job);
    }
    return read_archive(job);
}
