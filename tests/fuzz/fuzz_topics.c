/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Topics: lines, TREC records or JSON, and any parts of them. */
#include "searcher/eval/lines.h"
#include "searcher/eval/topics.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void complain(void *context, const char *message)
{
    (void)context;
    assert(message[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span text = {(const char *)data, size};
    for (unsigned parts = TOPIC_TITLE; parts <= (TOPIC_TITLE | TOPIC_DESCRIPTION | TOPIC_NARRATIVE); parts++) {
        struct lines *lines;
        struct topics topics;
        struct error error;
        if (lines_open_memory(&lines, "fuzz", text, &error) != OK) return 0;
        if (topics_read_lines(&topics, lines, parts, complain, NULL, &error) == OK) {
            for (size_t i = 0; i < topics.count; i++) {
                assert(topics.items[i].name.length > 0 && topics.items[i].text.length > 0);
                assert(topics_find(&topics, topics.items[i].name) == &topics.items[i]);
            }
            topics_release(&topics);
        }
        lines_close(lines);
    }
    return 0;
}
