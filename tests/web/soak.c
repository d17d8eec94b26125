/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The search page by FastCGI under clients that never rest, while an indexer commits again and again: every answer is a
 * page with status 200, none is older than the last commit before it was asked for, and memory stays what it was.
 *
 * Usage: soak DOSSIER DOSSIER.CGI FOLDER SECONDS [CLIENTS]; FOLDER is made, and removed by the caller.
 */
#include "fastcgi_client.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

enum { CLIENTS_MAX = 64, PATH_MAX_HERE = 256 };

static char socket_path[PATH_MAX_HERE], index_path[PATH_MAX_HERE], documents[PATH_MAX_HERE];
static atomic_int committed, over; /* documents that are committed for certain */
static atomic_long answers, broken, wrong, stale, slowest;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file)) {
        perror(path);
        exit(2);
    }
}

static void *client(void *argument)
{
    static const char *const queries[] = {"q=soakword", "q=soakword+even&sort=newest", "q=soakword&format=json",
                                          "q=soakword&org=Interpol"};
    unsigned turn = (unsigned)(uintptr_t)argument;
    while (!atomic_load(&over)) {
        int before = atomic_load(&committed);
        const char *query = queries[turn++ % 4];
        double started = now();
        size_t length;
        char *answer = fastcgi_get(socket_path, query, &length);
        long took = (long)((now() - started) * 1000);
        if (took > atomic_load(&slowest)) atomic_store(&slowest, took);
        atomic_fetch_add(&answers, 1);
        if (!answer) {
            atomic_fetch_add(&broken, 1);
            continue;
        }
        if (strncmp(answer, "Status: 200", 11) != 0) {
            if (atomic_fetch_add(&wrong, 1) < 3) fprintf(stderr, "%s: %.200s\n", query, answer);
        } else if (query == queries[0]) {
            const char *sum = strstr(answer, "<h1 id=\"sum\">");
            int shown = sum ? atoi(sum + strlen("<h1 id=\"sum\">")) : 0;
            if (shown < before && atomic_fetch_add(&stale, 1) < 3)
                fprintf(stderr, "%d documents shown, %d committed before\n", shown, before);
        }
        free(answer);
    }
    return NULL;
}

