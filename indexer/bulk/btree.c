/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/bulk/btree.h"

#include "indexer/bulk/pack.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    HEADER = 11,   /* bytes: revision, level, contiguous free room, free room, end of the offsets */
    OFFSET = 2,    /* bytes of an item's place in its block */
    ITEM_HEAD = 2, /* bytes: size and flags */
    COMPONENT = 2, /* bytes: number of a piece of a tag that takes more than one */
    CHILD = 4,     /* bytes: a block's number */
    ITEM_MAX = (TABLE_BLOCK - HEADER - 4 * OFFSET) / 4, /* bytes: four to a block */
    COMPONENTS_MAX = 0xffff,
    FILL_MIN = 34,   /* bytes besides the key below which the end of a leaf is left empty: less would cost more in
                        longer dividing keys; source: the format's own rule */
    LEVELS_MAX = 10, /* libxapian's cursors have no more */
    WRITE_ROOM = 64 * TABLE_BLOCK,
    DEFLATE_LEVEL = 3 /* of 12: half again as fast as 6, and 3% larger */
};

static const unsigned char revision[4] = {0, 0, 0, 1};
static const unsigned flag_compressed = 0x8000, flag_last = 0x4000, flag_first = 0x2000;

/* A block in the making: offsets grow from its head, items from its end. */
struct block {
    unsigned char bytes[TABLE_BLOCK];
    size_t head, tail; /* the free room between */
};

/* A level of the tree: its last block, which is not yet written, and the key that divides it from the one before. */
struct level {
    struct block block;
    struct buffer divider; /* key and component; empty for the first block of a level */
    uint32_t written;      /* blocks of this level that are */
};

struct btree {
    int fd;
    char *path;
    size_t compress_min;
    struct libdeflate_compressor *compressor;
    struct level *levels[LEVELS_MAX];
    unsigned level_count;
    struct buffer last_key, packed;
    unsigned char *out;
    size_t out_length;
    uint32_t blocks;
    uint64_t items;
};

static void put_short(unsigned char *at, size_t number)
{
    at[0] = (unsigned char)(number >> 8);
    at[1] = (unsigned char)number;
}

static void block_clear(struct block *block, unsigned level)
{
    memset(block->bytes, 0, HEADER);
    memcpy(block->bytes, revision, sizeof revision);
    block->bytes[4] = (unsigned char)level;
    block->head = HEADER;
    block->tail = TABLE_BLOCK;
}

static size_t block_free(const struct block *block)
{
    return block->tail - block->head;
}

/* Room for an item of [size] bytes, which is there. */
static unsigned char *block_take(struct block *block, size_t size)
{
    block->tail -= size;
    put_short(block->bytes + block->head, block->tail);
    block->head += OFFSET;
    return block->bytes + block->tail;
}

static enum status io_failure(const struct btree *table, struct error *error)
{
    return fail(error, IO, "cannot write '%s': %s", table->path, strerror(errno));
}

