/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/isolate/client.h"

#include "corpus/isolate/limits.h"
#include "corpus/isolate/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef DOSSIER_LIBEXEC_DIR
#define DOSSIER_LIBEXEC_DIR "/usr/local/libexec/dossier"
#endif

enum { PROGRAM_EXIT = 127, FRAME_MAX = DOCUMENT_TEXT_MAX + (FIELD_COUNT + 1) * DOCUMENT_FIELD_MAX };

void isolate_init(struct isolate *isolate)
{
    *isolate = (struct isolate){.control = -1};
}

void isolate_end(struct isolate *isolate)
{
    if (isolate->control >= 0) close(isolate->control);
    if (isolate->pid && isolate->owner == getpid()) {
        kill(isolate->pid, SIGKILL); /* its own children die with it */
        while (waitpid(isolate->pid, NULL, 0) < 0 && errno == EINTR) continue;
    }
    isolate_init(isolate);
}

/* ---- finding and starting it ---- */

static bool beside_program(char path[PATH_MAX], const char *name)
{
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);
    if (length <= 0) return false;
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (!slash || (size_t)(slash - path) + strlen(name) + 2 > PATH_MAX) return false;
    strcpy(slash + 1, name);
    return access(path, X_OK) == 0;
}

static bool find_program(char path[PATH_MAX])
{
    const char *stated = getenv("DOSSIER_READ");
    if (stated && *stated) {
        snprintf(path, PATH_MAX, "%s", stated);
        return access(path, X_OK) == 0;
    }
    if (beside_program(path, "dossier-read") || beside_program(path, "../libexec/dossier/dossier-read")) return true;
    snprintf(path, PATH_MAX, "%s/dossier-read", DOSSIER_LIBEXEC_DIR);
    return access(path, X_OK) == 0;
}

/* The environment it gets: nothing but what its libraries and the sanitizers ask for. */
static char **environment(char *out[], size_t room)
{
    static char locale[] = "LC_ALL=C.UTF-8", path[] = "PATH=/usr/bin:/bin", threads[] = "OMP_THREAD_LIMIT=1";
    static const char *const kept[] = {"ASAN_OPTIONS=", "UBSAN_OPTIONS=", "LSAN_OPTIONS=", "TESSDATA_PREFIX=",
                                       "DOSSIER_TEST_SERVER="};
    extern char **environ;
    size_t count = 0;
    out[count++] = locale;
    out[count++] = path;
    out[count++] = threads;
    for (char **each = environ; *each; each++)
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
            if (strncmp(*each, kept[i], strlen(kept[i])) == 0 && count + 1 < room) out[count++] = *each;
    out[count] = NULL;
    return out;
}

static enum status start(struct isolate *isolate, struct error *error)
{
    char program[PATH_MAX], name[] = "dossier-read", *arguments[] = {name, NULL}, *variables[16];
    if (isolate->pid && isolate->owner == getpid()) return OK;
    if (isolate->pid) isolate_end(isolate); /* inherited over a fork: not ours */
    if (!find_program(program))
        return fail(error, IO,
                    "its format is read by dossier-read, which is not there: neither beside this program nor in %s "
                    "(install dossier again, or name it with $DOSSIER_READ)",
                    DOSSIER_LIBEXEC_DIR);
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
        return fail(error, IO, "dossier-read cannot be started: %s", strerror(errno));
    environment(variables, sizeof variables / sizeof *variables);
    pid_t pid = fork();
    if (pid == 0) {
        /* Nothing of this process goes along: no lock, no index, no other end of anybody's socket. */
        if (dup2(ends[1], WIRE_CONTROL_FD) < 0) _exit(PROGRAM_EXIT);
        if (ends[1] == WIRE_CONTROL_FD) fcntl(WIRE_CONTROL_FD, F_SETFD, 0);
        close_range(WIRE_CONTROL_FD + 1, ~0u, 0);
        execve(program, arguments, variables);
        _exit(PROGRAM_EXIT);
    }
    int why = errno;
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return fail(error, IO, "dossier-read cannot be started: %s", strerror(why));
    }
    *isolate = (struct isolate){.owner = getpid(), .pid = pid, .control = ends[0]};
    return OK;
}

/* ---- one reading ---- */

