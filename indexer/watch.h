/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keeps an index current: updates it, waits until something changes in the folders it is made of, and so on.
 *
 * Takes the options of an update; gives a report after each one; never ends but by a signal or a failure.
 */
#ifndef INDEXER_WATCH_H
#define INDEXER_WATCH_H

#include "indexer/update.h"

struct index_watch {
    /* After each update, the first one included; [changed] is false when it found nothing to do. May be NULL. */
    void (*updated)(void *context, const struct index_report *report, bool changed);
    /* Something to know while waiting, in words. May be NULL. */
    void (*say)(void *context, const char *message);
    void *context;
};

/* Brings the index up to date again and again until [options->stop] is set, with pruning. Changes are learnt from the
 * kernel (inotify) and gathered until they pause, so that a copy of many files makes few updates; an update never takes
 * more than about a sixth of the time. Where folders cannot be watched (too many, or a network's), they are looked at
 * every minute. The writer's lock is held only during an update.
 *
 * A failure that may pass (the index locked, the disk full, a path gone) is told, and tried again after a minute.
 * Returns STOPPED, or what index_update returns that will not pass by itself. */
enum status index_watch_run(const struct index_options *options, const struct index_watch *watch, struct error *error);

#endif
