/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A small FastCGI client, and the start of a FastCGI program on a socket of its own: for tests and measurements.
 *
 * Takes a query string; gives the whole answer; fails loudly. Source: FastCGI Specification 1.0.
 */
#ifndef FASTCGI_CLIENT_H
#define FASTCGI_CLIENT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A program that listens on [path]; its log goes to [log]. Returns its process, or -1. */
static inline pid_t fastcgi_start(const char *program, const char *path, const char *log)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) return -1;
    strcpy(address.sun_path, path);
    int listening = socket(AF_UNIX, SOCK_STREAM, 0);
    if (listening < 0 || bind(listening, (struct sockaddr *)&address, sizeof address) || listen(listening, 128))
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        dup2(listening, STDIN_FILENO);
        if (!freopen(log, "a", stderr)) _exit(127);
        close(listening);
        execl(program, program, (char *)NULL);
        _exit(127);
    }
    close(listening);
    return pid;
}

static inline size_t fastcgi_pair(unsigned char *out, const char *name, const char *value)
{
    size_t lengths[2] = {strlen(name), strlen(value)}, at = 0;
    for (int i = 0; i < 2; i++)
        if (lengths[i] < 128) {
            out[at++] = (unsigned char)lengths[i];
        } else {
            for (int shift = 24; shift >= 0; shift -= 8)
                out[at++] = (unsigned char)((lengths[i] >> shift) | (shift == 24 ? 0x80 : 0));
        }
    memcpy(out + at, name, lengths[0]);
    memcpy(out + at + lengths[0], value, lengths[1]);
    return at + lengths[0] + lengths[1];
}

static inline int fastcgi_write(int to, const void *data, size_t length)
{
    for (size_t sent = 0; sent < length;) {
        ssize_t wrote = write(to, (const char *)data + sent, length - sent);
        if (wrote <= 0) return -1;
        sent += (size_t)wrote;
    }
    return 0;
}

static inline int fastcgi_read(int from, void *data, size_t length)
{
    for (size_t got = 0; got < length;) {
        ssize_t read_now = read(from, (char *)data + got, length - got);
        if (read_now <= 0) return -1;
        got += (size_t)read_now;
    }
    return 0;
}

/* Asks the program on [path] for [query]. The answer is terminated by a NUL and freed by the caller; NULL when the
 * connection broke. */
static inline char *fastcgi_get(const char *path, const char *query, size_t *length)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    unsigned char *params = malloc(strlen(query) + 1024), header[8];
    size_t size = 0, count = 0, room = 65536;
    char *answer = malloc(room);
    int connection = socket(AF_UNIX, SOCK_STREAM, 0), failed;
    memcpy(address.sun_path, path, strnlen(path, sizeof address.sun_path - 1));
    size += fastcgi_pair(params + size, "REQUEST_METHOD", "GET");
    size += fastcgi_pair(params + size, "SCRIPT_NAME", "/search");
    size += fastcgi_pair(params + size, "QUERY_STRING", query);
    size += fastcgi_pair(params + size, "SERVER_NAME", "localhost");
    static const unsigned char begin[] = {1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0};
    static const unsigned char end_params[] = {1, 4, 0, 1, 0, 0, 0, 0}, end_input[] = {1, 5, 0, 1, 0, 0, 0, 0};
    failed = connect(connection, (struct sockaddr *)&address, sizeof address) ||
             fastcgi_write(connection, begin, sizeof begin);
    for (size_t at = 0; !failed && at < size;) { /* records of at most 65,535 bytes */
        size_t part = size - at < 65535 ? size - at : 65535;
        const unsigned char record[] = {1, 4, 0, 1, (unsigned char)(part >> 8), (unsigned char)part, 0, 0};
        failed = fastcgi_write(connection, record, sizeof record) || fastcgi_write(connection, params + at, part);
        at += part;
    }
    if (!failed)
        failed = fastcgi_write(connection, end_params, sizeof end_params) ||
                 fastcgi_write(connection, end_input, sizeof end_input);
    for (int over = 0; !failed && !over;) {
        failed = fastcgi_read(connection, header, sizeof header);
        size_t part = (size_t)header[4] << 8 | header[5], padding = header[6];
        if (!failed && count + part + padding + 1 > room)
            answer = realloc(answer, room = 2 * (count + part + padding + 1));
        if (!failed) failed = fastcgi_read(connection, answer + count, part + padding);
        if (!failed && header[1] == 6) count += part; /* STDOUT */
        over = header[1] == 3;                        /* END_REQUEST */
    }
    close(connection);
    free(params);
    if (failed) {
        free(answer);
        return NULL;
    }
    answer[count] = '\0';
    *length = count;
    return answer;
}

#endif
