/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks an index. The work is done in a process of its own, because libxapian may crash on damaged tables. */
#include "indexer/channel.h"
#include "indexer/check_names.h"
#include "indexer/filestate.h"
#include "indexer/naming.h"
#include "indexer/store.h"
#include "indexer/terms.h"
#include "indexer/update.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    TOLD_MAX = 100,       /* findings told in words; the rest are counted */
    PROGRESS_EVERY = 1000 /* documents */
};

/* Messages of the checking process; MESSAGE_END carries the status, and the counts in [where] and [flags]. */
enum { MESSAGE_FINDING = MESSAGE_END + 1, MESSAGE_PROGRESS };

struct check {
    const char *path;
    struct channel *channel;
    struct xc_database *database;
    uint64_t documents, findings;
    struct buffer term;
};

static void __attribute__((format(printf, 2, 3))) found(struct check *check, const char *format, ...)
{
    if (++check->findings > TOLD_MAX) return;
    char message[ERROR_BYTES_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    channel_send(check->channel, (struct message_head){.kind = MESSAGE_FINDING}, span_of(message), SPAN(""));
}

/* ---- tables ---- */

/* libxapian's words on a table that is well: the rest is told when faults are counted. */
static bool is_routine(struct span line)
{
    static const char *const starts[] = {"blocksize=", "B-tree checked okay", "Lazily created", "No errors", "Cross-"};
    if (!line.length || line.data[line.length - 1] == ':') return true;
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (span_starts(line, span_of(starts[i]))) return true;
    return (line.length >= 17 &&
            span_equal(span_cut(line, line.length - 17, line.length), SPAN("structure check OK"))) ||
           span_equal(span_cut(line, line.length > 8 ? line.length - 8 : 0, line.length), SPAN("no errors"));
}

static enum xc_status keep_report(void *context, const char *data, size_t length)
{
    struct buffer *report = context;
    buffer_append(report, data, length); /* a report past its maximum loses its end */
    return XC_OK;
}

static enum status check_tables(struct check *check, struct error *error)
{
    struct xc_error cause = {0};
    struct buffer report;
    size_t faults = 0;
    buffer_init(&report, 1 << 20);
    enum xc_status status = xc_check(&faults, check->path, keep_report, &report, &cause);
    if (status == XC_DAMAGED) {
        found(check, "the tables cannot be read: %s", cause.message);
        status = XC_OK;
    }
    if (!status && faults) {
        found(check, "the tables have %zu faults", faults);
        struct span rest = buffer_span(&report), line;
        while (span_next_line(&rest, &line)) {
            if (is_routine(line)) continue;
            found(check, "%.*s", (int)(line.length < 300 ? line.length : 300), line.data);
            check->findings--; /* words on faults that are counted */
        }
    }
    buffer_release(&report);
    return status ? store_failure(error, status, &cause, check->path) : OK;
}

/* ---- documents ---- */

static bool value_is(struct check *check, struct xc_document *document, uint32_t docid, enum schema_slot slot,
                     struct span expected, const char *name)
{
    struct xc_bytes value;
    if (xc_document_value(&value, document, slot, NULL)) {
        found(check, "document %u: its %s cannot be read", (unsigned)docid, name);
        return false;
    }
    if (span_equal((struct span){value.data, value.length}, expected)) return true;
    found(check, "document %u: its %s is not that of its record", (unsigned)docid, name);
    return false;
}

/* The terms that the names of a record make. */
static void check_terms(struct check *check, struct xc_document *document, uint32_t docid, const struct record *record)
{
    enum name_terms terms;
    buffer_clear(&check->term);
    if (check_name_terms(&terms, &check->term, document, record))
        found(check, "document %u: the terms of its names cannot be read", (unsigned)docid);
    else if (terms != NAME_TERMS_SOUND)
        found(check, "document %u: the term '%.*s' %s", (unsigned)docid, (int)check->term.length, check->term.data,
              terms == NAME_TERMS_MISSING ? "of a name in its record does not lead to it"
                                          : "of a name that is not in its record leads to it");
}

/* The values that the names of a record make. */
static void check_names(struct check *check, struct xc_document *document, uint32_t docid, const struct record *record)
{
    struct buffer values[NAME_TYPES];
    for (int type = 0; type < NAME_TYPES; type++) buffer_init(&values[type], NAMING_ENCODED_MAX);
    if (naming_values(values, record))
        found(check, "document %u: the names in its record cannot be decoded", (unsigned)docid);
    else
        for (int type = NAME_PERSON; type < NAME_TYPES; type++)
            value_is(check, document, docid, name_places[type].slot, buffer_span(&values[type]),
                     name_places[type].field);
    for (int type = 0; type < NAME_TYPES; type++) buffer_release(&values[type]);
    check_terms(check, document, docid, record);
}

static void check_values(struct check *check, struct xc_document *document, uint32_t docid, const struct record *record,
                         struct span data)
{
    char hash[HASH_BYTES], day[8];
    struct span date = record->field[RECORD_DATE];
    record_hash(hash, data);
    value_is(check, document, docid, SLOT_HASH, (struct span){hash, sizeof hash}, "checksum");
    value_is(check, document, docid, SLOT_SOURCE, record->field[RECORD_SOURCE], "source");
    value_is(check, document, docid, SLOT_LANGUAGE, record->field[RECORD_LANGUAGE], "language");
    value_is(check, document, docid, SLOT_TYPE, record->field[RECORD_TYPE], "type");
    value_is(check, document, docid, SLOT_ID, record->field[RECORD_ID], "id");
    if (date.length == 10) {
        memcpy(day, date.data, 4);
        memcpy(day + 4, date.data + 5, 2);
        memcpy(day + 6, date.data + 8, 2);
    }
    check_names(check, document, docid, record);
    value_is(check, document, docid, SLOT_DATE, (struct span){day, date.length == 10 ? sizeof day : 0}, "date");
}

/* The term of the record's id has to lead to this document alone. */
static void check_id(struct check *check, uint32_t docid, struct span id)
{
    struct xc_postings *postings = NULL;
    buffer_clear(&check->term);
    if (terms_id(&check->term, id)) return;
    enum xc_status status =
        xc_database_postings(&postings, check->database, check->term.data, check->term.length, NULL);
    if (!status) status = xc_postings_next(postings, NULL);
    if (status || xc_postings_docid(postings) != docid)
        found(check, "document %u: its id '%.*s' does not lead to it", (unsigned)docid,
              (int)(id.length < 300 ? id.length : 300), id.data);
    else if (xc_postings_next(postings, NULL) == XC_OK)
        found(check, "document %u: its id '%.*s' leads to another one too", (unsigned)docid,
              (int)(id.length < 300 ? id.length : 300), id.data);
    xc_postings_free(postings);
}

static void check_document(struct check *check, uint32_t docid)
{
    struct xc_error cause = {0};
    struct xc_document *document = NULL;
    struct xc_bytes data;
    struct record record;
    enum xc_status status = xc_database_document(&document, check->database, docid, &cause);
    if (!status) status = xc_document_data(&data, document, &cause);
    if (status) {
        found(check, "document %u cannot be read: %s", (unsigned)docid, cause.message);
    } else if (record_decode(&record, (struct span){data.data, data.length})) {
        found(check, "document %u: its record cannot be decoded", (unsigned)docid);
    } else {
        check_values(check, document, docid, &record, (struct span){data.data, data.length});
        check_id(check, docid, record.field[RECORD_ID]);
    }
    xc_document_free(document);
}

static enum status check_documents(struct check *check, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_postings *all = NULL;
    uint32_t total = 0;
    enum xc_status status = xc_database_document_count(&total, check->database, &cause);
    if (!status) status = xc_database_postings(&all, check->database, NULL, 0, &cause);
    while (!status && !(status = xc_postings_next(all, &cause))) {
        check_document(check, xc_postings_docid(all));
        if (++check->documents % PROGRESS_EVERY) continue;
        struct message_head head = {.kind = MESSAGE_PROGRESS, .where = check->documents, .flags = total};
        if (channel_send(check->channel, head, SPAN(""), SPAN(""))) break;
    }
    xc_postings_free(all);
    if (status == XC_DAMAGED) {
        found(check, "the list of documents cannot be read: %s", cause.message);
        status = XC_OK;
    }
    if (status && status != XC_NOT_FOUND) return store_failure(error, status, &cause, check->path);
    if (check->documents != total)
        found(check, "it counts %u documents and lists %llu", (unsigned)total, (unsigned long long)check->documents);
    return OK;
}

/* ---- recorded files ---- */

static enum status check_files(struct check *check, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_terms *keys = NULL;
    enum xc_status status =
        xc_database_metadata_keys(&keys, check->database, METADATA_FILE, strlen(METADATA_FILE), &cause);
    while (!status && !(status = xc_terms_next(keys, &cause))) {
        struct xc_bytes key = xc_terms_term(keys), value;
        struct filestate state;
        status = xc_database_metadata(&value, check->database, key.data, key.length, &cause);
        if (!status && filestate_decode(&state, (struct span){value.data, value.length}))
            found(check, "the state of file '%.*s' cannot be decoded", (int)(key.length - strlen(METADATA_FILE)),
                  key.data + strlen(METADATA_FILE));
    }
    xc_terms_free(keys);
    if (status == XC_DAMAGED) {
        found(check, "the list of files cannot be read: %s", cause.message);
        status = XC_OK;
    }
    return status && status != XC_NOT_FOUND ? store_failure(error, status, &cause, check->path) : OK;
}

/* ---- the process ---- */

static enum status check_all(struct check *check, struct error *error)
{
    struct xc_error cause = {0};
    enum xc_status opened = xc_database_open(&check->database, check->path, &cause);
    if (opened) return store_failure(error, opened, &cause, check->path);
    enum status status = store_check_schema(check->database, check->path, error);
    if (!status) status = check_tables(check, error);
    if (!status) status = check_documents(check, error);
    return status ? status : check_files(check, error);
}

static _Noreturn void live(struct channel *channel, const char *path, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    struct check check = {.path = path, .channel = channel};
    struct error error = {0};
    buffer_init(&check.term, 4 * TERM_BYTES_MAX);
    enum status status = check_all(&check, &error);
    struct message_head head = {.kind = MESSAGE_END, .code = status, .where = check.documents, .flags = check.findings};
    channel_send(channel, head, span_of(error.message), SPAN(""));
    _exit(0);
}

/* What the caller is told. */
struct listener {
    void (*finding)(void *context, const char *message);
    void (*progress)(void *context, uint64_t done, uint64_t total);
    void *context;
};

static void tell(const struct listener *listener, struct span body)
{
    char message[ERROR_BYTES_MAX];
    snprintf(message, sizeof message, "%.*s", (int)body.length, body.data);
    if (listener->finding) listener->finding(listener->context, message);
}

static enum status listen_to(struct index_check_result *result, struct channel *channel, bool *crashed,
                             const struct listener *listener, const volatile sig_atomic_t *stop, struct error *error)
{
    for (;;) {
        struct message_head head;
        struct span body;
        enum status status = channel_receive(&head, &body, channel, stop);
        if (status == STOPPED) return fail(error, STOPPED, "stopped");
        *crashed = status == NOT_FOUND;
        if (*crashed) return OK;
        if (status) return fail(error, status, "cannot hear of the check: %s", status_name(status));
        if (head.kind == MESSAGE_FINDING) {
            result->findings++;
            tell(listener, body);
        } else if (head.kind == MESSAGE_PROGRESS) {
            result->documents = head.where;
            if (listener->progress) listener->progress(listener->context, head.where, head.flags);
        } else {
            result->documents = head.where;
            result->findings = head.flags;
            return head.code ? fail(error, (enum status)head.code, "%.*s", (int)body.length, body.data) : OK;
        }
    }
}

static enum status run_check(struct index_check_result *result, const char *path, const struct listener *listener,
                             const volatile sig_atomic_t *stop, struct error *error)
{
    int ends[2];
    struct channel channel, other = {.fd = -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
        return fail(error, IO, "cannot start the check: %s", strerror(errno));
    if (channel_init(&channel, ends[0])) {
        close(ends[1]);
        return fail(error, NO_MEMORY, "out of memory");
    }
    other.fd = ends[1];
    pid_t parent = getpid(), child = fork();
    if (child == 0) live(&other, path, parent);
    int why = errno;
    close(ends[1]);
    if (child < 0) {
        channel_release(&channel);
        return fail(error, IO, "cannot start the check: %s", strerror(why));
    }
    bool crashed = false;
    enum status status = listen_to(result, &channel, &crashed, listener, stop, error);
    int state = 0;
    channel_release(&channel);
    if (status) kill(child, SIGKILL);
    while (waitpid(child, &state, 0) < 0 && errno == EINTR) continue;
    if (!crashed) return status;
    char message[ERROR_BYTES_MAX];
    snprintf(message, sizeof message, "reading the tables ended in a crash (%s)",
             WIFSIGNALED(state) ? strsignal(WTERMSIG(state)) : "early exit");
    result->findings++;
    if (listener->finding) listener->finding(listener->context, message);
    return OK;
}

enum status index_check(struct index_check_result *out, const char *path,
                        void (*finding)(void *context, const char *message),
                        void (*progress)(void *context, uint64_t done, uint64_t total), void *context,
                        const volatile sig_atomic_t *stop, struct error *error)
{
    struct index_check_result result = {0};
    struct listener listener = {finding, progress, context};
    struct xc_writer *lock = NULL;
    struct xc_error cause = {0};
    /* The lock keeps an indexer from changing what is checked. Without the right to write there is none to fear. */
    struct xc_writer_options options = {.create = XC_OPEN_EXISTING};
    enum xc_status locked = xc_writer_open(&lock, path, &options, &cause);
    if (locked == XC_LOCKED || locked == XC_MISSING || locked == XC_FOREIGN)
        return store_failure(error, locked, &cause, path);
    enum status status = run_check(&result, path, &listener, stop, error);
    xc_writer_free(lock);
    if (!status || status == STOPPED) *out = result;
    return status;
}
