/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/read/server.h"

#include "corpus/isolate/limits.h"
#include "corpus/isolate/wire.h"
#include "corpus/read/sandbox.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef enum status complex_reading(struct source_session *session, struct read_job *job);

/* What the child sends its results through. */
struct results {
    int pipe;
    struct buffer frame;
};

static enum status send_document(void *context, const struct document *document, uint64_t where)
{
    struct results *results = context;
    buffer_clear(&results->frame);
    enum status status = wire_append_document(&results->frame, document);
    if (status) return status;
    struct wire_head head = {.kind = WIRE_DOCUMENT, .where = where};
    return wire_write(results->pipe, head, buffer_span(&results->frame)) ? OK : STOPPED;
}

static enum status send_bad_record(void *context, uint64_t where, const char *reason)
{
    struct results *results = context;
    struct wire_head head = {.kind = WIRE_BAD_RECORD, .where = where};
    return wire_write(results->pipe, head, span_of(reason)) ? OK : STOPPED;
}

static void send_member(void *context, uint64_t number, const char *name)
{
    struct results *results = context;
    struct wire_head head = {.kind = WIRE_MEMBER, .where = number};
    if (!wire_write(results->pipe, head, span_of(name))) _exit(1);
}

/* The three strings of a request; false when they are not there. */
static bool read_request(const char *strings[3], const struct buffer *body)
{
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        if (at >= body->length) return false;
        strings[i] = body->data + at;
        at += strlen(strings[i]) + 1;
    }
    return at == body->length;
}

static enum status parse(struct results *results, int fd, const struct wire_head *request, const struct buffer *body,
                         complex_reading *complex, struct error *error)
{
    const char *strings[3];
    struct stat found;
    if (request->code != WIRE_VERSION || !read_request(strings, body) || fstat(fd, &found))
        return fail(error, INVALID, "it was not read: dossier-read is of another version (install dossier again)");
    struct source_file file = {.path = strings[0], .relative = strings[1], .size = (uint64_t)found.st_size};
    struct source_options options = {.ocr = request->flags != 0, .columns = strings[2][0] ? strings[2] : NULL};
    struct source_sink sink = {.document = send_document, .bad_record = send_bad_record, .context = results};
    struct tally tally = {.pass_over = request->where,
                          .packed = (uint64_t)found.st_size,
                          .begun = send_member,
                          .context = results};
    struct read_job job;
    job_init(&job);
    job.file = &file;
    job.options = &options;
    job.sink = &sink;
    job.error = error;
    job.fd = fd;
    job.complex = complex;
    job.tally = &tally;
    return job_read(&job); /* what it holds goes with the process */
}

/* The life of a child: one file. It leaves with _exit: what a file did to libraries' exit handlers is not run. */
static _Noreturn void live(int file, int pipe, const struct wire_head *request, const struct buffer *body,
                           complex_reading *complex, pid_t parent)
{
    struct results results = {.pipe = pipe};
    struct error error = {0};
    buffer_init(&results.frame, (size_t)DOCUMENT_TEXT_MAX + (size_t)(FIELD_COUNT + 2) * DOCUMENT_FIELD_MAX);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    signal(SIGPIPE, SIG_DFL);
    const char *fault = sandbox_enter();
    enum status status = fault ? fail(&error, IO, "it was not read: the reader cannot be shut in: %s", fault)
                               : parse(&results, file, request, body, complex, &error);
    struct wire_head head = {.kind = WIRE_END, .code = status};
    wire_write(pipe, head, span_of(status ? error.message : ""));
    _exit(0);
}

/* One request. False when the control socket is gone. */
static bool serve(int control, const struct wire_head *request, struct buffer *body, int file, int pipe,
                  complex_reading *complex)
{
    pid_t self = getpid(), child = fork();
    if (child == 0) {
        setpgid(0, 0);
        close(control);
        live(file, pipe, request, body, complex, self);
    }
    if (child > 0) setpgid(child, child);
    close(file);
    close(pipe);
    struct wire_head head = {.kind = WIRE_STARTED, .where = child > 0 ? (uint64_t)child : 0};
    int first, second, state = 0;
    bool told = wire_send(control, head, SPAN(""), -1, -1) && child > 0 &&
                wire_receive(control, &head, body, &first, &second) && head.kind == WIRE_DONE;
    if (child <= 0) return false;
    if (!told) kill(-child, SIGKILL);
    pid_t waited;
    do waited = waitpid(child, &state, 0);
    while (waited < 0 && errno == EINTR);
    head = (struct wire_head){.kind = WIRE_STATUS, .code = (uint32_t)state};
    return told && wire_send(control, head, SPAN(""), -1, -1);
}

int server_run(int control, complex_reading *complex)
{
    struct wire_head head;
    struct buffer body;
    int file, pipe;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* What an interruption of the whole group means is decided by the process that sends the requests. */
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    sandbox_prepare();
    buffer_init(&body, WIRE_REQUEST_MAX);
    while (wire_receive(control, &head, &body, &file, &pipe)) {
        if (head.kind != WIRE_REQUEST || file < 0 || pipe < 0) break;
        if (!serve(control, &head, &body, file, pipe, complex)) break;
    }
    buffer_release(&body);
    return 0;
}
