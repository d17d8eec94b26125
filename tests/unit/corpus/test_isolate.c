/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dossier-read's server with a reader that does what the file says: crash, hang, eat memory, reach out. This program is
 * both ends: started as dossier-read it serves. */
#include "corpus/isolate/client.h"
#include "corpus/isolate/wire.h"
#include "corpus/read/server.h"
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status deliver(struct read_job *job, const char *text)
{
    job->reader = reader_named("text");
    enum status status = job_begin(job);
    if (!status) status = document_set_text(&job->document, span_of(text));
    return status ? status : job_deliver(job, 1);
}

/* Tries all that a file must not be able to do; the text tells what went through. */
static enum status reach_out(struct read_job *job)
{
    char text[400] = "tried";
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0) strcat(text, " network");
    if (open("/tmp/dossier-test-written", O_WRONLY | O_CREAT, 0600) >= 0) strcat(text, " write");
    if (mkdir("/tmp/dossier-test-made", 0700) == 0) strcat(text, " mkdir");
    if (unlink("/tmp/dossier-test-none") == 0 || errno != EPERM) strcat(text, " unlink");
    if (kill(getppid(), 0) == 0) strcat(text, " kill");
    if (fork() == 0) _exit(0); /* a tool may be started */
    return deliver(job, text);
}

static enum status misbehave(struct source_session *session, struct read_job *job)
{
    char what[64] = {0};
    (void)session;
    if (pread(job->fd, what, sizeof what - 1, 4) <= 0) return IO;
    volatile uintptr_t nowhere = 8;
    if (strcmp(what, "crash") == 0) *(volatile int *)nowhere = 1;
    if (strcmp(what, "exit") == 0) _exit(3);
    if (strcmp(what, "hang") == 0)
        for (;;) pause();
    if (strcmp(what, "nonsense") == 0) {
        for (int fd = 3; fd < 64; fd++)
            if (write(fd, "nonsense nonsense nonsense nonsense nonsense", 44) == 44) pause();
    }
    if (strcmp(what, "members") == 0) {
        for (int i = 0; i < 4; i++) {
            job->member = ++job->tally->number;
            if (job->member <= job->tally->pass_over) continue;
            job->tally->begun(job->tally->context, job->member, "a member");
            if (i == 1) _exit(9);
            enum status status = deliver(job, "a member's text");
            if (status) return status;
        }
        return OK;
    }
    if (strcmp(what, "fail") == 0) return (fail)(job->error, INVALID, "'%s' is broken", job->file->path);
    return strcmp(what, "reach") == 0 ? reach_out(job) : deliver(job, what);
}

/* One file of unknown bytes that say [what]. [seconds] to wait, 0 for the default. */
static struct caught *read_what(void **state, const char *what, unsigned seconds)
{
    char bytes[100] = "\x01\x02\x03";
    strcpy(bytes + 4, what);
    char *path = file_write(*state, "file.bin", bytes, 4 + strlen(what));
    struct source_options options = {.wait_seconds = seconds};
    struct caught *caught = read_path_apart(path, "file.bin", &options);
    free(path);
    return caught;
}

static void assert_lost(struct caught *caught, const char *reason)
{
    assert_int_equal(caught->status, IO);
    assert_int_equal(caught->documents, 0);
    if (!strstr(caught->error.message, reason)) fail_msg("'%s' lacks '%s'", caught->error.message, reason);
    caught_release(caught);
}

static void test_isolate__gives_documents(void **state)
{
    struct caught *caught = read_what(state, "words", 0);
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->documents, 1);
    assert_string_equal(caught->text[0], "words");
    assert_string_equal(caught->field[0][FIELD_ID], "file.bin");
    assert_non_null(strstr(caught->field[0][FIELD_PATH], "/file.bin"));
    caught_release(caught);
    caught = read_what(state, "fail", 0);
    assert_int_equal(caught->status, INVALID);
    assert_non_null(strstr(caught->error.message, "file.bin' is broken"));
    caught_release(caught);
}

