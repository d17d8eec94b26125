/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const size_t answer_bytes_max = (size_t)PAGE_BYTES_MAX + 2 * WEB_HEADER_BYTES_MAX;

/* What precedes a message. */
struct frame {
    uint32_t length;
    uint32_t stale; /* of an answer */
};

static long long milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits for [events] until the time is [until]. Returns OK, STOPPED, IO. */
static enum status wait_for(int socket, short events, long long until)
{
    for (;;) {
        long long left = until - milliseconds();
        struct pollfd poll_for = {.fd = socket, .events = events};
        if (left <= 0) return STOPPED;
        int ready = poll(&poll_for, 1, left > 1000000 ? 1000000 : (int)left);
        if (ready > 0) return OK;
        if (ready < 0 && errno != EINTR) return IO;
    }
}

static enum status send_all(int socket, const void *data, size_t length, long long until)
{
    for (size_t sent = 0; sent < length;) {
        ssize_t wrote = send(socket, (const char *)data + sent, length - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (wrote >= 0) {
            sent += (size_t)wrote;
        } else if (errno == EAGAIN) {
            enum status status = wait_for(socket, POLLOUT, until);
            if (status) return status;
        } else if (errno != EINTR) {
            return IO;
        }
    }
    return OK;
}

static enum status receive_all(int socket, void *data, size_t length, long long until)
{
    for (size_t got = 0; got < length;) {
        ssize_t read = recv(socket, (char *)data + got, length - got, MSG_DONTWAIT);
        if (read > 0) {
            got += (size_t)read;
        } else if (read < 0 && errno == EAGAIN) {
            enum status status = wait_for(socket, POLLIN, until);
            if (status) return status;
        } else if (read == 0 || errno != EINTR) {
            return IO;
        }
    }
    return OK;
}

/* A frame and its message into [out]. */
static enum status receive(int socket, struct frame *frame, struct buffer *out, long long until)
{
    enum status status = receive_all(socket, frame, sizeof *frame, until);
    if (!status) status = buffer_reserve(out, frame->length);
    if (!status) status = receive_all(socket, out->data, frame->length, until);
    if (status) return status;
    out->length = frame->length;
    out->data[out->length] = '\0';
    return OK;
}

/* ---- The child */

static const long long for_ever = 0x7FFFFFFFFFFFFFFF;

/* Only the socket and stderr are of use: the web server's connection and the program's input and output are not. */
static void leave_alone(int socket)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null >= 0) {
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
    }
    for (int descriptor = STDERR_FILENO + 1; descriptor < 64; descriptor++)
        if (descriptor != socket) close(descriptor);
}

static void child(int socket, const struct engine_work *work)
{
    struct buffer message, answer;
    struct frame frame;
    struct web_request request;
    bool prepared = false;
    leave_alone(socket);
    buffer_init(&message, WEB_MESSAGE_BYTES_MAX);
    buffer_init(&answer, answer_bytes_max);
    for (;;) {
        buffer_clear(&message);
        buffer_clear(&answer);
        if (receive(socket, &frame, &message, for_ever) || web_request_read(&request, buffer_span(&message))) break;
        if (!prepared && work->prepare) work->prepare(work->context, &request);
        prepared = true;
        frame.stale = work->answer(work->context, &answer, &request);
        frame.length = (uint32_t)answer.length;
        if (send_all(socket, &frame, sizeof frame, for_ever) || send_all(socket, answer.data, answer.length, for_ever))
            break;
    }
    _exit(0); /* what it held goes with it; the parent's exit handlers are the parent's */
}

/* ---- The parent */

static enum status start(struct engine *engine, const struct engine_work *work)
{
    int ends[2];
    pid_t parent = getpid();
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) return IO;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(1);
        signal(SIGTERM, SIG_DFL);
        signal(SIGPIPE, SIG_DFL);
        close(ends[0]);
        child(ends[1], work);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return IO;
    }
    *engine = (struct engine){.pid = pid, .socket = ends[0]};
    return OK;
}

void engine_stop(struct engine *engine)
{
    if (!engine->pid) return;
    close(engine->socket);
    kill(engine->pid, SIGKILL);
    while (waitpid(engine->pid, NULL, 0) < 0 && errno == EINTR) {
    }
    *engine = (struct engine){0};
}

static enum status ask_once(struct engine *engine, const struct engine_work *work, struct buffer *out, bool *stale,
                            struct span message, long long until)
{
    struct frame frame = {.length = (uint32_t)message.length};
    enum status status = engine->pid ? OK : start(engine, work);
    buffer_clear(out);
    if (!status) status = send_all(engine->socket, &frame, sizeof frame, until);
    if (!status) status = send_all(engine->socket, message.data, message.length, until);
    if (!status) status = receive(engine->socket, &frame, out, until);
    if (status) {
        engine_stop(engine);
        return status;
    }
    engine->served++;
    *stale = frame.stale;
    return OK;
}

enum status engine_ask(struct engine *engine, const struct engine_work *work, struct buffer *out,
                       const struct web_request *request, int deadline, size_t recycle)
{
    struct buffer message;
    bool stale = false, experienced = engine->pid && engine->served;
    long long until = milliseconds() + deadline;
    buffer_init(&message, WEB_MESSAGE_BYTES_MAX);
    enum status status = web_request_write(&message, request);
    if (!status) status = ask_once(engine, work, out, &stale, buffer_span(&message), until);
    if (experienced && (status == IO || (!status && stale))) {
        engine_stop(engine);
        status = ask_once(engine, work, out, &stale, buffer_span(&message), until);
    }
    if (!status && (stale || engine->served >= recycle)) engine_stop(engine);
    buffer_release(&message);
    return status;
}
