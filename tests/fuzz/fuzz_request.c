/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any query string: within its limits it is read or refused in words, and what was read is written the same for ever.
 */
#include "searcher/cgi/request.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct page_request request;
    struct error error = {0};
    struct buffer one, two;
    arena_init(&arena, 1 << 24);
    buffer_init(&one, 1 << 20);
    buffer_init(&two, 1 << 20);
    enum status status = page_request_read(&request, &arena, (struct span){(const char *)data, size}, &error);
    if (status) {
        assert(error.message[0] && error.status == status);
    } else {
        assert(!page_request_write(&one, &request));
        /* Encoded anew it can be longer than what may be read. */
        if (one.length <= QUERY_STRING_BYTES_MAX) {
            assert(!page_request_read(&request, &arena, buffer_span(&one), &error));
            assert(!page_request_write(&two, &request));
            assert(span_equal(buffer_span(&one), buffer_span(&two)));
        }
    }
    buffer_release(&one);
    buffer_release(&two);
    arena_release(&arena);
    return 0;
}