static enum status flush(struct btree *table, struct error *error)
{
    for (size_t done = 0; done < table->out_length;) {
        ssize_t wrote = write(table->fd, table->out + done, table->out_length - done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return io_failure(table, error);
        done += (size_t)wrote;
    }
    table->out_length = 0;
    return OK;
}

/* Writes a block as the next of the file. */
static enum status write_block(uint32_t *number, struct btree *table, struct block *block, struct error *error)
{
    put_short(block->bytes + 5, block_free(block));
    put_short(block->bytes + 7, block_free(block));
    put_short(block->bytes + 9, block->head);
    memset(block->bytes + block->head, 0, block_free(block));
    if (table->out_length + TABLE_BLOCK > WRITE_ROOM) {
        enum status status = flush(table, error);
        if (status) return status;
    }
    memcpy(table->out + table->out_length, block->bytes, TABLE_BLOCK);
    table->out_length += TABLE_BLOCK;
    *number = table->blocks++;
    return OK;
}

static enum status add_level(struct btree *table)
{
    assert(table->level_count < LEVELS_MAX);
    struct level *level = malloc(sizeof *level);
    if (!level) return NO_MEMORY;
    block_clear(&level->block, table->level_count);
    buffer_init(&level->divider, 2 * PACK_KEY_MAX);
    level->written = 0;
    table->levels[table->level_count++] = level;
    return OK;
}

/* Adds a child to the branch block of [number]; the first of a block has no key, as nothing comes before it there. */
static enum status add_child(struct btree *table, unsigned number, uint32_t child, struct span divider,
                             struct error *error);

/* Writes the block of level [number] and begins another, divided from it by [divider] (key and component). */
static enum status close_block(struct btree *table, unsigned number, struct span divider, struct error *error)
{
    struct level *level = table->levels[number];
    uint32_t block;
    enum status status = write_block(&block, table, &level->block, error);
    if (!status) status = add_child(table, number + 1, block, buffer_span(&level->divider), error);
    if (status) return status;
    level->written++;
    block_clear(&level->block, number);
    buffer_clear(&level->divider);
    return buffer_append_span(&level->divider, divider);
}

static enum status add_child(struct btree *table, unsigned number, uint32_t child, struct span divider,
                             struct error *error)
{
    if (number == table->level_count && add_level(table)) return NO_MEMORY;
    struct level *level = table->levels[number];
    size_t key = divider.length ? divider.length - COMPONENT : 0;
    if (block_free(&level->block) < OFFSET + CHILD + 1 + key + COMPONENT) {
        enum status status = close_block(table, number, divider, error);
        if (status) return status;
    }
    bool first = level->block.head == HEADER;
    if (first) key = 0;
    unsigned char *item = block_take(&level->block, CHILD + 1 + key + COMPONENT);
    put_short(item, child >> 16);
    put_short(item + 2, child & 0xffff);
    item[CHILD] = (unsigned char)key;
    if (first)
        memset(item + CHILD + 1, 0, COMPONENT);
    else
        memcpy(item + CHILD + 1, divider.data, divider.length);
    return OK;
}

/* Begins another leaf for component [component] of [key]: what divides it from the last one is no longer than it has
 * to be. */
static enum status next_leaf(struct btree *table, struct span key, unsigned component, struct error *error)
{
    char divider[PACK_KEY_MAX + COMPONENT];
    struct span before = buffer_span(&table->last_key);
    size_t length = 0, most = before.length < key.length ? before.length : key.length;
    while (length < most && before.data[length] == key.data[length]) length++;
    if (length < key.length) length++;
    memcpy(divider, key.data, length);
    put_short((unsigned char *)divider + length, component);
    return close_block(table, 0, (struct span){divider, length + COMPONENT}, error);
}

static void put_item(struct btree *table, struct span key, struct span piece, unsigned component, unsigned flags)
{
    size_t numbered = flags & flag_first ? 0 : COMPONENT, size = ITEM_HEAD + 1 + key.length + numbered + piece.length;
    unsigned char *item = block_take(&table->levels[0]->block, size);
    put_short(item, (size - 3) | flags);
    item[ITEM_HEAD] = (unsigned char)key.length;
    if (key.length) memcpy(item + ITEM_HEAD + 1, key.data, key.length);
    if (numbered) put_short(item + ITEM_HEAD + 1 + key.length, component);
    if (piece.length) memcpy(item + ITEM_HEAD + 1 + key.length + numbered, piece.data, piece.length);
}

/* The tag as it is stored: deflated without a wrapper, when that is smaller. */
static struct span deflated(struct btree *table, struct span tag, unsigned *flags)
{
    if (!table->compress_min || tag.length <= table->compress_min) return tag;
    buffer_clear(&table->packed);
    if (buffer_reserve(&table->packed, tag.length)) return tag;
    size_t length =
        libdeflate_deflate_compress(table->compressor, tag.data, tag.length, table->packed.data, tag.length - 1);
    if (!length) return tag;
    *flags = flag_compressed;
    return (struct span){table->packed.data, length};
}

enum status btree_new(struct btree **out, const char *path, size_t compress_min, struct error *error)
{
    struct btree *table = calloc(1, sizeof *table);
    if (!table) return fail(error, NO_MEMORY, "out of memory");
    table->fd = -1;
    table->compress_min = compress_min;
    buffer_init(&table->last_key, 2 * PACK_KEY_MAX);
    buffer_init(&table->packed, SIZE_MAX / 2);
    table->path = strdup(path);
    table->out = malloc(WRITE_ROOM);
    if (compress_min) table->compressor = libdeflate_alloc_compressor(DEFLATE_LEVEL);
    enum status status = OK;
    if (!table->path || !table->out || (compress_min && !table->compressor) || add_level(table))
        status = fail(error, NO_MEMORY, "out of memory");
    else if ((table->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) < 0)
        status = io_failure(table, error);
    if (status) {
        btree_free(table);
        return status;
    }
    put_item(table, SPAN(""), SPAN(""), 1, flag_first | flag_last); /* every tree begins with an item of no key */
    *out = table;
    return OK;
}

enum status btree_add(struct btree *table, struct span key, struct span tag, struct error *error)
{
    assert(key.length && key.length <= PACK_KEY_MAX && span_compare(buffer_span(&table->last_key), key) < 0);
    unsigned compressed = 0, component = 1;
    tag = deflated(table, tag, &compressed);
    enum status status = OK;
    bool ended = false;
    for (size_t done = 0; !status && !ended; component++) {
        if (component > COMPONENTS_MAX) return fail(error, LIMIT, "an entry of %zu bytes is too large", tag.length);
        size_t head = ITEM_HEAD + 1 + key.length + (component > 1 ? COMPONENT : 0), left = tag.length - done;
        size_t whole = left < ITEM_MAX - head ? left : ITEM_MAX - head, room = block_free(&table->levels[0]->block);
        size_t piece = room < OFFSET + head ? 0 : room - OFFSET - head;
        if (piece < whole && piece < key.length + FILL_MIN) {
            status = next_leaf(table, key, component, error);
            if (status) return status;
            piece = whole;
        }
        if (piece > whole) piece = whole;
        ended = done + piece == tag.length;
        put_item(table, key, span_cut(tag, done, done + piece), component,
                 compressed | (component == 1 ? flag_first : 0) | (ended ? flag_last : 0));
        done += piece;
        buffer_clear(&table->last_key);
        status = buffer_append_span(&table->last_key, key);
    }
    table->items++;
    return status;
}

enum status btree_finish(struct btree_root *out, struct btree *table, struct error *error)
{
    struct btree_root root = {.items = table->items, .empty = !table->items};
    enum status status = OK;
    for (unsigned i = 0; !status && i < table->level_count; i++) {
        struct level *level = table->levels[i];
        status = write_block(&root.root, table, &level->block, error);
        root.level = i;
        if (status || !level->written) break; /* the one block of its level: the root */
        status = add_child(table, i + 1, root.root, buffer_span(&level->divider), error);
    }
    if (!status) status = flush(table, error);
    if (!status && fsync(table->fd)) status = io_failure(table, error);
    root.blocks = table->blocks;
    if (!status) *out = root;
    return status;
}

void btree_free(struct btree *table)
{
    if (!table) return;
    if (table->fd >= 0) close(table->fd);
    for (unsigned i = 0; i < table->level_count; i++) {
        buffer_release(&table->levels[i]->divider);
        free(table->levels[i]);
    }
    buffer_release(&table->last_key);
    buffer_release(&table->packed);
    libdeflate_free_compressor(table->compressor);
    free(table->out);
    free(table->path);
    free(table);
}
