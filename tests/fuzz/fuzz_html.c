/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: web pages. */
#include "documents.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_file("input.html", data, size);
    return 0;
}
