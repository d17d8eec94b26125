/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages between a process and its workers, over a socket.
 *
 * Takes a kind, a few numbers and bytes; gives them at the other end in order; never holds more than one message.
 */
#ifndef INDEXER_CHANNEL_H
#define INDEXER_CHANNEL_H

#include "corpus/text.h"

#include <signal.h>

enum message_kind {
    MESSAGE_TASK = 1, /* to a worker */
    MESSAGE_DOCUMENT, /* and back from it */
    MESSAGE_BAD_RECORD,
    MESSAGE_END
};

/* The numbers of a message; what they mean depends on its kind. Both ends are one program, so they go as they are. */
struct message_head {
    uint32_t kind;
    uint32_t code;
    uint64_t where;
    uint64_t flags;
    uint64_t length; /* of the bytes that follow */
};

struct channel {
    int fd;
    char *data; /* what was received and not yet given */
    size_t start, length, capacity;
};

/* Takes [fd] over. Returns OK, NO_MEMORY. */
enum status channel_init(struct channel *channel, int fd);
void channel_release(struct channel *channel);

/* Sends a message whole, waiting for room. The bytes are those of [first] and then [second]. Returns OK, or IO (the
 * other end is gone). */
enum status channel_send(struct channel *channel, struct message_head head, struct span first, struct span second);

/* Waits for a message; *[body] lives until the next call. [stop] may be NULL. Returns OK, NOT_FOUND (the other end is
 * gone; half a message is dropped), STOPPED, IO, NO_MEMORY. */
enum status channel_receive(struct message_head *head, struct span *body, struct channel *channel,
                            const volatile sig_atomic_t *stop);

#endif
