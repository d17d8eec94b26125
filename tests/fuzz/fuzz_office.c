/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: the XML parts of office documents, as a flat OpenDocument file. */
#include "documents.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char head[] = "<x xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='t'>";
    uint8_t whole[sizeof head + 16384];
    if (size > 16384) return 0;
    memcpy(whole, head, sizeof head - 1);
    memcpy(whole + sizeof head - 1, data, size);
    check_file("input.fodt", whole, sizeof head - 1 + size);
    return 0;
}
