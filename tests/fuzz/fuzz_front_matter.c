/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: text and Markdown with front matter, in any charset, with titles and dates to be found. */
#include "documents.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_file("input.md", data, size);
    check_file("input.txt", data, size);
    return 0;
}