struct reading {
    struct read_job *job;
    struct buffer frame;
    int pipe;
    pid_t reader;         /* the process that parses, also its group */
    uint64_t member;      /* the one at hand, 0 before the first */
    char name[256];       /* of it */
    bool ended, late, broken;
    enum status end;      /* what the reader told, or the sink returned */
    char message[ERROR_BYTES_MAX];
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_stopped(const struct reading *reading)
{
    const volatile sig_atomic_t *stop = reading->job->options->stop;
    return stop && *stop;
}

/* Fills [data] from the pipe before [deadline]. False at the end of the pipe, past the deadline or when stopped. */
static bool receive(struct reading *reading, char *data, size_t length, int64_t deadline)
{
    while (length) {
        int64_t left = deadline - now_ms();
        struct pollfd wait = {.fd = reading->pipe, .events = POLLIN};
        int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
        if (is_stopped(reading)) return false;
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) {
            reading->late = true;
            return false;
        }
        ssize_t got = read(reading->pipe, data, length);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        data += got;
        length -= (size_t)got;
    }
    return true;
}

static void keep_message(char *out, size_t room, struct span text)
{
    size_t length = text.length < room - 1 ? text.length : room - 1;
    memcpy(out, text.data, length);
    out[length] = '\0';
}

static enum status take_frame(struct reading *reading, const struct wire_head *head)
{
    struct read_job *job = reading->job;
    struct span body = buffer_span(&reading->frame);
    char reason[512];
    enum status status;
    switch (head->kind) {
    case WIRE_MEMBER:
        reading->member = head->where;
        keep_message(reading->name, sizeof reading->name, body);
        return OK;
    case WIRE_DOCUMENT:
        status = wire_read_document(&job->document, body);
        if (status == INVALID) {
            reading->broken = true;
            return OK;
        }
        if (!status) status = document_set_path(&job->document, FIELD_PATH, span_of(job->file->path));
        if (status) return job_failed(job, status);
        return job->sink->document ? job->sink->document(job->sink->context, &job->document, head->where) : OK;
    case WIRE_BAD_RECORD:
        keep_message(reason, sizeof reason, body);
        return job->sink->bad_record ? job->sink->bad_record(job->sink->context, head->where, reason) : OK;
    case WIRE_END:
        reading->ended = true;
        reading->end = head->code < STATUS_COUNT ? (enum status)head->code : INVALID;
        keep_message(reading->message, sizeof reading->message, body);
        return OK;
    default:
        reading->broken = true;
        return OK;
    }
}

/* Takes all frames up to the end, the reader's death, or its deadline. */
static enum status take_frames(struct reading *reading)
{
    unsigned seconds = reading->job->options->wait_seconds;
    int64_t allowed = (int64_t)(seconds ? seconds : LIMIT_WAIT_SECONDS) * 1000;
    while (!reading->ended && !reading->broken) {
        struct wire_head head;
        int64_t deadline = now_ms() + allowed;
        if (!receive(reading, (char *)&head, sizeof head, deadline)) return is_stopped(reading) ? STOPPED : OK;
        buffer_clear(&reading->frame);
        enum status status = head.length <= FRAME_MAX ? buffer_reserve(&reading->frame, (size_t)head.length) : LIMIT;
        if (status == NO_MEMORY) return job_failed(reading->job, NO_MEMORY);
        if (status) {
            reading->broken = true;
            return OK;
        }
        if (!receive(reading, reading->frame.data, (size_t)head.length, deadline))
            return is_stopped(reading) ? STOPPED : OK;
        reading->frame.length = (size_t)head.length;
        status = take_frame(reading, &head);
        if (status) return status;
    }
    return OK;
}

