/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/web.h"

#include <string.h>

const char *const web_variable_names[WEB_VARIABLES] = {
    [WEB_METHOD] = "REQUEST_METHOD",
    [WEB_SCRIPT] = "SCRIPT_NAME",
    [WEB_PATH] = "PATH_INFO",
    [WEB_QUERY] = "QUERY_STRING",
    [WEB_IF_NONE_MATCH] = "HTTP_IF_NONE_MATCH",
    [WEB_HTTPS] = "HTTPS",
    [WEB_SERVER_NAME] = "SERVER_NAME",
    [WEB_SERVER_PORT] = "SERVER_PORT",
};

enum {
    VARIABLE_BYTES_MAX = 16 * 1024 /* bytes: twice the longest query string that is read */
};

enum status web_request_write(struct buffer *message, const struct web_request *request)
{
    enum status status = OK;
    for (int i = 0; !status && i < WEB_VARIABLES; i++) {
        struct span value = span_cut(request->variable[i], 0, VARIABLE_BYTES_MAX);
        uint32_t length = (uint32_t)value.length;
        status = buffer_append(message, (const char *)&length, sizeof length);
        if (!status) status = buffer_append_span(message, value);
    }
    return status;
}

enum status web_request_read(struct web_request *out, struct span message)
{
    struct web_request request = {0};
    size_t at = 0;
    for (int i = 0; i < WEB_VARIABLES; i++) {
        uint32_t length;
        if (message.length - at < sizeof length) return INVALID;
        memcpy(&length, message.data + at, sizeof length);
        at += sizeof length;
        if (message.length - at < length) return INVALID;
        request.variable[i] = span_cut(message, at, at + length);
        at += length;
    }
    if (at != message.length) return INVALID;
    *out = request;
    return OK;
}

bool web_is_head(const struct web_request *request)
{
    return span_equal(request->variable[WEB_METHOD], SPAN("HEAD"));
}

bool web_is_get(const struct web_request *request)
{
    return web_is_head(request) || span_equal(request->variable[WEB_METHOD], SPAN("GET"));
}

static bool is_one_of(char byte, const char *set)
{
    return byte && strchr(set, byte) != NULL;
}

static bool is_alphanumeric(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

enum status web_script(struct buffer *out, const struct web_request *request)
{
    struct span script = request->variable[WEB_SCRIPT];
    enum status status = OK;
    /* Two slashes at the start would name another host. */
    while (script.length > 1 && script.data[0] == '/' && (script.data[1] == '/' || script.data[1] == '\\'))
        script = span_cut(script, 1, script.length);
    if (!script.length || script.data[0] != '/') status = buffer_append_byte(out, '/');
    for (size_t i = 0; !status && i < script.length; i++) {
        char byte = script.data[i];
        status = is_alphanumeric(byte) || is_one_of(byte, "/-._~")
                     ? buffer_append_byte(out, byte)
                     : buffer_printf(out, "%%%02X", (unsigned)(unsigned char)byte);
    }
    return status;
}

static bool is_host(struct span name)
{
    for (size_t i = 0; i < name.length; i++)
        if (!is_alphanumeric(name.data[i]) && !is_one_of(name.data[i], "-.:[]")) return false;
    return name.length && name.length < 256;
}

static bool is_port(struct span port)
{
    for (size_t i = 0; i < port.length; i++)
        if (port.data[i] < '0' || port.data[i] > '9') return false;
    return port.length && port.length <= 5;
}

enum status web_address(struct buffer *out, const struct web_request *request)
{
    struct span name = request->variable[WEB_SERVER_NAME], port = request->variable[WEB_SERVER_PORT];
    struct span https = request->variable[WEB_HTTPS];
    bool secure = https.length && !span_equal_fold(https, SPAN("off"));
    enum status status = buffer_append_string(out, secure ? "https://" : "http://");
    if (!status) status = buffer_append_span(out, is_host(name) ? name : SPAN("localhost"));
    if (!status && is_port(port) && !span_equal(port, secure ? SPAN("443") : SPAN("80")) &&
        !(name.length && memchr(name.data, ':', name.length) && name.data[name.length - 1] != ']')) {
        status = buffer_append_byte(out, ':');
        if (!status) status = buffer_append_span(out, port);
    }
    return status ? status : web_script(out, request);
}

void web_response_init(struct web_response *response)
{
    response->status = 200;
    buffer_init(&response->headers, WEB_HEADER_BYTES_MAX);
    html_init(&response->body);
}

void web_response_release(struct web_response *response)
{
    buffer_release(&response->headers);
    html_release(&response->body);
}

void web_response_clear(struct web_response *response)
{
    response->status = 200;
    buffer_clear(&response->headers);
    buffer_clear(&response->body.out);
    response->body.status = OK;
}

void web_header(struct web_response *response, const char *name, struct span value)
{
    struct buffer *out = &response->headers;
    enum status status = buffer_printf(out, "%s: ", name);
    for (size_t i = 0; !status && i < value.length; i++)
        if ((unsigned char)value.data[i] >= ' ' && value.data[i] != 0x7F)
            status = buffer_append_byte(out, value.data[i]);
    if (!status) status = buffer_append(out, "\r\n", 2);
    if (status) response->body.status = status;
}

static const char *reason(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {{200, "OK"},
                   {304, "Not Modified"},
                   {400, "Bad Request"},
                   {404, "Not Found"},
                   {405, "Method Not Allowed"},
                   {414, "URI Too Long"},
                   {500, "Internal Server Error"},
                   {503, "Service Unavailable"}};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].status == status) return reasons[i].reason;
    return "Status";
}

/* Nothing but what comes from the program itself; the icon is a data address, so that no request is made for one. */
static const char safety[] =
    "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "X-Frame-Options: DENY\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n";

enum status web_response_write(struct buffer *out, const struct web_response *response, bool head)
{
    const struct buffer *body = &response->body.out;
    enum status status = response->body.status;
    if (!status) status = buffer_printf(out, "Status: %d %s\r\n", response->status, reason(response->status));
    if (!status) status = buffer_append_span(out, buffer_span(&response->headers));
    if (!status) status = buffer_append_string(out, safety);
    if (!status && response->status != 304) status = buffer_printf(out, "Content-Length: %zu\r\n", body->length);
    if (!status) status = buffer_append(out, "\r\n", 2);
    if (!status && !head) status = buffer_append_span(out, buffer_span(body));
    return status;
}
