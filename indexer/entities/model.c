/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/model.h"

#include "indexer/entities/shape.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char magic[8] = {'d', 'o', 's', 's', 't', 'a', 'g', '\n'};

enum {
    BYTE_ORDER_MARK = 0x01020304,
    SECTION_ALIGN = 64, /* bytes: a cache line */
    PROBES_MAX = 256    /* slots looked at before giving up, so that a table without a hole ends too */
};

static const char cure[] = "reinstall dossier, or train it anew with indexer/entities/train/train.sh";

static size_t aligned(size_t bytes)
{
    return (bytes + SECTION_ALIGN - 1) / SECTION_ALIGN * SECTION_ALIGN;
}

uint64_t model_checksum(const struct model_header *header, const void *body, size_t bytes)
{
    uint64_t lanes[4] = {header->buckets, header->word_slots, header->phrase_slots, header->trained};
    const unsigned char *data = body;
    while (bytes) {
        /* Four independent chains keep the multiplier busy. */
        unsigned char block[32] = {0};
        size_t take = bytes < sizeof block ? bytes : sizeof block;
        uint64_t part[4];
        if (take < sizeof block) {
            memcpy(block, data, take);
            memcpy(part, block, sizeof part);
        } else {
            memcpy(part, data, sizeof part);
        }
        for (int i = 0; i < 4; i++) {
            lanes[i] = (lanes[i] ^ part[i]) * 0x9E3779B97F4A7C15u;
            lanes[i] ^= lanes[i] >> 29;
        }
        data += take;
        bytes -= take;
    }
    return hash_mix(hash_mix(lanes[0], lanes[1]), hash_mix(lanes[2], lanes[3]));
}

/* Sets the sections of [model] from its header. False when they do not add up to the file. */
static bool lay_out(struct model *model)
{
    const struct model_header *header = model->header;
    const char *base = model->map;
    size_t at = aligned(sizeof *header);
    if (header->buckets == 0 || header->buckets > MODEL_BYTES_MAX || header->word_slots == 0 ||
        header->phrase_slots == 0)
        return false;
    model->rows = (const int8_t *)(base + at);
    at = aligned(at + (size_t)header->buckets * MODEL_BUCKET * MODEL_LANES);
    model->tags = (const uint64_t *)(base + at);
    at = aligned(at + (size_t)header->buckets * sizeof(uint64_t));
    model->moves = (const int16_t *)(base + at);
    at = aligned(at + sizeof(int16_t) * MODEL_TRANSITIONS * MODEL_LABELS * MODEL_LABELS);
    model->words = (const uint64_t *)(base + at);
    at = aligned(at + (size_t)header->word_slots * sizeof(uint64_t));
    model->phrases = (const uint64_t *)(base + at);
    at = aligned(at + (size_t)header->phrase_slots * sizeof(uint64_t));
    return at == model->bytes;
}

enum status model_from_memory(struct model *model, const void *data, size_t bytes, struct error *error)
{
    struct model found = {.map = (void *)(uintptr_t)data, .bytes = bytes, .header = data};
    if (bytes < sizeof *found.header || memcmp(found.header->magic, magic, sizeof magic) != 0)
        return fail(error, DAMAGED, "not a tagging model (%s)", cure);
    if (found.header->byte_order != BYTE_ORDER_MARK)
        return fail(error, DAMAGED, "tagging model of a machine with another byte order (%s)", cure);
    if (found.header->version != MODEL_VERSION)
        return fail(error, DAMAGED, "tagging model of version %u, this program reads version %d (%s)",
                    found.header->version, MODEL_VERSION, cure);
    if (found.header->bytes != bytes || !lay_out(&found))
        return fail(error, DAMAGED, "tagging model is cut off or damaged (%s)", cure);
    size_t head = aligned(sizeof *found.header);
    if (model_checksum(found.header, (const char *)data + head, bytes - head) != found.header->checksum)
        return fail(error, DAMAGED, "tagging model is damaged: its checksum does not match (%s)", cure);
    *model = found;
    return OK;
}

enum status model_open(struct model *model, const char *path, struct error *error)
{
    struct error inner;
    struct stat about;
    enum status status;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fail(error, errno == ENOENT ? MISSING : IO, "cannot open model '%s': %s (%s)", path, strerror(errno),
                    cure);
    if (fstat(file, &about) != 0) {
        status = fail(error, IO, "cannot read model '%s': %s", path, strerror(errno));
        goto out;
    }
    if (!S_ISREG(about.st_mode) || about.st_size < (off_t)sizeof(struct model_header) ||
        about.st_size > MODEL_BYTES_MAX) {
        status = fail(error, DAMAGED, "model '%s': not a tagging model (%s)", path, cure);
        goto out;
    }
    void *map = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0);
    if (map == MAP_FAILED) {
        status = fail(error, IO, "cannot map model '%s': %s", path, strerror(errno));
        goto out;
    }
    status = model_from_memory(model, map, (size_t)about.st_size, &inner);
    if (status != OK) {
        munmap(map, (size_t)about.st_size);
        fail(error, status, "model '%s': %s", path, inner.message);
    }
out:
    close(file);
    return status;
}

void model_close(struct model *model)
{
    if (model->map) munmap(model->map, model->bytes);
    memset(model, 0, sizeof *model);
}

struct model_word model_word(const struct model *model, uint64_t exact)
{
    enum { VALUE_BITS = WORD_FINE_BITS + WORD_COARSE_BITS + WORD_CASE_BITS };
    uint32_t slots = model->header->word_slots;
    size_t at = model_slot(exact, slots);
    for (size_t probes = 0; probes < PROBES_MAX && model->words[at]; probes++, at = at + 1 == slots ? 0 : at + 1) {
        uint64_t entry = model->words[at];
        if (((entry ^ exact) >> VALUE_BITS) != 0) continue;
        return (struct model_word){.fine = entry & ((1u << WORD_FINE_BITS) - 1),
                                   .coarse = entry >> WORD_FINE_BITS & ((1u << WORD_COARSE_BITS) - 1),
                                   .case_bucket = entry >> (WORD_FINE_BITS + WORD_COARSE_BITS) & 7};
    }
    return (struct model_word){0};
}

uint32_t model_phrase(const struct model *model, uint64_t hash)
{
    uint32_t slots = model->header->phrase_slots;
    size_t at = model_slot(hash, slots);
    for (size_t probes = 0; probes < PROBES_MAX && model->phrases[at]; probes++, at = at + 1 == slots ? 0 : at + 1)
        if (((model->phrases[at] ^ hash) >> PHRASE_BITS) == 0) return model->phrases[at] & ((1u << PHRASE_BITS) - 1);
    return 0;
}

uint64_t phrase_join(uint64_t hash, uint64_t lower)
{
    return hash_mix(hash, lower);
}
