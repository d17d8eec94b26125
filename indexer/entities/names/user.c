/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/user.h"

#include "indexer/entities/names/pieces.h"
#include "indexer/entities/names/table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    LIST_BYTES_MAX = 64 << 20,
    CHAIN_MAX = 8 /* aliases of aliases followed before giving up on a circle */
};

enum rule_kind { RULE_ALIAS, RULE_HIDE, RULE_TYPE };

struct rule {
    struct span key;    /* name_key of what it is about */
    struct span value;  /* RULE_ALIAS: the canonical name */
    enum tag_type type; /* 0: any */
    enum rule_kind kind;
    size_t order;
};

struct user_names {
    struct arena arena;
    struct rule *rules; /* sorted by key */
    size_t count, capacity;
    struct buffer table;
    struct lists lists;
    bool has_lists;
};

enum tag_type type_of_name(struct span name)
{
    for (enum tag_type type = TAG_PERSON; type < TAG_OTHER; type++)
        if (span_equal_fold(name, span_of(tag_type_name(type)))) return type;
    return (enum tag_type)0;
}

struct reading {
    struct user_names *user;
    struct table *table;
    user_names_report *report;
    void *context;
    size_t added;
};

static enum status add_rule(struct user_names *user, enum rule_kind kind, struct span name, struct span value,
                            enum tag_type type)
{
    char bytes[NAME_BYTES_MAX];
    struct span key = {bytes, name_key(bytes, name)};
    if (key.length == 0 || value.length > NAME_BYTES_MAX) return INVALID;
    if (user->count == user->capacity) {
        size_t capacity = user->capacity ? user->capacity * 2 : 64;
        struct rule *grown = realloc(user->rules, capacity * sizeof *grown);
        if (!grown) return NO_MEMORY;
        user->rules = grown;
        user->capacity = capacity;
    }
    char *key_copy = arena_copy(&user->arena, key), *value_copy = arena_copy(&user->arena, value);
    if (!key_copy || !value_copy) return NO_MEMORY;
    user->rules[user->count] =
        (struct rule){{key_copy, key.length}, {value_copy, value.length}, type, kind, user->count};
    user->count++;
    return OK;
}

/* Each reader takes the fields of a line and returns INVALID, with [why], for one that it cannot use. */
static enum status read_alias(struct reading *reading, const struct span *field, size_t count, const char **why)
{
    enum tag_type type = count > 2 && field[2].length ? type_of_name(field[2]) : (enum tag_type)0;
    *why = "it needs an alias, a tab and the canonical name";
    if (count < 2 || field[1].length == 0) return INVALID;
    *why = "the type is not person, organization or place";
    if (count > 2 && field[2].length && !type) return INVALID;
    *why = "there is no letter in the name, or it is too long";
    enum status status = add_rule(reading->user, RULE_ALIAS, field[0], field[1], type);
    if (status == OK && type) {
        status = table_add(reading->table, field[0], field[1], IS_ADDED, type);
        reading->added++;
    }
    return status;
}

static enum status read_hide(struct reading *reading, const struct span *field, size_t count, const char **why)
{
    enum tag_type type = count > 1 && field[1].length ? type_of_name(field[1]) : (enum tag_type)0;
    *why = "the type is not person, organization or place";
    if (count > 1 && field[1].length && !type) return INVALID;
    *why = "there is no letter in the name, or it is too long";
    return add_rule(reading->user, RULE_HIDE, field[0], (struct span){"", 0}, type);
}

static enum status read_add(struct reading *reading, const struct span *field, size_t count, const char **why)
{
    enum tag_type type = type_of_name(field[0]);
    *why = "it needs a type (person, organization, place), a tab and a name";
    if (!type || count < 2 || field[1].length == 0) return INVALID;
    *why = "there is no letter in a name, or it is too long";
    char key[NAME_BYTES_MAX];
    if (name_key(key, field[1]) == 0) return INVALID;
    enum status status = table_add(reading->table, field[1], field[1], IS_ADDED, type);
    struct span others = count > 2 ? field[2] : (struct span){NULL, 0}, other;
    while (status == OK && next_name(&others, &other)) {
        status = table_add(reading->table, other, field[1], IS_ADDED, type);
        if (status == OK) status = add_rule(reading->user, RULE_ALIAS, other, field[1], type);
    }
    reading->added++;
    return status;
}

