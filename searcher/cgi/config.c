/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/config.h"

#include "searcher/cgi/html.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* The page's grounds, as style.css has them: accents are checked against them. */
static const char ground_light[] = "#ffffff", ground_dark[] = "#15181c";
static const double contrast_min = 4.5; /* WCAG 2.2, success criterion 1.4.3 */

/* A configuration while it is read. */
struct reading {
    struct config *config;
    const char *path;
    struct error *error;
    size_t line;
};

struct key {
    const char *name;
    enum status (*set)(struct reading *, const struct key *, struct span argument, struct span value);
    size_t offset;
    size_t minimum, maximum; /* of a number; bytes of a text */
    bool takes_argument;     /* index NAME = …, link FOLDER = … */
};

static enum status wrong(struct reading *reading, const char *what, const char *cure)
{
    return fail_at(reading->error, INVALID, reading->line, "%s:%zu: %s (%s)", reading->path, reading->line, what, cure);
}

static void *field(struct reading *reading, const struct key *key)
{
    return (char *)reading->config + key->offset;
}

static enum status keep(struct reading *reading, struct span *out, struct span text)
{
    char *copy = arena_copy(&reading->config->arena, text);
    if (!copy) return fail(reading->error, NO_MEMORY, "out of memory");
    *out = (struct span){copy, text.length};
    return OK;
}

/* [path] as it is, or below the configuration's folder. */
static enum status keep_path(struct reading *reading, struct span *out, struct span path)
{
    const char *slash = strrchr(reading->path, '/');
    struct buffer whole;
    if (path.data[0] == '/' || !slash) return keep(reading, out, path);
    buffer_init(&whole, 64 * 1024);
    enum status status = buffer_append(&whole, reading->path, (size_t)(slash - reading->path) + 1);
    if (!status) status = buffer_append_span(&whole, path);
    status = status ? fail(reading->error, status, "out of memory") : keep(reading, out, buffer_span(&whole));
    buffer_release(&whole);
    return status;
}

static enum status set_text(struct reading *reading, const struct key *key, struct span argument, struct span value)
{
    (void)argument;
    if (value.length > key->maximum) return wrong(reading, "the text is too long", "shorten it to some lines");
    return keep(reading, field(reading, key), value);
}

static enum status set_address(struct reading *reading, const struct key *key, struct span argument, struct span value)
{
    (void)argument;
    bool local = value.length && value.data[0] == '/' && !span_starts(value, SPAN("//"));
    if (!local && !html_is_web_address(value))
        return wrong(reading, "not a web address", "write https://example.org/… or /path");
    return keep(reading, field(reading, key), value);
}

static enum status set_base(struct reading *reading, const struct key *key, struct span argument, struct span value)
{
    if (!html_is_web_address(value) || memchr(value.data, '?', value.length) || memchr(value.data, '#', value.length))
        return wrong(reading, "not the whole address of a page", "write https://example.org/search");
    while (value.length && value.data[value.length - 1] == '/') value.length--;
    return set_text(reading, key, argument, value);
}

static enum status set_contact(struct reading *reading, const struct key *key, struct span argument, struct span value)
{
    const char *at = memchr(value.data, '@', value.length);
    bool mail = at && at > value.data && at + 1 < value.data + value.length && !memchr(value.data, ' ', value.length);
    if (!mail && !html_is_web_address(value))
        return wrong(reading, "neither an e-mail address nor a web address", "write someone@example.org");
    return set_text(reading, key, argument, value);
}

static enum status set_number(struct reading *reading, const struct key *key, struct span argument, struct span value)
{
    size_t number = 0;
    bool good = value.length && value.length <= 9;
    char cure[80];
    (void)argument;
    for (size_t i = 0; good && i < value.length; i++) {
        good = value.data[i] >= '0' && value.data[i] <= '9';
        number = number * 10 + (size_t)(value.data[i] - '0');
    }
    snprintf(cure, sizeof cure, "a whole number from %zu to %zu", key->minimum, key->maximum);
    if (!good || number < key->minimum || number > key->maximum) return wrong(reading, "not such a number", cure);
    *(size_t *)field(reading, key) = number;
    return OK;
}

static enum status set_switch(struct reading *reading, const struct key *key, struct span argument, struct span value)
{
    (void)argument;
    bool on = span_equal(value, SPAN("on"));
    if (!on && !span_equal(value, SPAN("off"))) return wrong(reading, "neither on nor off", "write on or off");
    *(bool *)field(reading, key) = on;
    return OK;
}

static enum status set_colour(struct reading *reading, const struct key *key, struct span argument, struct span value)
{
    bool dark = key->offset == offsetof(struct config, accent_dark);
    double contrast = config_contrast(value, span_of(dark ? ground_dark : ground_light));
    char cure[80];
    if (contrast == 0) return wrong(reading, "not a colour", "write #rrggbb, such as #1f4e79");
    snprintf(cure, sizeof cure, "its contrast is %.1f, and 4.5 is the least: take a %s one", contrast,
             dark ? "lighter" : "darker");
    if (contrast < contrast_min)
        return wrong(reading, dark ? "too dark to be read on the dark page" : "too light to be read on the light page",
                     cure);
    return set_text(reading, key, argument, value);
}

