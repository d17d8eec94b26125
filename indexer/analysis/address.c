/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tokenise.h"

#include <string.h>

enum {
    LABELS_MAX = 12, /* of a host name; more dots than that are something else */
    LOCAL_MAX = 64,  /* characters before the @ of an e-mail address: RFC 5321, 4.5.3.1.1 */
    SCHEME_MAX = 10  /* characters of a URL's scheme worth knowing */
};

/* Ends of host names: the generic ones in use and the country codes of ISO 3166-1 that are delegated. */
static const char *const top_domains = " com org net edu gov mil int info biz name pro coop museum aero asia jobs mobi "
                                       "travel tel cat post arpa app dev xyz "
                                       "online site tech news blog shop store cloud "
                                       "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj "
                                       "bm bn bo br bs bt bw by bz ca cc cd cf "
                                       "cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es "
                                       "et eu fi fj fk fm fo fr ga gd ge gf gg "
                                       "gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq "
                                       "ir is it je jm jo jp ke kg kh ki km kn "
                                       "kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn "
                                       "mo mp mq mr ms mt mu mv mw mx my mz na "
                                       "nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py "
                                       "qa re ro rs ru rw sa sb sc sd se sg sh "
                                       "si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr "
                                       "tt tv tw tz ua ug uk us uy uz va vc ve "
                                       "vg vi vn vu wf ws ye yt za zm zw ";

struct host {
    size_t end;
    size_t labels;
    size_t last; /* where the last label begins */
};

static bool is_top_domain(const struct chunk *chunk, size_t first, size_t end)
{
    char word[16] = " ";
    size_t length = 1;
    for (size_t i = first; i < end; i++) {
        if (chunk->runes[i].code >= 0x80 || length > 12) return false;
        word[length++] = (char)chunk->runes[i].code;
    }
    word[length++] = ' ';
    word[length] = '\0';
    return strstr(top_domains, word) != NULL;
}

/* Labels of letters, digits and inner hyphens with dots between them. */
static struct host host_at(const struct chunk *chunk, size_t i)
{
    struct host host = {i, 0, i};
    while (word_at(chunk, i) && host.labels < LABELS_MAX) {
        host.last = i;
        do {
            i = atom_end(chunk, i);
            while (code_at(chunk, i) == '-') i++;
        } while (word_at(chunk, i));
        while (chunk->runes[i - 1].code == '-') i--;
        host.labels++;
        host.end = i;
        if (code_at(chunk, i) != '.') break;
        i++;
    }
    return host;
}

static bool only_letters(const struct chunk *chunk, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (chunk->runes[i].class != CLASS_LETTER) return false;
    return end - first >= 2;
}

/* True when [first, end) is small, or all capitals like everything from [whole] on: "example.com", "ASP.NET"; not the
 * two sentences of "end.It". */
static bool even_case(const struct chunk *chunk, size_t whole, size_t first, size_t end)
{
    size_t capitals = 0, letters = 0, last_capitals = 0;
    for (size_t i = whole; i < end; i++) {
        bool capital = chunk->runes[i].flags & RUNE_UPPER;
        letters += chunk->runes[i].class == CLASS_LETTER;
        capitals += capital;
        if (i >= first) last_capitals += capital;
    }
    return last_capitals == 0 || capitals == letters;
}

/* The end of a bare host name at [i], or [i]. */
static size_t bare_host_end(const struct chunk *chunk, size_t i)
{
    struct host host = host_at(chunk, i);
    bool www = code_at(chunk, i) == 'w' && code_at(chunk, i + 1) == 'w' && code_at(chunk, i + 2) == 'w' &&
               code_at(chunk, i + 3) == '.';
    if (host.labels < 2 || !only_letters(chunk, host.last, host.end)) return i;
    if (www) return host.labels > 2 ? host.end : i;
    bool named = false;
    for (size_t k = i; k < host.last; k++) named = named || chunk->runes[k].class == CLASS_LETTER;
    bool known = is_top_domain(chunk, host.last, host.end) && even_case(chunk, i, host.last, host.end);
    return named && known ? host.end : i;
}

