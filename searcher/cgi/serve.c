/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/serve.h"

#include "searcher/cgi/engine.h"
#include "searcher/cgi/page.h"
#include "searcher/cgi/respond.h"
#include "searcher/cgi/sandbox.h"

#include <errno.h>
#include <fcgiapp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const size_t answer_bytes_max = (size_t)PAGE_BYTES_MAX + 2 * WEB_HEADER_BYTES_MAX;

/* What serves requests: a configuration, or why there is none. */
struct server {
    struct config config;
    struct error error; /* OK when there is a configuration */
    struct site *site;  /* in a child */
    struct engine engine;
};

/* ---- What a child does */

static void prepare(void *context, const struct web_request *first)
{
    struct server *server = context;
    const char *folders[CONFIG_INDEXES_MAX];
    struct buffer warning;
    server->site = site_new(&server->config);
    if (!server->site) _exit(1);
    site_open(server->site, first);
    for (size_t i = 0; i < server->config.index_count; i++) folders[i] = server->config.index[i].path.data;
    buffer_init(&warning, 4096);
    sandbox_enter(&(struct sandbox){folders, server->config.index_count, server->config.memory * 1024 * 1024},
                  &warning);
    if (warning.length) cgi_log(0, NULL, warning.data);
    buffer_release(&warning);
}

static bool answer(void *context, struct buffer *out, const struct web_request *request)
{
    struct server *server = context;
    struct web_response response;
    web_response_init(&response);
    enum outcome outcome = respond(&response, server->site, request);
    if (web_response_write(out, &response, web_is_head(request))) _exit(1); /* the parent answers */
    web_response_release(&response);
    return outcome == OUTCOME_STALE;
}

/* ---- Answering */

static void answer_bare(struct buffer *out, const struct web_request *request, int status, const char *heading,
                        const char *message)
{
    struct web_response response;
    web_response_init(&response);
    page_bare_error(&response, status, heading, message);
    buffer_clear(out);
    (void)web_response_write(out, &response, web_is_head(request));
    web_response_release(&response);
}

static void answer_request(struct server *server, struct buffer *out, const struct web_request *request)
{
    static const char try_again[] = "Try again in a moment; the reason is in the server's log.";
    const struct engine_work work = {prepare, answer, server};
    if (server->error.status) {
        cgi_log(500, request, server->error.message);
        answer_bare(out, request, 500, "The search page is not set up rightly",
                    "Its keeper has been told in the server's log.");
        return;
    }
    enum status status =
        engine_ask(&server->engine, &work, out, request, (int)server->config.deadline * 1000, server->config.recycle);
    if (!status) return;
    cgi_log(503, request,
            status == STOPPED ? "the deadline passed: the request was ended"
                              : "the process that answers ended without an answer");
    answer_bare(out, request, 503,
                status == STOPPED ? "This search takes too long" : "The search cannot be answered now",
                status == STOPPED ? "Use more specific words, or try again in a moment." : try_again);
}

static void load(struct server *server, const char *path)
{
    *server = (struct server){0};
    server->error.status = config_load(&server->config, path, &server->error);
}

/* ---- CGI */

static bool write_all(int descriptor, struct span data)
{
    for (size_t at = 0; at < data.length;) {
        ssize_t wrote = write(descriptor, data.data + at, data.length - at);
        if (wrote > 0) at += (size_t)wrote;
        if (wrote < 0 && errno != EINTR) return false;
    }
    return true;
}

int serve_cgi(const char *config_path)
{
    struct server server;
    struct web_request request = {0};
    struct buffer out;
    signal(SIGPIPE, SIG_IGN);
    for (int i = 0; i < WEB_VARIABLES; i++) request.variable[i] = span_of(getenv(web_variable_names[i]));
    load(&server, config_path);
    buffer_init(&out, answer_bytes_max);
    answer_request(&server, &out, &request);
    bool written = write_all(STDOUT_FILENO, buffer_span(&out));
    engine_stop(&server.engine);
    buffer_release(&out);
    if (!server.error.status) config_release(&server.config);
    return written ? 0 : 4;
}

/* ---- FastCGI */

bool serve_is_fastcgi(void)
{
    return !FCGX_IsCGI();
}

