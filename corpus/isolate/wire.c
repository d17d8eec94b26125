/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/isolate/wire.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static bool write_all(int fd, const char *data, size_t length)
{
    while (length) {
        ssize_t done = write(fd, data, length);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        data += done;
        length -= (size_t)done;
    }
    return true;
}

static bool read_all(int fd, char *data, size_t length)
{
    while (length) {
        ssize_t done = read(fd, data, length);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        data += done;
        length -= (size_t)done;
    }
    return true;
}

bool wire_send(int socket, struct wire_head head, struct span body, int first, int second)
{
    int fds[2] = {first, second}, count = first < 0 ? 0 : second < 0 ? 1 : 2;
    union {
        char bytes[CMSG_SPACE(sizeof fds)];
        struct cmsghdr align;
    } control = {{0}};
    head.length = body.length;
    struct iovec part = {&head, sizeof head};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (count) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE((size_t)count * sizeof(int));
        struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN((size_t)count * sizeof(int));
        memcpy(CMSG_DATA(rights), fds, (size_t)count * sizeof(int));
    }
    ssize_t sent;
    do sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)sizeof head && write_all(socket, body.data, body.length);
}

/* Takes the descriptors out of [message]; those that nobody asked for are closed. */
static void take_descriptors(struct msghdr *message, int *first, int *second)
{
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
        size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(part) + i * sizeof fd, sizeof fd);
            if (first && *first < 0)
                *first = fd;
            else if (second && *second < 0)
                *second = fd;
            else
                close(fd);
        }
    }
}

bool wire_receive(int socket, struct wire_head *head, struct buffer *body, int *first, int *second)
{
    union {
        char bytes[CMSG_SPACE(2 * sizeof(int))];
        struct cmsghdr align;
    } control;
    struct iovec part = {head, sizeof *head};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    if (first) *first = -1;
    if (second) *second = -1;
    buffer_clear(body);
    ssize_t got;
    do got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_WAITALL);
    while (got < 0 && errno == EINTR);
    if (got > 0) take_descriptors(&message, first, second);
    if (got != (ssize_t)sizeof *head || head->length > WIRE_REQUEST_MAX) return false;
    if (buffer_reserve(body, (size_t)head->length)) return false;
    if (!read_all(socket, body->data, (size_t)head->length)) return false;
    body->length = (size_t)head->length;
    if (body->data) body->data[body->length] = '\0';
    return true;
}

bool wire_write(int pipe, struct wire_head head, struct span body)
{
    head.length = body.length;
    return write_all(pipe, (const char *)&head, sizeof head) && write_all(pipe, body.data, body.length);
}

/* The numbers of a document, before its fields. */
struct wire_document {
    uint64_t title_start, title_end;
    uint32_t title_why, date_why;
    uint64_t length[FIELD_COUNT]; /* bytes of each field; the text is what follows them */
};

enum status wire_append_document(struct buffer *out, const struct document *document)
{
    struct wire_document head = {.title_start = document->title_range.start,
                                 .title_end = document->title_range.end,
                                 .title_why = document->title_why,
                                 .date_why = document->date_why};
    for (int i = 0; i < FIELD_COUNT; i++) head.length[i] = document->field[i].length;
    enum status status = buffer_append(out, (const char *)&head, sizeof head);
    for (int i = 0; i < FIELD_COUNT && !status; i++)
        status = buffer_append_span(out, buffer_span(&document->field[i]));
    return status ? status : buffer_append_span(out, buffer_span(&document->text));
}

enum status wire_read_document(struct document *document, struct span bytes)
{
    struct wire_document head;
    document_clear(document);
    if (bytes.length < sizeof head) return INVALID;
    memcpy(&head, bytes.data, sizeof head);
    size_t at = sizeof head;
    enum status status = OK;
    for (int i = 0; i < FIELD_COUNT && !status; i++) {
        if (head.length[i] > DOCUMENT_FIELD_MAX || head.length[i] > bytes.length - at) return INVALID;
        struct span value = span_cut(bytes, at, at + (size_t)head.length[i]);
        at += value.length;
        bool as_path = i == FIELD_ID || i == FIELD_PATH || i == FIELD_PARENT;
        status = as_path ? document_set_path(document, (enum document_field)i, value)
                         : document_set(document, (enum document_field)i, value);
    }
    struct span text = span_cut(bytes, at, bytes.length);
    if (!status) status = document_set_text(document, text);
    if (status) return status;
    if (head.title_why >= WHY_COUNT || head.date_why >= WHY_COUNT) return INVALID;
    document->title_why = (enum document_why)head.title_why;
    document->date_why = (enum document_why)head.date_why;
    bool same = span_equal(text, buffer_span(&document->text)); /* else the range would lie */
    bool within = head.title_start <= head.title_end && head.title_end <= text.length &&
                  utf8_floor(text, (size_t)head.title_start) == head.title_start &&
                  (head.title_end == text.length || utf8_floor(text, (size_t)head.title_end) == head.title_end);
    if (same && within) document->title_range = (struct range){(size_t)head.title_start, (size_t)head.title_end};
    return OK;
}