/* Puts document [number] into the index. */
static void commit(const char *dossier, int number)
{
    char path[PATH_MAX_HERE + 32], text[200];
    snprintf(path, sizeof path, "%s/%d.txt", documents, number);
    snprintf(text, sizeof text, "Document %d\n\nThe soakword of Interpol, %s, from Tokyo.\n", number,
             number % 2 ? "odd" : "even");
    write_file(path, text);
    pid_t pid = fork();
    if (pid == 0) {
        execl(dossier, dossier, "index", "-q", "-d", index_path, documents, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    if (status) {
        fprintf(stderr, "dossier index: status %d\n", status);
        exit(2);
    }
    atomic_store(&committed, number);
}

/* An address of a megabyte is refused at once. */
static void ask_too_much(void)
{
    enum { BYTES = 1024 * 1024 };
    char *query = malloc(BYTES + 1);
    size_t length;
    memset(query, 'a', BYTES);
    memcpy(query, "q=", 2);
    query[BYTES] = '\0';
    double started = now();
    char *answer = fastcgi_get(socket_path, query, &length);
    if (!answer || strncmp(answer, "Status: 414", 11) != 0) {
        fprintf(stderr, "an address of a megabyte: %.40s\n", answer ? answer : "no answer");
        exit(1);
    }
    printf("an address of a megabyte is refused in %.1f ms\n", (now() - started) * 1000);
    free(answer);
    free(query);
}

/* KB that the processes below [root], itself counted, hold for themselves (RssAnon). */
static long memory_below(pid_t root)
{
    long total = 0;
    pid_t members[1024];
    size_t count = 0;
    members[count++] = root;
    for (size_t at = 0; at < count; at++) {
        char path[64], line[256];
        snprintf(path, sizeof path, "/proc/%d/status", (int)members[at]);
        FILE *file = fopen(path, "r");
        while (file && fgets(line, sizeof line, file))
            if (strncmp(line, "RssAnon:", 8) == 0) total += atol(line + 8);
        if (file) fclose(file);
        DIR *processes = opendir("/proc");
        for (struct dirent *entry; processes && (entry = readdir(processes));) {
            int pid = atoi(entry->d_name), parent = 0;
            if (pid <= 0) continue;
            snprintf(path, sizeof path, "/proc/%d/stat", pid);
            file = fopen(path, "r");
            if (file && fgets(line, sizeof line, file)) {
                char *after = strrchr(line, ')');
                if (after) parent = (int)strtol(after + 4, NULL, 10);
            }
            if (file) fclose(file);
            if (parent == members[at] && count < sizeof members / sizeof *members) members[count++] = pid;
        }
        if (processes) closedir(processes);
    }
    return total;
}

int main(int argc, char **argv)
{
    if (argc < 5 || strlen(argv[3]) > 60) {
        fprintf(stderr, "usage: soak DOSSIER DOSSIER.CGI FOLDER SECONDS [CLIENTS]\n");
        return 2;
    }
    const char *folder = argv[3];
    char config[PATH_MAX_HERE], log[PATH_MAX_HERE], text[2 * PATH_MAX_HERE];
    double length = atof(argv[4]);
    long clients = argc > 5 ? atol(argv[5]) : 8;
    pthread_t threads[CLIENTS_MAX];
    if (clients < 1 || clients > CLIENTS_MAX) return 2;
    snprintf(socket_path, sizeof socket_path, "%s/socket", folder);
    snprintf(index_path, sizeof index_path, "%s/soak.db", folder);
    snprintf(documents, sizeof documents, "%s/documents", folder);
    snprintf(config, sizeof config, "%s/dossier.conf", folder);
    snprintf(log, sizeof log, "%s/log", folder);
    mkdir(folder, 0755);
    mkdir(documents, 0755);
    snprintf(text, sizeof text, "index soak = %s\nworkers = 2\ndeadline = 60\n", index_path);
    write_file(config, text);
    commit(argv[1], 1);
    setenv("DOSSIER_CONFIG", config, 1);
    pid_t server = fastcgi_start(argv[2], socket_path, log);
    if (server < 0) return 2;
    ask_too_much();
    for (long i = 0; i < clients; i++) pthread_create(&threads[i], NULL, client, (void *)(uintptr_t)i);
    double started = now(), next = started;
    long early = 0, late = 0;
    int commits = 1;
    while (now() - started < length) {
        commit(argv[1], ++commits);
        late = memory_below(server);
        if (!early && now() - started > length / 4) early = late;
        next += 1;
        double wait = next - now();
        if (wait > 0)
            nanosleep(&(struct timespec){(time_t)wait, (long)((wait - (double)(time_t)wait) * 1e9)}, NULL);
        else
            next = now();
    }
    atomic_store(&over, 1);
    for (long i = 0; i < clients; i++) pthread_join(threads[i], NULL);
    late = memory_below(server);
    kill(server, SIGTERM);
    waitpid(server, NULL, 0);
    printf("%ld answers to %ld clients in %.0f s, %d commits: %ld broken, %ld not 200, %ld stale; slowest %ld ms; "
           "memory %ld KB after a quarter, %ld KB at the end\n",
           atomic_load(&answers), clients, length, commits, atomic_load(&broken), atomic_load(&wrong),
           atomic_load(&stale), atomic_load(&slowest), early, late);
    /* Flat: what grows with the index (a few KB for each commit) and the allocator's slack are let pass. */
    int grown = early && late > early + early / 2 + 4096;
    if (grown) fprintf(stderr, "memory has grown\n");
    return atomic_load(&broken) || atomic_load(&wrong) || atomic_load(&stale) || grown || !atomic_load(&answers);
}
