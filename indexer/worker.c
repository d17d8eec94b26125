/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/worker.h"

#include "indexer/varint.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REQUEST_MAX = 64 * 1024 }; /* bytes: three paths, each below the system's 4,096, and a few numbers */

/* A task as bytes: U(part) U(parts) U(first) U(size) U(modified) U(named) S(path) S(relative) S(absolute) S(language).
 */
static enum status encode_task(struct buffer *out, const struct task *task, struct share share)
{
    const uint64_t numbers[] = {share.part, share.parts, share.first, task->size, (uint64_t)task->modified,
                                task->named};
    const char *const strings[] = {task->path, task->relative, task->absolute, task->language};
    enum status status = OK;
    for (size_t i = 0; !status && i < sizeof numbers / sizeof numbers[0]; i++) status = varint_append(out, numbers[i]);
    for (size_t i = 0; !status && i < sizeof strings / sizeof strings[0]; i++)
        status = varint_append_span(out, span_of(strings[i]));
    return status;
}

static bool read_string(struct span *rest, char **out)
{
    struct span value;
    if (!varint_read_span(rest, &value)) return false;
    *out = strndup(value.data, value.length);
    return *out != NULL;
}

static bool decode_task(struct task *task, struct share *share, struct span bytes)
{
    uint64_t part, parts, modified, named;
    if (!varint_read(&bytes, &part) || !varint_read(&bytes, &parts) || !varint_read(&bytes, &share->first) ||
        !varint_read(&bytes, &task->size) || !varint_read(&bytes, &modified) || !varint_read(&bytes, &named))
        return false;
    share->part = (uint32_t)part;
    share->parts = (uint32_t)parts;
    task->modified = (int64_t)modified;
    task->named = named != 0;
    return read_string(&bytes, &task->path) && read_string(&bytes, &task->relative) &&
           read_string(&bytes, &task->absolute) && read_string(&bytes, &task->language);
}

static enum status send_document(void *context, struct task *task, const struct reading_result *result)
{
    (void)task;
    struct message_head head = {.kind = MESSAGE_DOCUMENT,
                                .code = result->existing,
                                .where = result->where,
                                .flags = (result->unchanged ? WORKER_UNCHANGED : 0u) |
                                         (result->compared ? WORKER_COMPARED : 0u) |
                                         result->bytes << WORKER_BYTES_SHIFT};
    return channel_send(context, head, result->unchanged ? result->id : result->prepared, SPAN(""));
}

static enum status send_bad_record(void *context, struct task *task, uint64_t where, const char *reason)
{
    (void)task;
    return channel_send(context, (struct message_head){.kind = MESSAGE_BAD_RECORD, .where = where}, span_of(reason),
                        SPAN(""));
}

static enum status serve(struct channel *channel, struct reading *reading, struct span request)
{
    struct task *task = task_new();
    struct share share;
    struct error why = {0};
    struct reading_sink sink = {.document = send_document, .bad_record = send_bad_record, .context = channel};
    enum status status = NO_MEMORY;
    double began = wall_seconds();
    if (task && decode_task(task, &share, request)) {
        status = reading_run(reading, task, share, &sink, &why);
    } else {
        fail(&why, NO_MEMORY, "out of memory");
    }
    task_free(task);
    struct message_head end = {
        .kind = MESSAGE_END, .code = status, .where = (uint64_t)((wall_seconds() - began) * 1e6)};
    return channel_send(channel, end, span_of(why.message), SPAN(""));
}

/* The life of a worker. It leaves with _exit, so that nothing inherited from the parent is closed or written out. */
static _Noreturn void live(int fd, volatile uint64_t *at, const char *index, const struct naming *naming,
                           const struct source_options *source, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    /* The parent decides what an interruption of the whole group means; it ends its workers otherwise. */
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_DFL);
    /* The writer's lock and the ends of other workers' sockets are not this process's business. */
    if (dup2(fd, STDERR_FILENO + 1) < 0) _exit(1);
    fd = STDERR_FILENO + 1;
    close_range((unsigned)fd + 1, ~0u, 0);
    struct reading reading;
    struct channel channel;
    struct error why;
    if (channel_init(&channel, fd) || reading_init(&reading, index, naming, source, &why)) _exit(1);
    reading.at = at;
    struct message_head head;
    struct span body;
    while (channel_receive(&head, &body, &channel, NULL) == OK)
        if (serve(&channel, &reading, body)) break;
    _exit(0);
}

enum status worker_start(struct worker *worker, const char *index, const struct naming *naming,
                         const struct source_options *source, struct error *error)
{
    *worker = (struct worker){.channel = {.fd = -1}};
    int ends[2];
    void *page = mmap(NULL, sizeof *worker->at, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) return fail(error, NO_MEMORY, "out of memory for a worker");
    worker->at = page;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) {
        int why = errno;
        worker_end(worker, NULL, 0);
        return fail(error, IO, "cannot start a worker: %s (use fewer: -j 1)", strerror(why));
    }
    pid_t parent = getpid();
    worker->pid = fork();
    if (worker->pid == 0) live(ends[1], worker->at, index, naming, source, parent);
    int why = errno;
    close(ends[1]);
    enum status status = channel_init(&worker->channel, ends[0]);
    if (worker->pid < 0) {
        worker->pid = 0;
        status = fail(error, IO, "cannot start a worker: %s (use fewer: -j 1)", strerror(why));
    } else if (status) {
        fail(error, status, "out of memory for a worker");
    }
    if (status) worker_end(worker, NULL, 0);
    return status;
}

size_t worker_request_bytes(const struct task *task)
{
    return sizeof(struct message_head) + strlen(task->path) + strlen(task->relative) + strlen(task->absolute) +
           strlen(task->language) + (size_t)10 * VARINT_BYTES_MAX;
}

void worker_send(struct worker *worker, const struct task *task, struct share share)
{
    struct buffer request;
    buffer_init(&request, REQUEST_MAX);
    /* A request that cannot be made is sent empty: the worker answers that it has no memory. */
    if (encode_task(&request, task, share)) buffer_clear(&request);
    channel_send(&worker->channel, (struct message_head){.kind = MESSAGE_TASK}, buffer_span(&request), SPAN(""));
    buffer_release(&request);
}

static void describe(char *reason, size_t room, int state)
{
    if (WIFSIGNALED(state))
        snprintf(reason, room, "the process that read it was killed by signal %d (%s)", WTERMSIG(state),
                 strsignal(WTERMSIG(state)));
    else
        snprintf(reason, room, "the process that read it ended with status %d", WEXITSTATUS(state));
}

void worker_end(struct worker *worker, char *reason, size_t room)
{
    int state = 0;
    if (worker->pid) {
        channel_release(&worker->channel);
        if (!reason) kill(worker->pid, SIGKILL);
        pid_t waited;
        do waited = waitpid(worker->pid, &state, 0);
        while (waited < 0 && errno == EINTR);
    }
    if (reason) describe(reason, room, state);
    channel_release(&worker->channel);
    if (worker->at) munmap((void *)(uintptr_t)worker->at, sizeof *worker->at);
    *worker = (struct worker){.channel = {.fd = -1}};
}
