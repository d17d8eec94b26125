/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sentences.h"
#include "tokenise.h"

#include <string.h>

enum {
    COMPOUND_PARTS_MAX = 4, /* a chain of more is a list or a heading: only its parts are words */
    SHORT_NAME = 3          /* letters on each side of the & of AT&T */
};

size_t atom_end(const struct chunk *chunk, size_t i)
{
    while (++i < chunk->count) {
        const struct rune *rune = &chunk->runes[i];
        if (rune->class != CLASS_MARK && (!is_word_class(rune->class) || (rune->flags & RUNE_APART))) break;
    }
    return i;
}

static bool all_letters(const struct chunk *chunk, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (chunk->runes[i].class == CLASS_DIGIT) return false;
    return true;
}

static bool letter_at(const struct chunk *chunk, size_t i)
{
    return class_at(chunk, i) == CLASS_LETTER && !(chunk->runes[i].flags & RUNE_APART);
}

/* The end of letters with dots between them that begin at [i] (U.S., e.g., Ph.D.), the last dot included; [i] when
 * there are none. Only the first piece may have two letters: x.co is a host. */
static size_t initials_end(struct chunk *chunk, size_t i)
{
    size_t pieces = 0, end = i, at = i;
    while (class_at(chunk, at) == CLASS_LETTER) {
        size_t piece = atom_end(chunk, at);
        size_t letters = 0;
        for (size_t k = at; k < piece; k++) letters += chunk->runes[k].class == CLASS_LETTER;
        if (letters > (pieces ? 1 : 2) || !all_letters(chunk, at, piece)) break;
        pieces++;
        end = piece;
        if (code_at(chunk, piece) != '.') break;
        end = at = piece + 1;
    }
    if (pieces < 2) return i;
    for (size_t k = i; k < end; k++)
        if (chunk->runes[k].code == '.') chunk->runes[k].flags |= RUNE_DROPPED;
    return end;
}

/* What French and Italian write before an apostrophe and a vowel: two words in one. */
static bool is_elision(const struct chunk *chunk, size_t first, size_t end, size_t next)
{
    static const char *const prefixes[] = {"l",    "d",     "j",      "m",      "t",      "s",    "n",    "c",
                                           "qu",   "jusqu", "lorsqu", "puisqu", "quoiqu", "dell", "nell", "all",
                                           "sull", "dall",  "coll",   "un",     "quest",  "quell"};
    uint32_t vowel[2];
    if (!character_fold(chunk->runes[next].code, vowel)) return false;
    if (vowel[0] != 'a' && vowel[0] != 'e' && vowel[0] != 'i' && vowel[0] != 'o' && vowel[0] != 'u' &&
        vowel[0] != 'y' && vowel[0] != 'h')
        return false;
    for (size_t p = 0; p < sizeof prefixes / sizeof *prefixes; p++) {
        size_t i = 0;
        while (first + i < end && prefixes[p][i] && chunk->runes[first + i].code == (unsigned char)prefixes[p][i]) i++;
        if (first + i == end && !prefixes[p][i]) return true;
    }
    return false;
}

/* The end of the sign and letters after a word [first, end) that make one name with it: AT&T, C++, C#; else [end]. */
static size_t name_end(const struct chunk *chunk, size_t first, size_t end)
{
    if (code_at(chunk, end) == '&' && end - first <= SHORT_NAME && letter_at(chunk, end + 1)) {
        size_t second = atom_end(chunk, end + 1);
        bool entity = code_at(chunk, second) == ';'; /* "a&lt;b" left over from HTML */
        return second - end - 1 <= SHORT_NAME && !entity ? second : end;
    }
    if (code_at(chunk, end) == '+' && code_at(chunk, end + 1) == '+')
        return word_at(chunk, end + 2) || code_at(chunk, end + 2) == '+' ? end : end + 2;
    if (code_at(chunk, end) == '#' && end - first == 1 && !word_at(chunk, end + 1)) return end + 1;
    return end;
}

static bool is_hebrew(uint32_t code)
{
    return code >= 0x5D0 && code <= 0x5EA;
}

/* What the sign at [i], between two letters or digits, does to the word of [first]. */
enum sign_role {
    SIGN_PARTS,
    SIGN_JOINS,  /* and stays in the form: don't */
    SIGN_DROPS,  /* joins, and the form goes without: the dot of Catalan l·l, quotes inside Hebrew, 1980's */
    SIGN_ELISION /* parts, but the two are one compound: l'eau */
};

