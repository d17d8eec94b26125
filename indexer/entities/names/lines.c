/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/work.h"

#include <stdlib.h>
#include <string.h>

enum {
    FURNITURE_WORDS_MAX = 12, /* words of a line made of menu words */
    NOTICE_WORDS_MAX = 30,    /* words of a copyright or contact line */
    HEADLINE_WORDS_MIN = 5,   /* longer words in a line that may be a headline in title case */
    SHOUT_LETTERS_MIN = 8     /* fewer capitals are an acronym, not a line that shouts */
};

bool array_grow(void **data, size_t *capacity, size_t count, size_t size)
{
    size_t wanted = *capacity ? *capacity : 256;
    while (wanted < count) wanted *= 2;
    void *grown = realloc(*data, wanted * size);
    if (!grown) return false;
    *data = grown;
    *capacity = wanted;
    return true;
}

enum status work_pieces(struct work *work, const struct tag_token *tokens, size_t count)
{
    work->pieces.count = 0;
    if (!ARRAY_ROOM(work->token_piece, count + 1)) return NO_MEMORY;
    size_t end = 0;
    for (size_t i = 0; i < count; i++) {
        size_t room = 32;
        if (!ARRAY_ROOM(work->pieces, work->pieces.count + room)) return NO_MEMORY;
        struct piece *piece = work->pieces.data + work->pieces.count;
        size_t added = pieces_of_token(piece, room, work->text, tokens[i].start, tokens[i].length);
        work->token_piece.data[i] = (uint32_t)work->pieces.count;
        if (added && tokens[i].sentence) piece->flags |= PIECE_SENTENCE;
        if (added && (i == 0 || memchr(work->text.data + end, '\n', tokens[i].start - end))) piece->flags |= PIECE_LINE;
        if (added && i && tokens[i].start == end) piece->flags |= PIECE_GLUED;
        work->pieces.count += added;
        end = tokens[i].start + tokens[i].length;
    }
    work->token_piece.data[count] = (uint32_t)work->pieces.count;
    if (!ARRAY_ROOM(work->owner, work->pieces.count + 1)) return NO_MEMORY;
    memset(work->owner.data, 0, work->pieces.count * sizeof *work->owner.data);
    if (!ARRAY_ROOM(work->found, work->pieces.count + 1)) return NO_MEMORY;
    memset(work->found.data, 0xFF, work->pieces.count * sizeof *work->found.data);
    return OK;
}

struct span piece_text(const struct work *work, size_t piece)
{
    const struct piece *p = &work->pieces.data[piece];
    return span_cut(work->text, p->start, p->start + p->length);
}

struct span pieces_text(const struct work *work, size_t first, size_t last)
{
    const struct piece *end = &work->pieces.data[last];
    return span_cut(work->text, work->pieces.data[first].start, (size_t)end->start + end->length);
}

bool piece_joins(const struct work *work, size_t piece)
{
    static const char *const words[] = {"of", "for", "the", "and", "&",  "on", "de",
                                        "to", "in",  "dan", "ng",  "sa", "der"};
    const struct piece *p = &work->pieces.data[piece];
    if (p->length > 3 || p->flags & (PIECE_CAPITAL | PIECE_DIGIT)) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (piece_equals(work, piece, words[i])) return true;
    return false;
}

bool piece_capital(const struct work *work, size_t piece)
{
    unsigned flags = work->pieces.data[piece].flags;
    return flags & PIECE_CAPITAL && flags & PIECE_WORD && !(flags & (PIECE_SHUT | PIECE_POSSESSIVE));
}

/* What the built-in lists have for the word at [piece]: asked for many times, so looked up once. */
static uint32_t find_word(const struct work *work, const struct lists *lists, size_t piece)
{
    uint32_t *found = &work->found.data[piece];
    if (*found == NOT_LOOKED) *found = lists_find(lists, phrase_join(0, work->pieces.data[piece].hash));
    return *found;
}

uint32_t piece_classes(const struct work *work, size_t piece)
{
    uint32_t classes = 0;
    const struct lists *builtin = lists_builtin(), *user = user_names_lists(work->user);
    const struct list_record *record = lists_record(builtin, find_word(work, builtin, piece));
    for (; record; record = lists_record(builtin, record->next)) classes |= record->classes;
    if (!user) return classes;
    record = lists_record(user, lists_find(user, phrase_join(0, work->pieces.data[piece].hash)));
    for (; record; record = lists_record(user, record->next)) classes |= record->classes;
    return classes;
}

/* Whether no name goes on at [piece]: a sentence begins there, and not just a line that the next words go on in. */
static bool is_broken(const struct work *work, size_t piece)
{
    const struct piece *here = &work->pieces.data[piece], *before = here - 1;
    if (!(here->flags & PIECE_SENTENCE)) return false;
    if (!(here->flags & PIECE_LINE) || !(before->flags & PIECE_WORD)) return true;
    size_t end = (size_t)before->start + before->length, breaks = 0;
    for (size_t i = end; i < here->start && breaks < 2; i++) breaks += work->text.data[i] == '\n';
    return breaks > 1;
}

