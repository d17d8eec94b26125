/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/data.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct data_file data_model = {
    .what = "the tagging model",
    .installed = "en.model",
    .source = "indexer/entities/models/en.model",
    .variable = "DOSSIER_MODEL",
    .option = "model",
};

/* The folder of the running program, or an empty string. */
static void program_folder(char out[PATH_MAX])
{
    ssize_t length = readlink("/proc/self/exe", out, PATH_MAX - 1);
    out[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(out, '/');
    if (slash) *slash = '\0';
}

static enum status out_of_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory");
}

enum status data_find(struct buffer *path, const struct data_file *file, const char *stated, struct error *error)
{
    char program[PATH_MAX];
    if (!stated) stated = getenv(file->variable);
    buffer_clear(path);
    if (stated && *stated) return buffer_append_string(path, stated) ? out_of_memory(error) : OK;
    program_folder(program);
    const struct {
        const char *folder, *between, *name;
    } places[] = {
        {program, "/../share/dossier/", file->installed},
        {DOSSIER_SOURCE_DIR, "/", file->source},
        {DOSSIER_DATA_DIR, "/", file->installed},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (!*places[i].folder) continue;
        buffer_clear(path);
        if (buffer_printf(path, "%s%s%s", places[i].folder, places[i].between, places[i].name))
            return out_of_memory(error);
        if (access(path->data, F_OK) == 0) return OK;
    }
    return fail(error, MISSING,
                "%s is not there: neither '%s/../share/dossier/%s' nor '%s/%s' exists (install dossier again, or name "
                "it with --%s or $%s)",
                file->what, program, file->installed, DOSSIER_DATA_DIR, file->installed, file->option, file->variable);
}
