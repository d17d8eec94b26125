/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: record files. An input that begins with '[' is one JSON file, any other has a record a line. */
#include "documents.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_file(size && data[0] == '[' ? "input.json" : "input.jsonl", data, size);
    return 0;
}