static void test_isolate__outlives_what_a_file_does(void **state)
{
    assert_lost(read_what(state, "exit", 0), "ended with status 3");
    assert_lost(read_what(state, "crash", 0), "the process that read it");
    assert_lost(read_what(state, "hang", 1), "longer than 1 seconds");
    assert_lost(read_what(state, "nonsense", 0), "sent nonsense");
    struct caught *caught = read_what(state, "words", 0);
    assert_int_equal(caught->status, OK);
    caught_release(caught);
}

static void test_isolate__loses_one_member_of_many(void **state)
{
    struct caught *caught = read_what(state, "members", 0);
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->documents, 3);
    assert_int_equal(caught->where[0], 1);
    assert_int_equal(caught->where[1], 3);
    assert_int_equal(caught->bad, 1);
    assert_int_equal(caught->bad_where[0], 2);
    assert_string_equal(caught->reason[0], "a member: the process that read it ended with status 9");
    caught_release(caught);
}

static void test_isolate__lets_nothing_out(void **state)
{
    struct caught *caught = read_what(state, "reach", 0);
    assert_int_equal(caught->status, OK);
    assert_string_equal(caught->text[0], "tried");
    caught_release(caught);
}

static void test_isolate__says_when_the_program_is_missing(void **state)
{
    char *kept = strdup(getenv("DOSSIER_READ"));
    setenv("DOSSIER_READ", "/nonexistent/dossier-read", 1);
    assert_lost(read_what(state, "words", 0), "is read by dossier-read, which is not there");
    setenv("DOSSIER_READ", "/bin/true", 1);
    assert_lost(read_what(state, "words", 0), "dossier-read does not answer");
    setenv("DOSSIER_READ", kept, 1);
    free(kept);
}

static void test_wire__carries_a_document_whole(void **state)
{
    struct document out, in;
    struct buffer bytes;
    (void)state;
    document_init(&out);
    document_init(&in);
    buffer_init(&bytes, 1 << 20);
    document_set_path(&out, FIELD_ID, SPAN("a\nb"));
    document_set(&out, FIELD_TITLE, SPAN("Title"));
    document_set_text(&out, SPAN("Title\n\nText é"));
    out.title_range = (struct range){0, 5};
    out.title_why = WHY_HEADING;
    assert_int_equal(wire_append_document(&bytes, &out), OK);
    assert_int_equal(wire_read_document(&in, buffer_span(&bytes)), OK);
    assert_true(span_equal(document_get(&in, FIELD_ID), SPAN("a%0Ab")));
    assert_true(span_equal(buffer_span(&in.text), buffer_span(&out.text)));
    assert_int_equal(in.title_range.end, 5);
    assert_int_equal(in.title_why, WHY_HEADING);
    for (size_t length = 0; length < bytes.length; length++) /* cut off anywhere, it does no harm */
        (void)wire_read_document(&in, span_cut(buffer_span(&bytes), 0, length));
    assert_int_equal(wire_read_document(&in, span_cut(buffer_span(&bytes), 0, 40)), INVALID);
    memset(bytes.data, 0xFF, 16);
    assert_int_equal(wire_read_document(&in, buffer_span(&bytes)), OK);
    assert_int_equal(in.title_range.end, 0);
    memset(bytes.data, 0xFF, bytes.length);
    assert_int_equal(wire_read_document(&in, buffer_span(&bytes)), INVALID);
    buffer_release(&bytes);
    document_release(&in);
    document_release(&out);
}

int main(int count, char **arguments)
{
    (void)count;
    struct stat found;
    if (strcmp(arguments[0], "dossier-read") == 0 && !fstat(WIRE_CONTROL_FD, &found))
        return server_run(WIRE_CONTROL_FD, misbehave);
    char self[600];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(length > 0);
    self[length] = '\0';
    setenv("DOSSIER_READ", self, 1);
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_isolate__gives_documents),
        TEST(test_isolate__outlives_what_a_file_does),
        TEST(test_isolate__loses_one_member_of_many),
        TEST(test_isolate__lets_nothing_out),
        TEST(test_isolate__says_when_the_program_is_missing),
        cmocka_unit_test(test_wire__carries_a_document_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