static enum sign_role sign_role(const struct chunk *chunk, size_t first, size_t i)
{
    uint32_t code = chunk->runes[i].code, before = chunk->runes[i - 1].code, after = chunk->runes[i + 1].code;
    bool apostrophe = chunk->runes[i].class == CLASS_APOSTROPHE;
    if (is_hebrew(before) && is_hebrew(after))
        return apostrophe || code == '"' || code == 0x5F3 || code == 0x5F4 ? SIGN_DROPS : SIGN_PARTS;
    if (code == 0xB7 && before == 'l' && after == 'l') return SIGN_DROPS;
    if (!apostrophe) return SIGN_PARTS;
    if (chunk->runes[first].class != CLASS_LETTER)
        return after == 's' && !word_at(chunk, i + 2) ? SIGN_DROPS : SIGN_PARTS;
    return is_elision(chunk, first, i, i + 1) ? SIGN_ELISION : SIGN_JOINS;
}

/* Passes what belongs to the word of [part] after its first letters, up to [end]; returns the word's end. */
static size_t word_tail(struct chunk *chunk, struct part *part, size_t end)
{
    size_t name = name_end(chunk, part->first, end);
    if (name != end && !word_at(chunk, name - 1)) return name; /* C++ */
    for (end = name; letter_at(chunk, end + 1);) {
        enum sign_role role = sign_role(chunk, part->first, end);
        part->elided = role == SIGN_ELISION;
        if (role == SIGN_PARTS || role == SIGN_ELISION) break;
        if (role == SIGN_DROPS) chunk->runes[end].flags |= RUNE_DROPPED;
        end = atom_end(chunk, end + 1);
    }
    return end;
}

/* The word that begins at [i], with what joins without a hyphen. */
static struct part part_at(struct chunk *chunk, size_t i)
{
    struct part part = {.first = i};
    size_t end;
    if (chunk->runes[i].class == CLASS_DIGIT) {
        end = word_tail(chunk, &part, number_end(chunk, i));
    } else {
        end = initials_end(chunk, i);
        if (end == i) {
            end = word_tail(chunk, &part, atom_end(chunk, i));
        } else if (class_at(chunk, end) == CLASS_APOSTROPHE && code_at(chunk, end + 1) == 's' &&
                   !word_at(chunk, end + 2)) {
            end += 2; /* the U.S.'s */
        }
    }
    part.end = end;
    for (size_t k = i; k < end; k++) part.has_letter = part.has_letter || chunk->runes[k].class == CLASS_LETTER;
    return part;
}

void key_add(struct word_key *key, const struct chunk *chunk, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        char bytes[4];
        if (chunk->runes[i].flags & RUNE_DROPPED) continue;
        size_t length = utf8_write(bytes, chunk->runes[i].code);
        if (key->length + length > TOKEN_BYTES_MAX) break;
        for (size_t b = 0; b < length; b++) key->bytes[key->length++] = bytes[b];
    }
    memset(key->bytes + key->length, 0, 8);
}

void part_token(struct analyser *a, const struct part *part, uint32_t position)
{
    const struct chunk *chunk = &a->chunk;
    bool number = chunk->runes[part->first].class == CLASS_DIGIT;
    struct token *token = add_token(a, number ? TOKEN_NUMBER : TOKEN_WORD, chunk->runes[part->first].start,
                                    chunk->runes[part->end - 1].end, position);
    struct word_key key = {.length = 0};
    key_add(&key, chunk, part->first, part->end);
    if (number) {
        set_plain(a, token, (struct span){key.bytes, key.length});
    } else {
        set_word(a, token, &key);
    }
}

/* The parts as one word beside them: wifi for Wi-Fi. */
static void compound_token(struct analyser *a, const struct part *parts, size_t count)
{
    const struct chunk *chunk = &a->chunk;
    struct token *token = add_token(a, TOKEN_COMPOUND, chunk->runes[parts[0].first].start,
                                    chunk->runes[parts[count - 1].end - 1].end, a->position + 1);
    struct word_key key = {.length = 0};
    for (size_t p = 0; p < count; p++) key_add(&key, chunk, parts[p].first, parts[p].end);
    set_word(a, token, &key);
    token->width = (uint16_t)count;
}

/* Adds the [count] parts of a chain, which [joins] as a compound or not. */
static void chain_tokens(struct analyser *a, const struct part *parts, size_t count, bool joins)
{
    bool letters = false;
    for (size_t p = 0; p < count; p++) letters = letters || parts[p].has_letter;
    if (joins && count > 1 && letters) compound_token(a, parts, count);
    for (size_t p = 0; p < count; p++) part_token(a, &parts[p], ++a->position);
}

/* True when the word before [end] goes on after a hyphen, an underscore or the apostrophe of an elision. */
static bool chain_goes_on(const struct chunk *chunk, const struct part *part)
{
    size_t end = part->end;
    return (part->elided || class_at(chunk, end) == CLASS_JOINER) && word_at(chunk, end + 1) &&
           !(chunk->runes[end + 1].flags & RUNE_APART);
}

