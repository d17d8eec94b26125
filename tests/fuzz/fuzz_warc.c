/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: what is read of a file called input.warc. */
#include "documents.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_file("input.warc", data, size);
    return 0;
}