static enum status read_type(struct reading *reading, const struct span *field, size_t count, const char **why)
{
    enum tag_type type = count > 1 ? type_of_name(field[1]) : (enum tag_type)0;
    *why = "it needs a name, a tab and a type (person, organization, place)";
    if (!type) return INVALID;
    *why = "there is no letter in the name, or it is too long";
    return add_rule(reading->user, RULE_TYPE, field[0], (struct span){"", 0}, type);
}

const char *const user_list_names[USER_LISTS] = {"aliases.tsv", "hide.tsv", "add.tsv", "types.tsv"};

/* What reads a line of each list, in the order of their names. */
static enum status (*const read_line[USER_LISTS])(struct reading *reading, const struct span *field, size_t count,
                                                  const char **why) = {read_alias, read_hide, read_add, read_type};

static void complain(const struct reading *reading, const char *called, size_t line, const char *why)
{
    char message[ERROR_BYTES_MAX];
    struct error error;
    fail(&error, INVALID, "%s, line %zu: left out: %s", called, line, why);
    snprintf(message, sizeof message, "%s", error.message);
    if (reading->report) reading->report(reading->context, message);
}

enum status user_list_read(struct buffer *out, const char *folder, size_t which, struct error *error)
{
    char *path;
    if (asprintf(&path, "%s/%s", folder, user_list_names[which]) < 0) return NO_MEMORY;
    enum status status = OK;
    FILE *file = fopen(path, "rb");
    if (!file && errno != ENOENT && errno != ENOTDIR)
        status = fail(error, IO, "cannot open '%s': %s", path, strerror(errno));
    char block[16384];
    size_t before = out->length;
    for (size_t n; file && status == OK && (n = fread(block, 1, sizeof block, file)) > 0;)
        status = out->length - before + n > LIST_BYTES_MAX ? LIMIT : buffer_append(out, block, n);
    if (status == LIMIT) fail(error, LIMIT, "'%s' is over %d bytes (split or shorten the list)", path, LIST_BYTES_MAX);
    if (status == OK && file && ferror(file)) status = fail(error, IO, "cannot read '%s'", path);
    if (file) fclose(file);
    free(path);
    return status;
}

static enum status read_list(struct reading *reading, const struct user_list *list)
{
    struct span rest = list->content, line;
    enum status status = OK;
    if (span_starts(rest, SPAN("\xEF\xBB\xBF"))) rest = span_cut(rest, 3, rest.length);
    for (size_t number = 1; status == OK && span_next_line(&rest, &line); number++) {
        struct span field[4];
        const char *why = "it is not UTF-8";
        if (span_trim(line).length == 0 || line.data[0] == '#') continue;
        size_t count = line_fields(field, 4, line);
        enum status result = utf8_valid(line) && !memchr(line.data, '\0', line.length)
                                 ? read_line[list->which](reading, field, count, &why)
                                 : INVALID;
        if (result == NO_MEMORY)
            status = result;
        else if (result != OK)
            complain(reading, list->called, number, why);
    }
    return status;
}

static int by_key(const void *a, const void *b)
{
    const struct rule *x = a, *y = b;
    int order = span_compare(x->key, y->key);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

enum status user_names_make(struct user_names **out, const struct user_list *lists, size_t count,
                            user_names_report *report, void *context, struct error *error)
{
    struct user_names *user = calloc(1, sizeof *user);
    if (!user) return NO_MEMORY;
    struct reading reading = {.user = user, .report = report, .context = context};
    arena_init(&user->arena, (size_t)4 * LIST_BYTES_MAX);
    buffer_init(&user->table, (size_t)8 * LIST_BYTES_MAX);
    enum status status = table_new(&reading.table);
    for (size_t i = 0; i < count && status == OK; i++) status = read_list(&reading, &lists[i]);
    if (status == OK && user->count) qsort(user->rules, user->count, sizeof *user->rules, by_key);
    if (status == OK && reading.added) {
        status = table_write(reading.table, &user->table);
        if (status == OK) status = lists_open(&user->lists, user->table.data, user->table.length, error);
        user->has_lists = status == OK;
    }
    table_free(reading.table);
    if (status == OK)
        *out = user;
    else
        user_names_free(user);
    return status;
}

enum status user_names_load(struct user_names **out, const char *folder, user_names_report *report, void *context,
                            struct error *error)
{
    struct stat about;
    if (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode))
        return fail(error, MISSING,
                    "no folder of names '%s' (give one that holds aliases.tsv, hide.tsv, add.tsv or "
                    "types.tsv)",
                    folder);
    struct buffer content[USER_LISTS];
    struct user_list lists[USER_LISTS];
    char *called[USER_LISTS] = {NULL};
    enum status status = OK;
    for (size_t i = 0; i < USER_LISTS; i++) {
        buffer_init(&content[i], LIST_BYTES_MAX + 1);
        if (status == OK) status = user_list_read(&content[i], folder, i, error);
        if (status == OK && asprintf(&called[i], "%s/%s", folder, user_list_names[i]) < 0) {
            called[i] = NULL;
            status = NO_MEMORY;
        }
        lists[i] = (struct user_list){i, buffer_span(&content[i]), called[i]};
    }
    if (status == OK) status = user_names_make(out, lists, USER_LISTS, report, context, error);
    for (size_t i = 0; i < USER_LISTS; i++) {
        buffer_release(&content[i]);
        free(called[i]);
    }
    return status;
}

