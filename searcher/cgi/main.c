/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dossier.cgi: the search page, as a CGI program or, when a web server starts it so, for FastCGI. */
#include "searcher/cgi/respond.h"
#include "searcher/cgi/serve.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* $DOSSIER_CONFIG, else dossier.conf beside the program. Under FastCGI this is the environment that the program was
 * started with, never that of a request. */
static const char *config_path(char *room, size_t size)
{
    const char *given = getenv("DOSSIER_CONFIG");
    if (given && *given) return given;
    ssize_t length = readlink("/proc/self/exe", room, size - sizeof "dossier.conf");
    if (length <= 0) return "dossier.conf";
    room[length] = '\0';
    char *slash = strrchr(room, '/');
    memcpy(slash ? slash + 1 : room, "dossier.conf", sizeof "dossier.conf");
    return room;
}

static int usage(const char *name)
{
    fprintf(stderr,
            "%s is the search page of dossier (" DOSSIER_VERSION "): a web server starts it by CGI or FastCGI.\n"
            "Configure it with $DOSSIER_CONFIG, or with dossier.conf beside the program.\n"
            "To try it by hand: REQUEST_METHOD=GET QUERY_STRING='q=budget' %s\n",
            name, name);
    return 2;
}

int main(int argc, char **argv)
{
    char room[4096];
    const char *path = config_path(room, sizeof room);
    bool fastcgi = serve_is_fastcgi();
    if (argc > 1 || (!fastcgi && !getenv("REQUEST_METHOD"))) return usage(argc ? argv[0] : "dossier.cgi");
    return fastcgi ? serve_fastcgi(path) : serve_cgi(path);
}
