/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/filehash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum { PIECE = 256 * 1024 /* bytes read at a time: larger ones save nothing */ };

static bool digest(XXH3_state_t *state, int fd, char *piece)
{
    for (;;) {
        ssize_t got = read(fd, piece, PIECE);
        if (got == 0) return true;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        XXH3_128bits_update(state, piece, (size_t)got);
    }
}

enum status file_hash(char out[HASH_BYTES], const char *path, bool named)
{
    struct stat found;
    /* O_NONBLOCK: a FIFO that took the file's place must not keep us waiting. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (named ? 0 : O_NOFOLLOW));
    if (fd < 0) return IO;
    XXH3_state_t *state = XXH3_createState();
    char *piece = malloc(PIECE);
    enum status status = state && piece ? OK : NO_MEMORY;
    if (!status && (fstat(fd, &found) || !S_ISREG(found.st_mode))) status = IO;
    if (!status) XXH3_128bits_reset(state);
    if (!status && !digest(state, fd, piece)) status = IO;
    if (!status) {
        XXH128_canonical_t canonical;
        XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state));
        memcpy(out, canonical.digest, HASH_BYTES);
    }
    free(piece);
    XXH3_freeState(state);
    close(fd);
    return status;
}
