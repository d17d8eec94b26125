/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dossier-read: reads files of complex formats for dossier, in processes of its own. Not for people: dossier starts it
 * with a socket as descriptor 3. */
#include "corpus/formats/formats.h"
#include "corpus/isolate/wire.h"
#include "corpus/read/server.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int count, char **arguments)
{
    struct stat found;
    if (count > 1 && strcmp(arguments[1], "--version") == 0) {
        puts("dossier-read " DOSSIER_VERSION);
        return 0;
    }
    if (count > 1 || fstat(WIRE_CONTROL_FD, &found) || !S_ISSOCK(found.st_mode)) {
        fputs("dossier-read is started by dossier, which hands it the files to read\n", stderr);
        return 2;
    }
    fcntl(WIRE_CONTROL_FD, F_SETFD, FD_CLOEXEC);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0) return 2;
#ifndef DOSSIER_SANITIZED
    if (dup2(null, STDERR_FILENO) < 0) return 2; /* libraries complain there about files */
#endif
    close(null);
    formats_prepare();
    return server_run(WIRE_CONTROL_FD, formats_read);
}