static bool is_name(struct span text)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        if (!((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_')) return false;
    }
    return text.length && text.length <= 64;
}

static struct config_index *index_at(struct config *config, struct span name)
{
    for (size_t i = 0; i < config->index_count; i++)
        if (span_equal(config->index[i].name, name)) return &config->index[i];
    return NULL;
}

static enum status set_index(struct reading *reading, const struct key *key, struct span argument, struct span value)
{
    struct config *config = reading->config;
    struct config_index *index = &config->index[config->index_count];
    (void)key;
    if (!is_name(argument))
        return wrong(reading, "an index without a good name", "index news = /srv/news.db; a-z 0-9 - _");
    if (index_at(config, argument)) return wrong(reading, "a second index of that name", "give it another");
    if (config->index_count == CONFIG_INDEXES_MAX) return wrong(reading, "too many indexes", "at most 32");
    if (!value.length) return wrong(reading, "an index without a path", "index news = /srv/news.db");
    *index = (struct config_index){0};
    enum status status = keep(reading, &index->name, argument);
    if (!status) status = keep_path(reading, &index->path, value);
    if (!status) config->index_count++;
    return status;
}

static enum status set_index_title(struct reading *reading, const struct key *key, struct span argument,
                                   struct span value)
{
    struct config_index *index = index_at(reading->config, argument);
    (void)key;
    if (!index) return wrong(reading, "a title for an index that is not there", "put its index line above");
    return keep(reading, &index->title, value);
}

static enum status set_link(struct reading *reading, const struct key *key, struct span argument, struct span value)
{
    struct config *config = reading->config;
    struct config_link *link = &config->link[config->link_count];
    (void)key;
    if (!argument.length || argument.data[0] != '/')
        return wrong(reading, "a link without an absolute folder",
                     "link /srv/documents/ = https://example.org/documents/");
    if (!html_is_web_address(value)) return wrong(reading, "not a web address", "write https://example.org/documents/");
    if (config->link_count == CONFIG_LINKS_MAX) return wrong(reading, "too many links", "at most 32");
    enum status status = keep(reading, &link->folder, argument);
    if (!status) status = keep(reading, &link->url, value);
    if (!status) config->link_count++;
    return status;
}

#define TEXT(name, member, bytes)                                                                                      \
    {                                                                                                                  \
        name, set_text, offsetof(struct config, member), 0, bytes, false                                               \
    }
#define NUMBER(name, member, minimum, maximum)                                                                         \
    {                                                                                                                  \
        name, set_number, offsetof(struct config, member), minimum, maximum, false                                     \
    }

static const struct key keys[] = {
    {"index", set_index, 0, 0, 0, true},
    {"index-title", set_index_title, 0, 0, 0, true},
    {"link", set_link, 0, 0, 0, true},
    TEXT("title", title, 200),
    TEXT("description", description, 1000),
    TEXT("header", header, 1000),
    TEXT("footer", footer, 1000),
    {"contact", set_contact, offsetof(struct config, contact), 0, 300, false},
    {"base-url", set_base, offsetof(struct config, base_url), 0, 1000, false},
    {"stylesheet", set_address, offsetof(struct config, stylesheet), 0, 1000, false},
    {"script", set_address, offsetof(struct config, script), 0, 1000, false},
    {"accent", set_colour, offsetof(struct config, accent), 0, 7, false},
    {"accent-dark", set_colour, offsetof(struct config, accent_dark), 0, 7, false},
    NUMBER("page-size", page_size, 10, 100),
    NUMBER("depth", depth, 100, 1000000),
    NUMBER("deadline", deadline, 1, 600),
    NUMBER("memory", memory, 256, 1000000),
    NUMBER("workers", workers, 1, 256),
    NUMBER("recycle", recycle, 1, 100000000),
    {"shortcuts", set_switch, offsetof(struct config, shortcuts), 0, 0, false},
};

enum { KEYS = sizeof keys / sizeof *keys };

static enum status unknown_key(struct reading *reading, struct span name)
{
    struct buffer list;
    buffer_init(&list, ERROR_BYTES_MAX);
    for (int i = 0; i < KEYS; i++) buffer_printf(&list, "%s%s", i ? ", " : "", keys[i].name);
    enum status status =
        fail_at(reading->error, INVALID, reading->line, "%s:%zu: unknown key '%.*s' (there are: %s)", reading->path,
                reading->line, (int)(name.length < 60 ? name.length : 60), name.data, list.data ? list.data : "");
    buffer_release(&list);
    return status;
}

static enum status read_line(struct reading *reading, bool seen[KEYS], struct span line)
{
    line = span_trim(line);
    if (!line.length || line.data[0] == '#') return OK;
    if (!utf8_valid(line) || memchr(line.data, '\0', line.length))
        return wrong(reading, "not UTF-8 text", "save the file as UTF-8");
    const char *equals = memchr(line.data, '=', line.length);
    if (!equals) return wrong(reading, "a line without =", "write KEY = VALUE; a remark begins with #");
    size_t at = (size_t)(equals - line.data), end = 0;
    struct span left = span_trim(span_cut(line, 0, at)), value = span_trim(span_cut(line, at + 1, line.length));
    while (end < left.length && left.data[end] != ' ' && left.data[end] != '\t') end++;
    struct span name = span_cut(left, 0, end), argument = span_trim(span_cut(left, end, left.length));
    int key = 0;
    while (key < KEYS && !span_equal(name, span_of(keys[key].name))) key++;
    if (key == KEYS) return unknown_key(reading, name);
    if (!keys[key].takes_argument && argument.length)
        return wrong(reading, "something between the key and =", "write KEY = VALUE");
    if (!value.length) return wrong(reading, "a key without a value", "give one, or remove the line");
    if (seen[key] && !keys[key].takes_argument) return wrong(reading, "a key given before", "keep one of the lines");
    seen[key] = true;
    return keys[key].set(reading, &keys[key], argument, value);
}

enum status config_parse(struct config *out, struct span text, const char *path, struct error *error)
{
    struct config config = {.page_size = 10,
                            .depth = 10000,
                            .deadline = 10,
                            .memory = 4096,
                            .workers = 2,
                            .recycle = 10000,
                            .shortcuts = true,
                            .title = SPAN("Search")};
    struct reading reading = {.config = &config, .path = path, .error = error};
    bool seen[KEYS] = {false};
    struct span rest = text, line;
    enum status status = OK;
    arena_init(&config.arena, 4 * (size_t)CONFIG_BYTES_MAX);
    config.hash = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < text.length; i++) config.hash = (config.hash ^ (unsigned char)text.data[i]) * 1099511628211u;
    while (!status && span_next_line(&rest, &line)) {
        reading.line++;
        status = read_line(&reading, seen, line);
    }
    if (!status && !config.index_count)
        status = fail_at(error, INVALID, reading.line, "%s: no index (add a line: index news = /srv/news.db)", path);
    if (!status && config.stylesheet.length && (config.accent.length || config.accent_dark.length))
        status = fail_at(error, INVALID, reading.line,
                         "%s: accent colours and a stylesheet of your own (set the colours in that stylesheet)", path);
    if (status)
        arena_release(&config.arena);
    else
        *out = config;
    return status;
}

