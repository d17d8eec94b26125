/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program's two ways of working: one request by CGI, or requests without end by FastCGI.
 *
 * Takes the path of the configuration; gives answers to the web server; the index is opened by children alone, so that
 * a crash or a deadline is answered too.
 */
#ifndef CGI_SERVE_H
#define CGI_SERVE_H

#include <stdbool.h>

/* True when standard input is a listening socket, as FastCGI has it. */
bool serve_is_fastcgi(void);

/* Both return an exit status. */
int serve_cgi(const char *config_path);
int serve_fastcgi(const char *config_path);

#endif
