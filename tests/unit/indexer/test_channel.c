/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"
#include "indexer/channel.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void open_pair(struct channel *ours, struct channel *theirs)
{
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_int_equal(channel_init(ours, ends[0]), OK);
    assert_int_equal(channel_init(theirs, ends[1]), OK);
}

static void test_channel__keeps_order_and_bytes(void **state)
{
    (void)state;
    struct channel ours, theirs;
    struct message_head head;
    struct span body;
    open_pair(&ours, &theirs);
    channel_send(&theirs, (struct message_head){.kind = 7, .where = 1}, SPAN("ab"), SPAN("\0c"));
    channel_send(&theirs, (struct message_head){.kind = 8, .code = 9, .flags = 10}, SPAN(""), SPAN(""));
    assert_int_equal(channel_receive(&head, &body, &ours, NULL), OK);
    assert_int_equal(head.kind, 7);
    assert_int_equal(head.where, 1);
    assert_true(span_equal(body, SPAN("ab\0c")));
    assert_int_equal(channel_receive(&head, &body, &ours, NULL), OK);
    assert_int_equal(head.code, 9);
    assert_int_equal(body.length, 0);
    channel_release(&theirs);
    assert_int_equal(channel_receive(&head, &body, &ours, NULL), NOT_FOUND);
    channel_release(&ours);
}

/* A message larger than the socket holds waits for the reader, and arrives whole. */
static void test_channel__carries_large_messages(void **state)
{
    (void)state;
    enum { LARGE = 20 << 20 };
    struct channel ours, theirs;
    struct message_head head;
    struct span body;
    open_pair(&ours, &theirs);
    char *large = malloc(LARGE);
    assert_non_null(large);
    for (int i = 0; i < LARGE; i++) large[i] = (char)(i * 31);
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < 2; i++)
            if (channel_send(&theirs, (struct message_head){.kind = 1}, (struct span){large, LARGE}, SPAN("x")))
                _exit(1);
        _exit(0);
    }
    channel_release(&theirs);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(channel_receive(&head, &body, &ours, NULL), OK);
        assert_int_equal(body.length, LARGE + 1);
        assert_memory_equal(body.data, large, LARGE);
        assert_int_equal(body.data[LARGE], 'x');
    }
    assert_int_equal(channel_receive(&head, &body, &ours, NULL), NOT_FOUND);
    waitpid(child, NULL, 0);
    channel_release(&ours);
    free(large);
}

static void test_channel__half_a_message_is_none(void **state)
{
    (void)state;
    struct channel ours, theirs;
    struct message_head head = {.kind = 1, .length = 100};
    struct span body;
    open_pair(&ours, &theirs);
    assert_int_equal(write(theirs.fd, &head, sizeof head), sizeof head);
    channel_release(&theirs);
    assert_int_equal(channel_receive(&head, &body, &ours, NULL), NOT_FOUND);
    channel_release(&ours);
}

static void test_channel__stops_when_asked(void **state)
{
    (void)state;
    struct channel ours, theirs;
    struct message_head head;
    struct span body;
    volatile sig_atomic_t stop = 1;
    open_pair(&ours, &theirs);
    assert_int_equal(channel_receive(&head, &body, &ours, &stop), STOPPED);
    channel_release(&ours);
    channel_release(&theirs);
}

static void test_channel__tells_when_nobody_listens(void **state)
{
    (void)state;
    struct channel ours, theirs;
    open_pair(&ours, &theirs);
    channel_release(&ours);
    assert_int_equal(channel_send(&theirs, (struct message_head){.kind = 1}, SPAN("x"), SPAN("")), IO);
    channel_release(&theirs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_channel__keeps_order_and_bytes),
        cmocka_unit_test(test_channel__carries_large_messages),
        cmocka_unit_test(test_channel__half_a_message_is_none),
        cmocka_unit_test(test_channel__stops_when_asked),
        cmocka_unit_test(test_channel__tells_when_nobody_listens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
