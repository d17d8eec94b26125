/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The search page's time for a request, side by side: a plain program over libxapian that opens, searches and makes ten
 * snippets; the page by CGI, a process for each request; the page by FastCGI.
 *
 * Usage: page_bench PLAIN DOSSIER.CGI INDEX QUERIES [ROUNDS]; lines of kind, tab, query, as query_bench takes them.
 * Prints milliseconds of the clock and of the processor (of the whole process with its children), the median and the
 * 95th percentile over queries, of each query the best of its rounds; and the sizes of the pages.
 */
#include "../web/fastcgi_client.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

enum { QUERIES_MAX = 10000, WAYS = 3 };

static struct {
    char *text, *address;
    double clock[WAYS], processor[WAYS];
    size_t bytes;
} queries[QUERIES_MAX];
static size_t query_count;
static char folder[] = "/tmp/page_bench.XXXXXX", socket_path[64], config_path[64], log_path[64];

static void die(const char *what)
{
    perror(what);
    exit(2);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static char *encode(const char *text)
{
    char *out = malloc(3 * strlen(text) + 3), *to = out;
    to += sprintf(to, "q=");
    for (; *text; text++)
        to += *text == ' ' ? sprintf(to, "+")
                           : sprintf(to, strchr("&=+%#\"", *text) || (unsigned char)*text >= 0x80 ? "%%%02X" : "%c",
                                     (unsigned char)*text);
    return out;
}

static void read_queries(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[4096];
    if (!file) die(path);
    while (query_count < QUERIES_MAX && fgets(line, sizeof line, file)) {
        char *tab = strchr(line, '\t'), text[4200];
        line[strcspn(line, "\n")] = '\0';
        if (!tab) continue;
        snprintf(text, sizeof text, strncmp(line, "phrase", 6) == 0 ? "\"%s\"" : "%s", tab + 1);
        queries[query_count].text = strdup(text);
        queries[query_count].address = encode(text);
        for (int way = 0; way < WAYS; way++)
            queries[query_count].clock[way] = queries[query_count].processor[way] = 1e9;
        query_count++;
    }
    fclose(file);
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* A whole process, its output read to the end. */
static size_t run(double *clock, double *processor, char *const *arguments, char *const *environment)
{
    int ends[2];
    char block[65536];
    volatile size_t bytes = 0;
    struct rusage usage;
    int status;
    double started = now();
    if (pipe(ends)) die("pipe");
    pid_t pid = vfork();
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execve(arguments[0], arguments, environment);
        _exit(127);
    }
    close(ends[1]);
    for (ssize_t got; (got = read(ends[0], block, sizeof block)) > 0;) bytes += (size_t)got;
    close(ends[0]);
    if (wait4(pid, &status, 0, &usage) != pid || status) {
        fprintf(stderr, "%s: status %d\n", arguments[0], status);
        exit(1);
    }
    *clock = now() - started;
    *processor = 1e3 * (seconds(usage.ru_utime) + seconds(usage.ru_stime));
    return bytes;
}

static void keep(size_t query, int way, double clock, double processor)
{
    if (clock < queries[query].clock[way]) queries[query].clock[way] = clock;
    if (processor < queries[query].processor[way]) queries[query].processor[way] = processor;
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

static double part(int way, int processor, double share)
{
    static double values[QUERIES_MAX];
    for (size_t i = 0; i < query_count; i++) values[i] = processor ? queries[i].processor[way] : queries[i].clock[way];
    qsort(values, query_count, sizeof *values, compare);
    return values[(size_t)((double)(query_count - 1) * share)];
}

static void remove_all(void)
{
    unlink(socket_path);
    unlink(config_path);
    unlink(log_path);
    rmdir(folder);
}

int main(int argc, char **argv)
{
    static const char *const names[WAYS] = {"plain libxapian process", "dossier.cgi, a process each",
                                            "dossier.cgi, FastCGI"};
    char variable[512], *absolute = argc > 4 ? realpath(argv[3], NULL) : NULL;
    if (argc < 5 || !absolute) {
        fprintf(stderr, "usage: page_bench PLAIN DOSSIER.CGI INDEX QUERIES [ROUNDS]\n");
        return 2;
    }
    int rounds = argc > 5 ? atoi(argv[5]) : 5;
    if (!mkdtemp(folder)) die("mkdtemp");
    snprintf(socket_path, sizeof socket_path, "%s/socket", folder);
    snprintf(config_path, sizeof config_path, "%s/dossier.conf", folder);
    snprintf(log_path, sizeof log_path, "%s/log", folder);
    FILE *config = fopen(config_path, "w");
    if (!config) die(config_path);
    fprintf(config, "index bench = %s\nworkers = 1\nrecycle = 100000000\ndeadline = 100\n", absolute);
    fclose(config);
    setenv("DOSSIER_CONFIG", config_path, 1);
    read_queries(argv[4]);
    pid_t server = fastcgi_start(argv[2], socket_path, log_path);
    if (server < 0) die("fastcgi");
    snprintf(variable, sizeof variable, "DOSSIER_CONFIG=%s", config_path);
    for (int round = 0; round < rounds; round++)
        for (size_t i = 0; i < query_count; i++) {
            char query[8192], *const plain[] = {argv[1], argv[3], queries[i].text, NULL},
                                     *const cgi[] = {argv[2], NULL};
            char method[] = "REQUEST_METHOD=GET", script[] = "SCRIPT_NAME=/search";
            double clock, processor, started;
            snprintf(query, sizeof query, "QUERY_STRING=%s", queries[i].address);
            char *const environment[] = {variable, method, script, query, NULL};
            run(&clock, &processor, plain, environment);
            keep(i, 0, clock, processor);
            queries[i].bytes = run(&clock, &processor, cgi, environment);
            keep(i, 1, clock, processor);
            started = now();
            size_t length;
            char *answer = fastcgi_get(socket_path, queries[i].address, &length);
            if (!answer || strncmp(answer, "Status: 200", 11) != 0) {
                fprintf(stderr, "%s: no answer by FastCGI\n", queries[i].text);
                return 1;
            }
            keep(i, 2, now() - started, 0);
            free(answer);
        }
    kill(server, SIGTERM);
    waitpid(server, NULL, 0);
    printf("%-28s %9s %9s %9s %9s\n", "milliseconds", "median", "p95", "cpu med.", "cpu p95");
    for (int way = 0; way < WAYS; way++) {
        printf("%-28s %9.2f %9.2f", names[way], part(way, 0, 0.5), part(way, 0, 0.95));
        if (way < 2) printf(" %9.2f %9.2f", part(way, 1, 0.5), part(way, 1, 0.95));
        putchar('\n');
    }
    printf("CGI / plain %.2f, plain / FastCGI %.2f, CGI / FastCGI %.2f (clock, medians)\n",
           part(1, 0, 0.5) / part(0, 0, 0.5), part(0, 0, 0.5) / part(2, 0, 0.5), part(1, 0, 0.5) / part(2, 0, 0.5));
    size_t largest = 0;
    for (size_t i = 0; i < query_count; i++)
        if (queries[i].bytes > largest) largest = queries[i].bytes;
    printf("largest page %zu bytes with its header\n", largest);
    remove_all();
    return 0;
}