static void end_accepting(int number)
{
    (void)number;
    FCGX_ShutdownPending();
}

static void on_signal(int number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler}; /* without SA_RESTART: waiting calls come back */
    sigaction(number, &action, NULL);
}

/* A worker: takes connections and hands requests to its child. */
static int work(struct server *server)
{
    FCGX_Request fastcgi;
    struct buffer out;
    on_signal(SIGTERM, end_accepting);
    on_signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    if (FCGX_Init() || FCGX_InitRequest(&fastcgi, 0, FCGI_FAIL_ACCEPT_ON_INTR)) return 4;
    buffer_init(&out, answer_bytes_max);
    while (FCGX_Accept_r(&fastcgi) == 0) {
        struct web_request request = {0};
        for (int i = 0; i < WEB_VARIABLES; i++)
            request.variable[i] = span_of(FCGX_GetParam(web_variable_names[i], fastcgi.envp));
        answer_request(server, &out, &request);
        FCGX_PutStr(out.data ? out.data : "", (int)out.length, fastcgi.out);
        FCGX_Finish_r(&fastcgi);
        if (out.capacity > 1024 * 1024) buffer_release(&out); /* one huge page does not stay in memory */
        buffer_clear(&out);
    }
    engine_stop(&server->engine);
    buffer_release(&out);
    return 0;
}

/* What the supervisor waits for. Blocked all the time, so that none is missed between a look and a wait. */
static void supervised_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
    sigaddset(set, SIGCHLD);
}

static pid_t start_worker(struct server *server)
{
    sigset_t set;
    pid_t parent = getpid(), pid = fork();
    if (pid) return pid;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(0);
    supervised_signals(&set);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    _exit(work(server));
}

static void signal_workers(const pid_t *workers, size_t count, int number)
{
    for (size_t i = 0; i < count; i++)
        if (workers[i] > 0) kill(workers[i], number);
}

static void reload(struct server *server, const char *path, const pid_t *workers, size_t count)
{
    struct server fresh;
    load(&fresh, path);
    if (fresh.error.status) {
        cgi_log(0, NULL, fresh.error.message);
        cgi_log(0, NULL, "the configuration before it stays in force");
        return;
    }
    if (!server->error.status) config_release(&server->config);
    *server = fresh;
    signal_workers(workers, count, SIGTERM);
}

enum { WORKERS_MAX = 256 };

/* Starts what is missing. False when one that died at once has to wait: started without end, it would eat a core. */
static bool start_missing(struct server *server, pid_t *workers, time_t *started)
{
    size_t count = server->error.status ? 1 : server->config.workers;
    bool all = true;
    for (size_t i = 0; i < count; i++) {
        if (workers[i]) continue;
        pid_t pid = time(NULL) - started[i] < 2 ? 0 : start_worker(server);
        all = all && pid > 0;
        if (pid <= 0) continue;
        workers[i] = pid;
        started[i] = time(NULL);
    }
    return all;
}

static void forget_ended(pid_t *workers)
{
    for (pid_t ended; (ended = waitpid(-1, NULL, WNOHANG)) > 0;)
        for (size_t i = 0; i < WORKERS_MAX; i++)
            if (workers[i] == ended) workers[i] = 0;
}

int serve_fastcgi(const char *config_path)
{
    const struct timespec second = {.tv_sec = 1};
    struct server server;
    pid_t workers[WORKERS_MAX] = {0};
    time_t started[WORKERS_MAX] = {0};
    sigset_t set;
    supervised_signals(&set);
    sigprocmask(SIG_BLOCK, &set, NULL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    load(&server, config_path);
    if (server.error.status) cgi_log(0, NULL, server.error.message);
    for (int number = 0; number != SIGTERM && number != SIGINT;) {
        bool all = start_missing(&server, workers, started);
        number = all ? sigwaitinfo(&set, NULL) : sigtimedwait(&set, NULL, &second);
        forget_ended(workers);
        if (number == SIGHUP) {
            reload(&server, config_path, workers, WORKERS_MAX);
            memset(started, 0, sizeof started);
        }
    }
    signal_workers(workers, WORKERS_MAX, SIGTERM);
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) {
    }
    if (!server.error.status) config_release(&server.config);
    return 0;
}
