/* SPDX-License-Identifier: GPL-2.0-or-later */
/* names-pack OUT LIST…: makes the table of names from the lists, when dossier is built. */
#include "indexer/entities/names/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum status read_file(struct buffer *out, const char *path, struct error *error)
{
    FILE *file = fopen(path, "rb");
    if (!file) return fail(error, IO, "cannot open '%s'", path);
    char block[65536];
    enum status status = OK;
    for (size_t n; status == OK && (n = fread(block, 1, sizeof block, file)) > 0;)
        status = buffer_append(out, block, n);
    if (status == OK && ferror(file)) status = fail(error, IO, "cannot read '%s'", path);
    fclose(file);
    return status;
}

int main(int argc, char **argv)
{
    struct error error = {.message = ""};
    struct table *table = NULL;
    struct buffer content, out;
    buffer_init(&content, (size_t)64 << 20);
    buffer_init(&out, (size_t)256 << 20);
    enum status status = argc > 2 ? table_new(&table) : fail(&error, INVALID, "usage: names-pack OUT LIST...");
    for (int i = 2; i < argc && status == OK; i++) {
        const char *slash = strrchr(argv[i], '/');
        buffer_clear(&content);
        status = read_file(&content, argv[i], &error);
        if (status == OK) status = table_read(table, slash ? slash + 1 : argv[i], buffer_span(&content), &error);
    }
    if (status == OK) status = table_write(table, &out);
    if (status == OK) {
        FILE *file = fopen(argv[1], "wb");
        bool written = file && fwrite(out.data, 1, out.length, file) == out.length;
        if ((file && fclose(file) != 0) || !written) status = fail(&error, IO, "cannot write '%s'", argv[1]);
    }
    if (status != OK) fprintf(stderr, "names-pack: %s\n", error.message[0] ? error.message : status_name(status));
    table_free(table);
    buffer_release(&content);
    buffer_release(&out);
    return status == OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