void user_names_free(struct user_names *user)
{
    if (!user) return;
    arena_release(&user->arena);
    buffer_release(&user->table);
    free(user->rules);
    free(user);
}

const struct lists *user_names_lists(const struct user_names *user)
{
    return user && user->has_lists ? &user->lists : NULL;
}

/* The last rule of [kind] for [name] that holds for [type]: later lines win. */
static const struct rule *find_rule(const struct user_names *user, enum rule_kind kind, enum tag_type type,
                                    struct span name)
{
    char bytes[NAME_BYTES_MAX];
    struct span key = {bytes, name_key(bytes, name)};
    size_t low = 0, high = user->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (span_compare(user->rules[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const struct rule *found = NULL;
    for (; low < user->count && span_equal(user->rules[low].key, key); low++) {
        const struct rule *rule = &user->rules[low];
        if (rule->kind == kind && (kind == RULE_TYPE || !rule->type || !type || rule->type == type)) found = rule;
    }
    return found;
}

bool user_names_apply(const struct user_names *user, enum tag_type *type, struct span *name)
{
    if (!user || user->count == 0) return true;
    for (int i = 0; i < CHAIN_MAX; i++) {
        const struct rule *retype = find_rule(user, RULE_TYPE, *type, *name);
        if (retype) *type = retype->type;
        if (find_rule(user, RULE_HIDE, *type, *name)) return false;
        const struct rule *alias = find_rule(user, RULE_ALIAS, *type, *name);
        if (!alias || span_equal(alias->value, *name)) break;
        *name = alias->value;
    }
    return true;
}

struct span names_expand(const struct user_names *user, enum tag_type type, struct span query)
{
    enum tag_type wanted = type;
    struct span name = query;
    if (user && user->count)
        for (int i = 0; i < CHAIN_MAX; i++) {
            const struct rule *alias = find_rule(user, RULE_ALIAS, wanted, name);
            if (!alias || span_equal(alias->value, name)) break;
            name = alias->value;
        }
    if (name.data != query.data) return name;
    const struct lists *sources[] = {user_names_lists(user), lists_builtin()};
    struct piece pieces[LIST_PHRASE_MAX + 1];
    size_t count = pieces_of_phrase(pieces, LIST_PHRASE_MAX + 1, query);
    if (count == 0 || count > LIST_PHRASE_MAX) return query;
    for (size_t s = 0; s < 2; s++) {
        if (!sources[s]) continue;
        uint64_t hash = 0;
        for (size_t i = 0; i < count; i++) hash = phrase_join(hash, pieces[i].hash);
        const struct list_record *record = lists_record(sources[s], lists_find(sources[s], hash));
        struct span found = {NULL, 0};
        size_t meanings = 0;
        for (; record; record = lists_record(sources[s], record->next)) {
            uint32_t classes = type == TAG_ORGANIZATION ? IS_ORGANIZATION
                               : type == TAG_PLACE      ? IS_PLACE
                               : type == TAG_PERSON     ? 0
                                                        : IS_ORGANIZATION | IS_PLACE;
            bool fits = record->classes & IS_ADDED ? !type || record->kind == type : (record->classes & classes) != 0;
            if (!fits || !lists_name(sources[s], record).length) continue;
            found = lists_name(sources[s], record);
            meanings++;
        }
        if (meanings == 1) return found;
    }
    return query;
}
