/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A request as the web server hands it over, and the answer that goes back.
 *
 * Takes CGI's variables; gives a status, headers without a way to break out of their lines, and a body; knows no pages
 * and no index.
 */
#ifndef CGI_WEB_H
#define CGI_WEB_H

#include "searcher/cgi/html.h"

/* The variables that are looked at, and no others: what is not here (a body and its length, cookies, the client's other
 * headers) cannot have an effect. */
enum web_variable {
    WEB_METHOD,
    WEB_SCRIPT,
    WEB_PATH,
    WEB_QUERY,
    WEB_IF_NONE_MATCH,
    WEB_HTTPS,
    WEB_SERVER_NAME,
    WEB_SERVER_PORT,
    WEB_VARIABLES
};

extern const char *const web_variable_names[WEB_VARIABLES]; /* "REQUEST_METHOD", … */

struct web_request {
    struct span variable[WEB_VARIABLES]; /* empty when not set */
};

enum {
    WEB_MESSAGE_BYTES_MAX = 256 * 1024, /* bytes of a request with all its variables */
    WEB_HEADER_BYTES_MAX = 32 * 1024
};

/* Writes [request] as one message and reads it back; *[out] borrows from [message]. A variable that would make the
 * message too long is cut to the first bytes, and too long for every limit still. Return OK, INVALID, NO_MEMORY. */
enum status web_request_write(struct buffer *message, const struct web_request *request);
enum status web_request_read(struct web_request *out, struct span message);

/* True for what may be asked: GET, and HEAD which is GET without the body. */
bool web_is_get(const struct web_request *request);
bool web_is_head(const struct web_request *request);

/* The program's own path, such as "/cgi-bin/dossier.cgi": only what may stand in a path, all else percent-encoded.
 * Returns OK, LIMIT, NO_MEMORY. */
enum status web_script(struct buffer *out, const struct web_request *request);

/* The program's whole address from the server's name, for when the configuration has none: "http://host:8080/path". A
 * name with other characters than a host's is taken for localhost. Returns as web_script. */
enum status web_address(struct buffer *out, const struct web_request *request);

struct web_response {
    int status;
    struct buffer headers; /* lines ending in CRLF */
    struct html body;
};

void web_response_init(struct web_response *response);
void web_response_release(struct web_response *response);
void web_response_clear(struct web_response *response); /* status 200, no headers, no body */

/* Adds a header; control characters in [value] are left out, so that it cannot end its line. */
void web_header(struct web_response *response, const char *name, struct span value);

/* Appends the answer as a CGI program prints it: status line, headers (the length and those for safety added), an empty
 * line, and the body unless [head]. Returns OK, LIMIT, NO_MEMORY. */
enum status web_response_write(struct buffer *out, const struct web_response *response, bool head);

#endif
