/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What dossier and dossier-read say to each other.
 *
 * Takes messages, and descriptors that go with them; gives them at the other end; never trusts a length it was sent.
 *
 * Over a control socket: REQUEST with the file and the pipe for its results, answered by STARTED with the process that
 * parses it; then DONE, answered by STATUS with how that process ended. Over the pipe, from that process: MEMBER,
 * DOCUMENT, BAD_RECORD in any number and END.
 */
#ifndef CORPUS_ISOLATE_WIRE_H
#define CORPUS_ISOLATE_WIRE_H

#include "corpus/document.h"

enum { WIRE_VERSION = 1, WIRE_CONTROL_FD = 3, WIRE_REQUEST_MAX = 64 * 1024 };

enum wire_kind {
    WIRE_REQUEST = 1, /* code: WIRE_VERSION; where: members to pass over; flags: OCR; body: path NUL name NUL columns NUL
                       */
    WIRE_STARTED,     /* where: the process */
    WIRE_DONE,
    WIRE_STATUS,     /* code: as waitpid gives it */
    WIRE_MEMBER,     /* where: number of the member that is begun; body: its name */
    WIRE_DOCUMENT,   /* where; body: wire_append_document */
    WIRE_BAD_RECORD, /* where; body: the reason */
    WIRE_END         /* code: enum status; body: the message */
};

/* Both ends are built together, so numbers go as they are. */
struct wire_head {
    uint32_t kind, code;
    uint64_t where, flags, length; /* [length] bytes follow */
};

/* Sends a message and up to two descriptors (-1: none). True unless the other end is gone. */
bool wire_send(int socket, struct wire_head head, struct span body, int first, int second);

/* Receives a message over the control socket into [body] (emptied first), and its descriptors (-1 where none came).
 * [first] and [second] may both be NULL. False when the other end is gone or breaks the rules. */
bool wire_receive(int socket, struct wire_head *head, struct buffer *body, int *first, int *second);

/* Writes all of a message to a pipe. */
bool wire_write(int pipe, struct wire_head head, struct span body);

/* A document as bytes and back. wire_read_document cleans every field as a reader's are, so that whatever comes over
 * the pipe makes a sound document. Returns OK, INVALID (not a document), LIMIT, NO_MEMORY. */
enum status wire_append_document(struct buffer *out, const struct document *document);
enum status wire_read_document(struct document *document, struct span bytes);

#endif
