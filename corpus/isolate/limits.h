/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All limits on the reading of complex formats, in one place.
 *
 * A file of such a format is parsed by a process of its own. These bound what it may take; past one of them the file,
 * or the one record or member at hand, is skipped and named with the reason. What a text may be is bounded by
 * document.h and source.h, a web page by formats/html_tree.h.
 */
#ifndef CORPUS_ISOLATE_LIMITS_H
#define CORPUS_ISOLATE_LIMITS_H

#include <stdint.h>

enum {
    LIMIT_WAIT_SECONDS = 60, /* wall clock: between two documents of one file, while nobody keeps the reader waiting */
    LIMIT_CPU_SECONDS = 900, /* of one file, however many documents it holds */
    LIMIT_START_SECONDS = 30, /* wall clock: for dossier-read itself to answer */
    LIMIT_OPEN_FILES = 48,
    LIMIT_DEATHS = 8, /* of the reader in one file with many members: each costs the member at hand, then the rest */

    CONTAINER_DEPTH_MAX = 5,         /* archives in archives, mails in mails */
    CONTAINER_MEMBERS_MAX = 1000000, /* of one file, nested ones counted */
    CONTAINER_NAME_MAX = 2048,       /* bytes of a member's name */
    CONTAINER_RATIO_MAX = 250,       /* bytes unpacked for each byte of the file: text packs 3 to 20 times */
    MAIL_PARTS_MAX = 2000,           /* of one message */
    MAIL_DEPTH_MAX = 60,             /* of parts in parts */
    XML_DEPTH_MAX = 1000,            /* of elements in one part of an office document */
    RTF_DEPTH_MAX = 1000,            /* of groups */
    PACKAGE_MEMBERS_MAX = 20000,     /* of an office document or book */
    OCR_PAGES_MAX = 200,             /* of a document read from pictures */
    TOOL_MESSAGE_MAX = 4096          /* bytes kept of what pdftotext or tesseract complain of */
};

#define LIMIT_MEMORY       ((uint64_t)1536 << 20) /* bytes of address space of the process that parses */
#define LIMIT_WRITTEN      ((uint64_t)300 << 20)  /* bytes of one unpacked member, which is kept in memory */
#define CONTAINER_FREE_MAX ((uint64_t)64 << 20)   /* bytes unpacked before the ratio is looked at */
#define PACKAGE_BYTES_MAX  ((uint64_t)256 << 20)  /* bytes of the parts of an office document that hold its text */

#endif
