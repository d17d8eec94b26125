/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/channel.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
    RECEIVE_BYTES = 256 * 1024, /* asked of the system at a time: about what a socket holds */
    KEPT_BYTES_MAX = 8 << 20,   /* a larger buffer is given back once its message is done with */
    STOP_LOOK_MS = 500          /* between looks at the stop flag while nothing comes */
};

enum status channel_init(struct channel *channel, int fd)
{
    *channel = (struct channel){.fd = fd, .data = malloc(RECEIVE_BYTES), .capacity = RECEIVE_BYTES};
    return channel->data ? OK : NO_MEMORY;
}

void channel_release(struct channel *channel)
{
    if (channel->fd >= 0) close(channel->fd);
    free(channel->data);
    *channel = (struct channel){.fd = -1};
}

enum status channel_send(struct channel *channel, struct message_head head, struct span first, struct span second)
{
    head.length = first.length + second.length;
    struct iovec parts[] = {{&head, sizeof head},
                            {(void *)(uintptr_t)first.data, first.length},
                            {(void *)(uintptr_t)second.data, second.length}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 3};
    while (message.msg_iovlen) {
        ssize_t sent = sendmsg(channel->fd, &message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return IO;
        size_t left = (size_t)sent;
        while (message.msg_iovlen && left >= message.msg_iov->iov_len) {
            left -= message.msg_iov->iov_len;
            message.msg_iov++;
            message.msg_iovlen--;
        }
        if (message.msg_iovlen) {
            message.msg_iov->iov_base = (char *)message.msg_iov->iov_base + left;
            message.msg_iov->iov_len -= left;
        }
    }
    return OK;
}

/* Makes room for [needed] bytes from the start of what is held. */
static enum status make_room(struct channel *channel, size_t needed)
{
    if (channel->start && channel->start + needed > channel->capacity) {
        memmove(channel->data, channel->data + channel->start, channel->length);
        channel->start = 0;
    }
    if (needed <= channel->capacity) return OK;
    char *larger = realloc(channel->data, needed);
    if (!larger) return NO_MEMORY;
    channel->data = larger;
    channel->capacity = needed;
    return OK;
}

/* Receives until [needed] bytes are held. */
static enum status fill(struct channel *channel, size_t needed, const volatile sig_atomic_t *stop)
{
    if (channel->length >= needed) return OK;
    if (make_room(channel, needed)) return NO_MEMORY;
    while (channel->length < needed) {
        struct pollfd poll_for = {.fd = channel->fd, .events = POLLIN};
        int ready = stop ? poll(&poll_for, 1, STOP_LOOK_MS) : 1;
        if (stop && *stop) return STOPPED;
        if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
        size_t end = channel->start + channel->length;
        ssize_t got = recv(channel->fd, channel->data + end, channel->capacity - end, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got == 0 || (got < 0 && errno == ECONNRESET)) return NOT_FOUND;
        if (got < 0) return IO;
        channel->length += (size_t)got;
    }
    return OK;
}

static void drop(struct channel *channel, size_t bytes)
{
    channel->start += bytes;
    channel->length -= bytes;
    if (!channel->length) channel->start = 0;
}

enum status channel_receive(struct message_head *head, struct span *body, struct channel *channel,
                            const volatile sig_atomic_t *stop)
{
    if (!channel->length && channel->capacity > KEPT_BYTES_MAX) {
        char *smaller = realloc(channel->data, RECEIVE_BYTES);
        if (smaller) {
            channel->data = smaller;
            channel->capacity = RECEIVE_BYTES;
        }
    }
    enum status status = fill(channel, sizeof *head, stop);
    if (status) return status;
    memcpy(head, channel->data + channel->start, sizeof *head);
    status = fill(channel, sizeof *head + head->length, stop);
    if (status) return status;
    *body = (struct span){channel->data + channel->start + sizeof *head, head->length};
    drop(channel, sizeof *head + head->length);
    return OK;
}
