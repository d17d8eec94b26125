/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/info.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static uint64_t folder_bytes(const char *path)
{
    uint64_t bytes = 0;
    DIR *folder = opendir(path);
    if (!folder) return 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct stat state;
        if (fstatat(dirfd(folder), entry->d_name, &state, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(state.st_mode))
            bytes += (uint64_t)state.st_size;
    }
    closedir(folder);
    return bytes;
}

static enum xc_status count_terms(uint64_t *words, uint64_t *stems, struct reader *reader, struct xc_error *cause)
{
    struct xc_terms *terms = NULL;
    enum xc_status status = xc_database_terms(&terms, reader->database, NULL, 0, cause);
    if (!status) status = xc_terms_next(terms, cause);
    while (!status) {
        struct xc_bytes term = xc_terms_term(terms);
        char first = term.length ? term.data[0] : '\0', second = term.length > 1 ? term.data[1] : '\0';
        if (first < 'A' || first > 'Z') {
            ++*words;
            status = xc_terms_next(terms, cause);
        } else if (first != 'Z') {
            status = xc_terms_skip_to(terms, PREFIX_STEM, 1, cause);
        } else if (second >= 'A' && second <= 'Z') {
            status = xc_terms_skip_to(terms, PREFIX_STEM "[", 2, cause);
        } else {
            ++*stems;
            status = xc_terms_next(terms, cause);
        }
    }
    xc_terms_free(terms);
    return status == XC_NOT_FOUND ? XC_OK : status;
}

/* The undated have no value, so the slot's bounds are those of the dated. */
static enum xc_status read_dates(struct index_info *info, struct reader *reader, struct xc_error *cause)
{
    struct xc_bytes low, high;
    enum xc_status status = xc_database_value_bounds(&low, &high, reader->database, SLOT_DATE, cause);
    if (status) return status;
    if (low.length == 8) memcpy(info->first, low.data, 8);
    if (high.length == 8) memcpy(info->last, high.data, 8);
    return xc_database_term_frequency(&info->undated, reader->database, TERM_UNDATED, strlen(TERM_UNDATED), cause);
}

enum status index_state(struct index_info *out, struct reader *reader, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_statistics statistics;
    struct index_info info = {.documents = reader->documents};
    memcpy(info.uuid, reader->uuid, sizeof info.uuid);
    enum xc_status status = xc_database_statistics(&statistics, reader->database, &cause);
    if (!status) status = xc_database_revision(&info.revision, reader->database, &cause);
    if (!status) status = read_dates(&info, reader, &cause);
    if (status) return reader_failure(error, status, &cause, reader->path);
    info.average_words = statistics.average_length / 2; /* each word counts as a stem and as an exact form */
    *out = info;
    return OK;
}

enum status index_info(struct index_info *out, struct reader *reader, struct error *error)
{
    struct xc_error cause = {0};
    struct index_info info;
    enum status status = index_state(&info, reader, error);
    if (status) return status;
    info.bytes = folder_bytes(reader->path);
    enum xc_status counted = count_terms(&info.words, &info.stems, reader, &cause);
    if (counted) return reader_failure(error, counted, &cause, reader->path);
    *out = info;
    return OK;
}