size_t phrase_at(const struct work *work, size_t piece, size_t end, uint32_t classes, const struct list_record **record,
                 const struct lists **lists)
{
    size_t best = 0;
    const struct lists *sources[] = {user_names_lists(work->user), lists_builtin()};
    for (size_t s = 0; s < 2; s++) {
        if (!sources[s]) continue;
        uint64_t hash = 0;
        for (size_t at = piece; at < end && at - piece < LIST_PHRASE_MAX; at++) {
            if (at > piece && is_broken(work, at)) break;
            hash = phrase_join(hash, work->pieces.data[at].hash);
            uint32_t value = at == piece && s == 1 ? find_word(work, sources[s], at) : lists_find(sources[s], hash);
            if (!value) break;
            const struct list_record *found = lists_record(sources[s], value);
            while (found && !(found->classes & classes)) found = lists_record(sources[s], found->next);
            if (found && at + 1 - piece > best) {
                best = at + 1 - piece;
                if (record) *record = found;
                if (lists) *lists = sources[s];
            }
            if (!(value & LIST_PREFIX)) break;
        }
    }
    return best;
}

const struct list_record *phrase_whole(const struct work *work, size_t first, size_t last, uint32_t classes,
                                       const struct lists **lists)
{
    const struct list_record *record = NULL;
    return phrase_at(work, first, last + 1, classes, &record, lists) == last + 1 - first ? record : NULL;
}

enum tag_type record_type(const struct list_record *record)
{
    if (record->classes & IS_ADDED) return (enum tag_type)record->kind;
    if (record->classes & IS_ORGANIZATION) return TAG_ORGANIZATION;
    return record->classes & (IS_PLACE | IS_CITY_SMALL | IS_ABBREVIATION) ? TAG_PLACE : (enum tag_type)TAG_NONE;
}

static void mark(struct work *work, size_t start, size_t end, unsigned flag)
{
    for (size_t i = start; i < end; i++) work->pieces.data[i].flags |= (uint16_t)flag;
}

/* Whether the line is made of menu words, or is a notice: copyright, address. */
static bool is_furniture(const struct work *work, size_t start, size_t end, size_t words)
{
    bool notice = false, menu = words > 0 && words <= FURNITURE_WORDS_MAX;
    size_t letters = 0;
    for (size_t i = start; i < end;) {
        const struct piece *piece = &work->pieces.data[i];
        size_t phrase = phrase_at(work, i, end, IS_FURNITURE, NULL, NULL);
        if (piece->flags & PIECE_WORD && !phrase) menu = false;
        if (piece->flags & PIECE_WORD && piece->length > 1) letters++;
        if (piece_equals(work, i, "©") || piece_equals(work, i, "Copyright") || piece_equals(work, i, "Tel") ||
            piece_equals(work, i, "Fax") || piece_equals(work, i, "TEL") || piece_equals(work, i, "FAX"))
            notice = true;
        if (piece_equals(work, i, "Reserved") || piece_equals(work, i, "reserved")) notice |= i > start;
        i += phrase ? phrase : 1;
    }
    if (words == 1 && letters == 0 && end - start == 1) return true;
    return menu || (notice && words <= NOTICE_WORDS_MAX);
}

/* Initials of those who wrote and edited: "LGI/BNB/RSM". Agencies, "PNA/Kyodo", are on the lists. */
static void shut_initials(struct work *work, size_t start, size_t end)
{
    for (size_t i = start; i + 2 < end; i++) {
        size_t last = i;
        bool known = true;
        while (last < end && (work->pieces.data[last].flags & PIECE_UPPER) && work->pieces.data[last].length <= 4) {
            known = known && (piece_classes(work, last) & IS_KNOWN);
            if (last + 2 >= end || !piece_equals(work, last + 1, "/")) break;
            last += 2;
        }
        if (last > i && last < end && work->pieces.data[last].flags & PIECE_UPPER && !known)
            mark(work, i, last + 1, PIECE_SHUT);
        i = last;
    }
}

void work_lines(struct work *work)
{
    struct piece *piece = work->pieces.data;
    size_t shouted = 0;
    for (size_t start = 0, end; start < work->pieces.count; start = end) {
        size_t words = 0, letters = 0, long_words = 0, capitals = 0;
        bool shout = true;
        for (end = start; end < work->pieces.count && (end == start || !(piece[end].flags & PIECE_LINE)); end++) {
            if (!(piece[end].flags & PIECE_WORD)) continue;
            words++;
            letters += piece[end].length;
            if (!(piece[end].flags & PIECE_UPPER)) shout = false;
            if (piece[end].length > 3) {
                long_words++;
                if (piece[end].flags & PIECE_CAPITAL) capitals++;
            }
        }
        if (words <= NOTICE_WORDS_MAX && is_furniture(work, start, end, words)) mark(work, start, end, PIECE_SHUT);
        if (shout && words > 1 && letters >= SHOUT_LETTERS_MIN) {
            mark(work, start, end, PIECE_SHOUT);
            shouted += end - start;
        }
        if (long_words >= HEADLINE_WORDS_MIN && capitals * 10 >= long_words * 9 && !piece_equals(work, end - 1, "."))
            mark(work, start, end, PIECE_HEADLINE);
        shut_initials(work, start, end);
    }
    /* A text that is all capitals does not shout: it is how the agency writes. */
    if (shouted * 2 > work->pieces.count)
        for (size_t i = 0; i < work->pieces.count; i++) piece[i].flags &= (uint16_t)~PIECE_SHOUT;
}