/* The end of an e-mail address at [i], or [i]: words with single signs between them, then a host. */
static size_t mail_end(const struct chunk *chunk, size_t i)
{
    size_t at = i;
    while (word_at(chunk, at) && at - i <= LOCAL_MAX) {
        at = atom_end(chunk, at);
        uint32_t sign = code_at(chunk, at);
        if ((sign != '.' && sign != '_' && sign != '+' && sign != '-') || !word_at(chunk, at + 1)) break;
        at++;
    }
    if (code_at(chunk, at) != '@') return i;
    struct host host = host_at(chunk, at + 1);
    return host.labels >= 2 && only_letters(chunk, host.last, host.end) ? host.end : i;
}

static bool in_url(const struct rune *rune)
{
    if (is_word_class(rune->class) || rune->class == CLASS_MARK) return true;
    return rune->code && rune->code < 0x80 && strchr("-._~:/?#[]@!$&()*+,;=%", (int)rune->code);
}

/* The end of the URL whose host ends at [i]: path, query and fragment, without the punctuation of the sentence. */
static size_t url_end(const struct chunk *chunk, size_t i)
{
    size_t start = i, open = 0;
    while (i < chunk->count && in_url(&chunk->runes[i])) {
        if (chunk->runes[i].code == '(') open++;
        if (chunk->runes[i].code == ')' && open-- == 0) break;
        i++;
    }
    while (i > start && strchr(".,;:!?([*_~-", (int)(code_at(chunk, i - 1) < 0x80 ? code_at(chunk, i - 1) : 'a'))) i--;
    return i;
}

/* The first character after "scheme://" at [i], or [i]. */
static size_t after_scheme(const struct chunk *chunk, size_t i)
{
    size_t at = i;
    while (at - i < SCHEME_MAX && word_at(chunk, at)) at++;
    bool scheme = code_at(chunk, at) == ':' && code_at(chunk, at + 1) == '/' && code_at(chunk, at + 2) == '/';
    return scheme && word_at(chunk, at + 3) ? at + 3 : i;
}

/* Adds the address of characters [first, end), whose form begins at [body], and the words in it. */
static void take_address(struct analyser *a, size_t first, size_t body, size_t end)
{
    const struct chunk *chunk = &a->chunk;
    struct word_key key = {.length = 0};
    size_t index = a->count;
    uint32_t before = a->position;
    struct token *token = add_token(a, TOKEN_ADDRESS, chunk->runes[first].start, chunk->runes[end - 1].end, before + 1);
    key_add(&key, chunk, body, end);
    while (key.length > 1 && key.bytes[key.length - 1] == '/') key.length--;
    set_plain(a, token, (struct span){key.bytes, key.length});
    for (size_t i = body; i < end;) {
        if (!word_at(chunk, i)) {
            i++;
            continue;
        }
        struct part part = {.first = i, .end = atom_end(chunk, i)};
        if (part.end > end) part.end = end;
        part_token(a, &part, ++a->position);
        i = part.end;
    }
    if (index < a->count) a->tokens[index].width = (uint16_t)(a->position - before);
}

size_t address_tokens(struct analyser *a, size_t i)
{
    const struct chunk *chunk = &a->chunk;
    size_t body = after_scheme(chunk, i), end = body;
    if (body != i) {
        end = url_end(chunk, atom_end(chunk, body));
    } else if (chunk->has_at) {
        end = mail_end(chunk, i);
    }
    if (end == i) {
        end = bare_host_end(chunk, i);
        if (end != i && (code_at(chunk, end) == '/' || code_at(chunk, end) == ':')) end = url_end(chunk, end);
    }
    if (end == i) return i;
    take_address(a, i, body, end);
    return end;
}
