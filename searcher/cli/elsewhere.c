/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/command.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char program[] = "dossier-index";

/* Its path, beside this program's own file. False when it cannot be told. */
static bool find_program(char out[PATH_MAX])
{
    ssize_t length = readlink("/proc/self/exe", out, PATH_MAX - 1);
    if (length <= 0) return false;
    out[length] = '\0';
    char *slash = strrchr(out, '/');
    if (!slash || (size_t)(slash + 1 - out) + sizeof program > PATH_MAX) return false;
    memcpy(slash + 1, program, sizeof program);
    return true;
}

int run_elsewhere(char **argv)
{
    char path[PATH_MAX];
    size_t count = 0;
    while (argv[count]) count++;
    char **all = calloc(count + 2, sizeof *all);
    if (!all) {
        complain("out of memory");
        return EXIT_MACHINE;
    }
    all[0] = (char *)(uintptr_t)program;
    memcpy(all + 1, argv, count * sizeof *all);
    bool found = find_program(path);
    execv(found ? path : program, all);
    complain("cannot run '%s': %s (it belongs beside dossier: install or build both)", found ? path : program,
             strerror(errno));
    free(all);
    return EXIT_MACHINE;
}
