/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/caches.h"

#include "indexer/sidecar/ranking.h"
#include "indexer/store.h"

#include <string.h>

static const struct cache {
    const char *name;
    cache_build_fn *build;
} caches[] = {
    {RANKING_CACHE, cache_ranking_build},
};

static bool is_there(const char *path, const char *name, const struct sidecar_key *key)
{
    struct sidecar found;
    if (sidecar_open(&found, path, name, key)) return false;
    sidecar_close(&found);
    return true;
}

static enum status build_one(const struct cache *cache, const struct cache_source *source,
                             const struct sidecar_key *key, struct error *error)
{
    struct sidecar_writer *writer = NULL;
    enum status status = sidecar_create(&writer, source->path, cache->name, error);
    if (!status) status = cache->build(writer, source, error);
    if (!status) return sidecar_finish(writer, key, error);
    sidecar_discard(writer);
    return status;
}

enum status caches_build(const char *path, struct error *error)
{
    struct cache_source source = {.path = path};
    struct sidecar_key key;
    struct xc_error cause = {0};
    enum status status = OK;
    enum xc_status opened = xc_database_open(&source.database, path, &cause);
    if (!opened) opened = sidecar_key_read(&key, source.database, &cause);
    if (!opened) opened = xc_database_statistics(&source.statistics, source.database, &cause);
    if (opened) status = store_failure(error, opened, &cause, path);
    for (size_t i = 0; !opened && i < sizeof caches / sizeof *caches; i++) {
        struct error why = {0};
        if (is_there(path, caches[i].name, &key)) continue;
        enum status built = build_one(&caches[i], &source, &key, &why);
        if (built && !status) status = fail(error, built, "%s", why.message);
    }
    xc_database_free(source.database);
    return status;
}

bool caches_is_file(const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof caches / sizeof *caches; i++) {
        size_t stem = strlen(caches[i].name);
        if (length < stem || strncmp(name, caches[i].name, stem)) continue;
        if (!strcmp(name + stem, SIDECAR_SUFFIX) || !strcmp(name + stem, SIDECAR_SUFFIX ".tmp")) return true;
    }
    return false;
}
