/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: what is read of a file called input.sgml. */
#include "documents.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_file("input.sgml", data, size);
    return 0;
}