/* Takes the words that begin at [i]: one, or a chain with hyphens, or two with a slash. Returns the end. */
static size_t word_tokens(struct analyser *a, size_t i)
{
    struct chunk *chunk = &a->chunk;
    struct part parts[COMPOUND_PARTS_MAX + 1];
    size_t count = 0;
    bool whole = true; /* the chain is short enough so far to be one compound */
    if (chunk->has_address) {
        size_t end = address_tokens(a, i);
        if (end != i) return end;
    }
    parts[count++] = part_at(chunk, i);
    while (chain_goes_on(chunk, &parts[count - 1])) {
        if (count > COMPOUND_PARTS_MAX) {
            chain_tokens(a, parts, count, false);
            whole = false;
            parts[0] = parts[count - 1];
            count = 0;
            parts[count++] = part_at(chunk, parts[0].end + 1);
        } else {
            parts[count] = part_at(chunk, parts[count - 1].end + 1);
            count++;
        }
    }
    size_t end = parts[count - 1].end;
    if (whole && count == 1 && code_at(chunk, end) == '/' && word_at(chunk, end + 1) &&
        (i == 0 || chunk->runes[i - 1].code != '/')) {
        struct part second = part_at(chunk, end + 1);
        if (!chain_goes_on(chunk, &second) && code_at(chunk, second.end) != '/') parts[count++] = second;
    }
    chain_tokens(a, parts, count, whole && count <= COMPOUND_PARTS_MAX);
    return parts[count - 1].end;
}

/* Takes a dot, hash or other sign that begins no ordinary word; returns the character after it. */
static size_t sign_tokens(struct analyser *a, size_t i)
{
    struct chunk *chunk = &a->chunk;
    bool after_word = i > 0 && is_word_class(chunk->runes[i - 1].class);
    if (chunk->runes[i].code == '.' && !after_word && code_at(chunk, i + 1) == 'n' && code_at(chunk, i + 2) == 'e' &&
        code_at(chunk, i + 3) == 't' && atom_end(chunk, i + 1) == i + 4) {
        struct part net = {.first = i, .end = i + 4, .has_letter = true}; /* the .NET of Microsoft */
        part_token(a, &net, ++a->position);
        return i + 4;
    }
    if (chunk->runes[i].class != CLASS_STOP) return i + 1;
    size_t passed = sentence_stop(a, chunk->runes[i].start);
    do i++;
    while (i < chunk->count && chunk->runes[i].start < passed);
    return i;
}

/* Passes the rest of a word longer than a chunk; the last token covers it. */
static size_t pass_long_word(struct analyser *a, size_t at)
{
    struct span text = span_cut(a->text, 0, a->end);
    size_t end = at;
    while (at < text.length) {
        unsigned class = character_class(utf8_next(text, &at));
        if (!is_word_class(class) && class != CLASS_MARK && class != CLASS_IGNORED) break;
        end = at;
    }
    if (a->count && end > a->tokens[a->count - 1].end) a->tokens[a->count - 1].end = (uint32_t)end;
    return end;
}

/* Gives up the end of a cut chunk behind the last sign that parts words; false when there is none. */
static bool cut_back(struct chunk *chunk, size_t *resume)
{
    for (size_t i = chunk->count - 1; i > 0; i--) {
        const struct rune *rune = &chunk->runes[i - 1];
        bool parts = rune->class == CLASS_BREAK || (rune->class == CLASS_STOP && rune->code >= 0x80);
        if (!parts || rune->end > chunk->runes[i].start || (rune->code < 0x80 && strchr("/&+#:@%=~", (int)rune->code)))
            continue;
        chunk->count = i;
        *resume = rune->end;
        return true;
    }
    return false;
}

size_t chunk_tokens(struct analyser *a, size_t resume)
{
    struct chunk *chunk = &a->chunk;
    bool open = chunk->cut && !cut_back(chunk, &resume);
    size_t i = 0;
    while (i < chunk->count) {
        unsigned class = chunk->runes[i].class;
        if (is_word_class(class)) {
            i = word_tokens(a, i);
            if (chunk->runes[i - 1].code == '.') { /* initials took their dot, which may also be a stop */
                size_t passed = sentence_stop(a, chunk->runes[i - 1].start);
                while (i < chunk->count && chunk->runes[i].start < passed) i++;
            } else if (open && i == chunk->count) {
                resume = pass_long_word(a, resume);
            }
        } else if (is_run_class(class)) {
            i = gram_tokens(a, i, open);
            if (open && i < chunk->count && is_run_class(chunk->runes[i].class)) return chunk->runes[i].start;
        } else {
            i = sign_tokens(a, i);
        }
    }
    return resume;
}
