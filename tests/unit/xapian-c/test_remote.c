/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Against a real xapian-tcpsrv on loopback; skipped where that program is missing (Debian: xapian-tools). */
#include "fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct server {
    struct fixture *fixture;
    pid_t child;
    uint16_t port;
    int out; /* its chatter: kept open, because it gives up when nobody listens */
};

/* A port that was free a moment ago. */
static uint16_t free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    uint16_t port = 0;
    if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0 &&
        getsockname(fd, (struct sockaddr *)&address, &length) == 0)
        port = ntohs(address.sin_port);
    if (fd >= 0) close(fd);
    return port;
}

/* Starts a server of the sample and waits for the line with which it says that it listens. */
static int setup(void **state)
{
    struct server *s = calloc(1, sizeof *s);
    if (!s || signal(SIGPIPE, SIG_IGN) == SIG_ERR || fixture_setup_sample((void **)&s->fixture) != 0) return -1;
    *state = s;
    s->port = free_port();
    char port[8];
    snprintf(port, sizeof port, "%u", s->port);
    int out[2];
    if (pipe(out) != 0) return -1;
    s->child = fork();
    if (s->child == 0) {
        setpgid(0, 0); /* it ends by ending its whole process group */
        dup2(out[1], STDOUT_FILENO);
        dup2(out[1], STDERR_FILENO);
        close(out[0]);
        close(out[1]);
        execlp("xapian-tcpsrv", "xapian-tcpsrv", "--interface", "127.0.0.1", "--port", port, s->fixture->path,
               (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    char said[2000] = "";
    size_t used = 0;
    ssize_t n;
    while (!strstr(said, "Listening") && used < sizeof said - 1 &&
           (n = read(out[0], said + used, sizeof said - 1 - used)) > 0) {
        used += (size_t)n;
        said[used] = '\0';
    }
    s->out = out[0];
    if (strstr(said, "Listening")) return 0;
    waitpid(s->child, NULL, 0);
    s->child = 0;
    return 0;
}

static void stop_server(struct server *s)
{
    if (s->child <= 0) return;
    kill(s->child, SIGTERM);
    waitpid(s->child, NULL, 0);
    s->child = 0;
}

static int teardown(void **state)
{
    struct server *s = *state;
    stop_server(s);
    close(s->out);
    int status = fixture_teardown((void **)&s->fixture);
    free(s);
    return status;
}

static struct xc_database *connect_to(struct server *s)
{
    if (s->child <= 0) {
        print_message("xapian-tcpsrv cannot be started: skipped\n");
        skip();
    }
    struct xc_database *database = NULL;
    struct xc_error error;
    assert_status(XC_OK, error, xc_database_open_remote(&database, "127.0.0.1", s->port, 0, 0, &error));
    return database;
}

static void test_remote__reads_like_a_local_one(void **state)
{
    struct server *s = *state;
    struct xc_database *database = connect_to(s);
    struct xc_statistics figures;
    assert_ok(xc_database_statistics(&figures, database, NULL));
    assert_int_equal(5, figures.documents);
    assert_int_equal(13, figures.total_length);
    struct xc_term_statistics blue;
    assert_ok(xc_database_term_statistics(&blue, database, "blue", 4, NULL));
    assert_int_equal(3, blue.documents);
    assert_int_equal(4, blue.occurrences);
    struct xc_document *document = NULL;
    struct xc_bytes data, name;
    assert_ok(xc_database_document(&document, database, 4, NULL));
    assert_ok(xc_document_data(&data, document, NULL));
    assert_bytes("doc 4", data);
    xc_document_free(document);
    document = NULL;
    assert_status(XC_NOT_FOUND, s->fixture->error,
                  xc_database_document_terms((struct xc_terms **)&document, database, 99, &s->fixture->error));
    assert_ok(xc_database_metadata(&name, database, "name", 4, NULL));
    assert_bytes("sample", name);
    struct xc_terms *terms = NULL;
    assert_ok(xc_database_terms(&terms, database, "bl", 2, NULL));
    assert_string_equal("black blue", fixture_terms(terms));
    struct xc_bytes uuid;
    char on_disk[37];
    assert_ok(xc_database_uuid(&uuid, database, NULL));
    assert_ok(xc_path_uuid(on_disk, s->fixture->path, NULL));
    assert_string_equal(on_disk, uuid.data);
    bool locked;
    assert_status(XC_UNSUPPORTED, s->fixture->error, xc_database_locked(&locked, database, &s->fixture->error));
    uint64_t revision;
    assert_status(XC_UNSUPPORTED, s->fixture->error, xc_database_revision(&revision, database, &s->fixture->error));
    assert_ok(xc_database_keep_alive(database, NULL));
    bool changed;
    assert_ok(xc_database_reopen(&changed, database, NULL));
    xc_database_free(database);
}

/* Nor does libxapian 1.4 hand on what words were taught. */
static void test_remote__has_no_spelling(void **state)
{
    struct server *s = *state;
    struct xc_database *database = connect_to(s);
    struct xc_terms *words = NULL;
    struct xc_bytes best;
    assert_ok(xc_database_spellings(&words, database, NULL));
    assert_string_equal("", fixture_terms(words));
    assert_ok(xc_database_spelling_suggestion(&best, database, "bleu", 4, 2, NULL));
    assert_bytes("", best);
    xc_database_free(database);
}

static void test_remote__searches_and_counts_values(void **state)
{
    struct server *s = *state;
    struct xc_database *database = connect_to(s);
    struct xc_query *query = fixture_term("blue");
    struct xc_enquire *enquire = NULL;
    struct xc_spy *spy = NULL;
    struct xc_terms *values = NULL;
    assert_string_equal("3 4 1", fixture_hits(database, query));
    assert_ok(xc_enquire_new(&enquire, database, NULL));
    assert_ok(xc_enquire_set_query(enquire, query, 0, NULL));
    assert_ok(xc_enquire_set_scheme(enquire, "ineb2", NULL, NULL, 0, NULL));
    assert_ok(xc_spy_new_value_counts(&spy, 0, NULL));
    assert_ok(xc_enquire_add_spy(enquire, spy, NULL));
    assert_string_equal("3 4 1", fixture_enquire_hits(enquire));
    assert_int_equal(3, xc_spy_total(spy));
    assert_ok(xc_spy_top_values(&values, spy, 1, NULL));
    assert_string_equal("a", fixture_terms(values));
    xc_spy_free(spy);
    xc_query_free(query);
    xc_enquire_free(enquire);
    xc_database_free(database);
}

/* A shard behind a server and one on disk, under one search. */
static void test_remote__is_searched_together_with_a_local_one(void **state)
{
    struct server *s = *state;
    struct xc_database *remote = connect_to(s), *local = fixture_open(s->fixture->path), *both = NULL;
    struct xc_query *query = fixture_term("black");
    assert_ok(xc_database_new(&both, NULL));
    assert_ok(xc_database_add(both, remote, NULL));
    assert_ok(xc_database_add(both, local, NULL));
    xc_database_free(remote);
    xc_database_free(local);
    assert_string_equal("7 8", fixture_hits(both, query));
    xc_query_free(query);
    xc_database_free(both);
}

static enum xc_status visit(void *context, uint32_t docid, double weight, struct xc_document *document)
{
    (void)context;
    (void)docid;
    (void)weight;
    (void)document;
    return XC_OK;
}

static enum xc_status decide(void *context, bool *accept, struct xc_document *document)
{
    (void)context;
    (void)accept;
    (void)document;
    return XC_OK;
}

static void test_remote__cannot_run_our_callbacks(void **state)
{
    struct server *s = *state;
    struct xc_error *e = &s->fixture->error;
    struct xc_database *database = connect_to(s);
    struct xc_query *query = fixture_term("blue");
    struct xc_enquire *enquire = NULL;
    struct xc_spy *spy = NULL;
    struct xc_mset *mset = NULL;
    struct xc_match_options options = {.max = 10, .decide = decide};
    assert_ok(xc_enquire_new(&enquire, database, NULL));
    assert_ok(xc_enquire_set_query(enquire, query, 0, NULL));
    assert_status(XC_UNSUPPORTED, *e, xc_enquire_search(&mset, enquire, &options, e));
    assert_ok(xc_spy_new_visit(&spy, visit, NULL, NULL));
    assert_ok(xc_enquire_add_spy(enquire, spy, NULL));
    options.decide = NULL;
    assert_status(XC_UNSUPPORTED, *e, xc_enquire_search(&mset, enquire, &options, e));
    assert_null(mset);
    xc_spy_free(spy);
    xc_query_free(query);
    xc_enquire_free(enquire);
    xc_database_free(database);
}

static void test_remote__that_is_not_there_is_a_network_failure(void **state)
{
    struct server *s = *state;
    struct xc_error *e = &s->fixture->error;
    stop_server(s);
    struct xc_database *database = NULL;
    assert_status(XC_NETWORK, *e, xc_database_open_remote(&database, "127.0.0.1", s->port, 1000, 1000, e));
    assert_null(database);
    assert_string_equal("NetworkError", e->type);
}

/* A server that accepts and says nothing. */
static void test_remote__that_is_silent_times_out(void **state)
{
    struct server *s = *state;
    struct xc_error *e = &s->fixture->error;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(0, bind(fd, (struct sockaddr *)&address, sizeof address));
    assert_int_equal(0, listen(fd, 1));
    assert_int_equal(0, getsockname(fd, (struct sockaddr *)&address, &length));
    struct xc_database *database = NULL;
    assert_status(XC_TIMEOUT, *e,
                  xc_database_open_remote(&database, "127.0.0.1", ntohs(address.sin_port), 50, 1000, e));
    assert_null(database);
    close(fd);
}

#define ON_SERVER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SERVER(test_remote__reads_like_a_local_one),
        ON_SERVER(test_remote__has_no_spelling),
        ON_SERVER(test_remote__searches_and_counts_values),
        ON_SERVER(test_remote__is_searched_together_with_a_local_one),
        ON_SERVER(test_remote__cannot_run_our_callbacks),
        ON_SERVER(test_remote__that_is_not_there_is_a_network_failure),
        ON_SERVER(test_remote__that_is_silent_times_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