/* Sends the request; [reading] then has the pipe and the process. */
static enum status request(struct isolate *isolate, struct reading *reading, uint64_t pass_over)
{
    struct read_job *job = reading->job;
    struct buffer body;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC)) return fail(job->error, IO, "cannot make a pipe: %s", strerror(errno));
    buffer_init(&body, WIRE_REQUEST_MAX);
    const char *const strings[] = {job->file->path, job->file->relative,
                                   job->options->columns ? job->options->columns : ""};
    enum status status = OK;
    for (size_t i = 0; i < sizeof strings / sizeof *strings && !status; i++)
        status = buffer_append(&body, strings[i], strlen(strings[i]) + 1);
    struct wire_head head = {
        .kind = WIRE_REQUEST, .code = WIRE_VERSION, .where = pass_over, .flags = job->options->ocr};
    bool sent = !status && wire_send(isolate->control, head, buffer_span(&body), job->fd, ends[1]);
    close(ends[1]);
    struct pollfd wait = {.fd = isolate->control, .events = POLLIN};
    int ready = 0;
    while (sent && (ready = poll(&wait, 1, LIMIT_START_SECONDS * 1000)) < 0 && errno == EINTR)
        if (is_stopped(reading)) break;
    bool answered = ready > 0 && wire_receive(isolate->control, &head, &body, NULL, NULL) && head.kind == WIRE_STARTED;
    buffer_release(&body);
    reading->pipe = ends[0];
    if (answered && head.where > 1) {
        reading->reader = (pid_t)head.where;
        return OK;
    }
    close(ends[0]);
    isolate_end(isolate);
    if (is_stopped(reading)) return STOPPED;
    return status ? job_failed(job, status)
                  : fail(job->error, IO, "'%s' was not read: dossier-read does not answer (is it this dossier's own?)",
                         job->file->path);
}

/* Ends the process and all it started. *[state] is how it ended, as waitpid gives it. */
static void finish(struct isolate *isolate, struct reading *reading, int *state)
{
    struct wire_head head = {.kind = WIRE_DONE};
    struct buffer body;
    buffer_init(&body, WIRE_REQUEST_MAX);
    /* It is not reaped before it is told DONE, so its number still means it. */
    kill(-reading->reader, SIGKILL);
    bool ok = wire_send(isolate->control, head, SPAN(""), -1, -1) &&
              wire_receive(isolate->control, &head, &body, NULL, NULL) && head.kind == WIRE_STATUS;
    *state = ok ? (int)head.code : 0;
    if (!ok) isolate_end(isolate);
    buffer_release(&body);
    close(reading->pipe);
}

/* Why no END came. */
static void describe(char *out, size_t room, const struct reading *reading, int state)
{
    unsigned seconds = reading->job->options->wait_seconds;
    if (reading->late)
        snprintf(out, room, "reading it took longer than %u seconds", seconds ? seconds : LIMIT_WAIT_SECONDS);
    else if (reading->broken)
        snprintf(out, room, "the process that read it sent nonsense");
    else if (WIFSIGNALED(state) && WTERMSIG(state) == SIGXCPU)
        snprintf(out, room, "reading it took more than %d seconds of processor time", LIMIT_CPU_SECONDS);
    else if (WIFSIGNALED(state))
        snprintf(out, room, "the process that read it was killed by signal %d (%s)", WTERMSIG(state),
                 strsignal(WTERMSIG(state)));
    else
        snprintf(out, room, "the process that read it ended with status %d", WEXITSTATUS(state));
}

enum status isolate_read(struct isolate *isolate, struct read_job *job)
{
    struct reading reading = {.job = job};
    buffer_init(&reading.frame, FRAME_MAX);
    enum status status = OK;
    uint64_t pass_over = 0;
    for (int deaths = 0; !status && !reading.ended; ) {
        int state;
        char how[160];
        reading.member = 0;
        reading.late = reading.broken = false;
        struct error why = {0};
        status = start(isolate, &why);
        if (status) {
            fail(job->error, status, "'%s': %s", job->file->path, why.message);
            break;
        }
        status = request(isolate, &reading, pass_over);
        if (status) break;
        status = take_frames(&reading);
        finish(isolate, &reading, &state);
        if (status || reading.ended) break;
        describe(how, sizeof how, &reading, state);
        bool go_on = reading.member > pass_over && ++deaths < LIMIT_DEATHS;
        if (!reading.member) {
            status = fail(job->error, IO, "'%s': %s", job->file->path, how);
        } else if (!go_on) {
            status = fail(job->error, IO, "'%s': %s at member %s; the rest was left out", job->file->path, how,
                          reading.name);
        } else {
            char reason[512];
            snprintf(reason, sizeof reason, "%s: %s", reading.name, how);
            pass_over = reading.member;
            if (job->sink->bad_record) status = job->sink->bad_record(job->sink->context, pass_over, reason);
        }
    }
    if (!status && reading.end) status = fail(job->error, reading.end, "%s", reading.message);
    buffer_release(&reading.frame);
    return status;
}