enum status config_load(struct config *out, const char *path, struct error *error)
{
    struct buffer text;
    char block[8192];
    size_t got;
    FILE *file = fopen(path, "re");
    if (!file)
        return fail(error, errno == ENOENT ? NOT_FOUND : IO,
                    "cannot read the configuration '%s': %s (set $DOSSIER_CONFIG to it)", path, strerror(errno));
    buffer_init(&text, CONFIG_BYTES_MAX);
    enum status status = OK;
    while (!status && (got = fread(block, 1, sizeof block, file)) > 0) status = buffer_append(&text, block, got);
    if (!status && ferror(file))
        status = fail(error, IO, "cannot read the configuration '%s': %s", path, strerror(errno));
    else if (status)
        fail(error, status, "the configuration '%s' is larger than %d bytes", path, CONFIG_BYTES_MAX);
    fclose(file);
    if (!status) status = config_parse(out, buffer_span(&text), path, error);
    buffer_release(&text);
    return status;
}

void config_release(struct config *config)
{
    arena_release(&config->arena);
    *config = (struct config){0};
}

const struct config_index *config_index_named(const struct config *config, struct span name)
{
    if (!name.length) return config->index_count ? &config->index[0] : NULL;
    for (size_t i = 0; i < config->index_count; i++)
        if (span_equal(config->index[i].name, name)) return &config->index[i];
    return NULL;
}

/* Relative luminance, WCAG 2.2; below 0 for what is no colour. */
static double luminance(struct span colour)
{
    static const double share[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    if (colour.length != 7 || colour.data[0] != '#') return -1;
    for (int i = 0; i < 3; i++) {
        unsigned value = 0;
        for (int k = 1; k <= 2; k++) {
            char byte = colour.data[2 * i + k];
            bool digit = byte >= '0' && byte <= '9';
            bool letter = (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
            if (!digit && !letter) return -1;
            value = value * 16 + (digit ? (unsigned)(byte - '0') : (unsigned)((byte | 0x20) - 'a' + 10));
        }
        double channel = value / 255.0;
        sum += share[i] * (channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double config_contrast(struct span one, struct span other)
{
    double a = luminance(one), b = luminance(other);
    if (a < 0 || b < 0) return 0;
    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}
