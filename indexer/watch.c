/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/watch.h"

#include "corpus/source.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

enum {
    QUIET = 300,        /* milliseconds without an event after which the changes are taken for complete */
    GATHER_MAX = 5000,  /* milliseconds for which changes that do not pause are gathered */
    LOOK_AGAIN = 60000, /* milliseconds: where folders cannot be watched, and after a failure */
    REST = 5,           /* times the length of an update that follow it without another */
    REST_MAX = 60000,   /* milliseconds of that, at most */
    EVENT_ROOM = 64 * 1024
};

static const uint32_t wanted = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_DELETE_SELF |
                               IN_MOVE_SELF | IN_ATTRIB | IN_ONLYDIR | IN_EXCL_UNLINK;

struct watching {
    const struct index_options *options;
    const struct index_watch *watch;
    int fd;
    bool blind; /* not every folder is watched */
    bool told;  /* that it is blind */
    char *root; /* of the walk at hand */
};

static void say(const struct watching *watching, const char *message)
{
    if (watching->watch->say) watching->watch->say(watching->watch->context, message);
}

static bool is_stopped(const struct watching *watching)
{
    return watching->options->stop && *watching->options->stop;
}

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- the folders ---- */

static void watch_folder(struct watching *watching, const char *path)
{
    char marker[PATH_MAX];
    /* What is written into an index is no news, least of all into the one at hand. */
    int length = snprintf(marker, sizeof marker, "%s/iamglass", path);
    if (length > 0 && (size_t)length < sizeof marker && access(marker, F_OK) == 0) return;
    if (watching->fd >= 0 && inotify_add_watch(watching->fd, path, wanted) >= 0) return;
    if (errno != ENOENT && errno != ENOTDIR) watching->blind = true;
}

static enum status on_folder(void *context, const char *relative, bool *enter)
{
    struct watching *watching = context;
    char path[PATH_MAX];
    *enter = !globs_leave_out(&watching->options->globs, relative);
    int length = snprintf(path, sizeof path, "%s/%s", watching->root, relative);
    if (*enter && length > 0 && (size_t)length < sizeof path) watch_folder(watching, path);
    return is_stopped(watching) ? STOPPED : OK;
}

/* A root that is a file is watched through its folder: an editor puts a new file in its place. */
static void watch_root(struct watching *watching, const char *path)
{
    struct source_visitor visitor = {.folder = on_folder, .context = watching};
    struct error ignored;
    watching->root = realpath(path, NULL);
    if (!watching->root) return;
    if (inotify_add_watch(watching->fd, watching->root, wanted) < 0 && errno == ENOTDIR) {
        char *slash = strrchr(watching->root, '/');
        slash[slash == watching->root] = '\0';
        watch_folder(watching, watching->root);
    } else {
        watch_folder(watching, watching->root);
        source_walk(path, &visitor, &ignored);
    }
    free(watching->root);
    watching->root = NULL;
}

/* Folders that are watched already stay so; new ones are added. */
static void watch_all(struct watching *watching)
{
    watching->blind = watching->fd < 0;
    for (size_t i = 0; i < watching->options->path_count && watching->fd >= 0; i++)
        watch_root(watching, watching->options->paths[i]);
    if (watching->blind && !watching->told) {
        watching->told = true;
        say(watching, "not every folder can be watched; all are looked at every minute (raise "
                      "fs.inotify.max_user_watches to be told at once)");
    }
}

/* ---- waiting ---- */

/* Waits until there is an event, [most] milliseconds (-1: for ever) have passed, or a signal came. True for an event.
 */
static bool await(const struct watching *watching, int64_t most)
{
    struct pollfd poller = {.fd = watching->fd, .events = POLLIN};
    return poll(&poller, 1, most < 0 ? -1 : most > INT_MAX ? INT_MAX : (int)most) > 0;
}

/* Whether an event that was read is about something that an update would look at. */
static bool matters(const struct inotify_event *event)
{
    return !(event->mask & IN_IGNORED) && !(event->len && event->name[0] == '.');
}

static bool take_events(const struct watching *watching)
{
    union {
        char bytes[EVENT_ROOM];
        struct inotify_event aligned;
    } room;
    bool any = false;
    ssize_t got;
    while ((got = read(watching->fd, room.bytes, sizeof room.bytes)) > 0) {
        for (size_t at = 0; at < (size_t)got;) {
            const struct inotify_event *event = (const void *)(room.bytes + at);
            any |= matters(event);
            at += sizeof *event + event->len;
        }
    }
    return any;
}

/* Waits for changes and until they pause. */
static void wait_for_changes(const struct watching *watching)
{
    int64_t look = watching->blind ? milliseconds() + LOOK_AGAIN : INT64_MAX;
    for (bool news = false; !news && !is_stopped(watching);) {
        int64_t left = look == INT64_MAX ? -1 : look - milliseconds();
        if (look != INT64_MAX && left <= 0) return;
        if (await(watching, left)) news = take_events(watching);
    }
    int64_t end = milliseconds() + GATHER_MAX;
    while (!is_stopped(watching) && milliseconds() < end && await(watching, QUIET)) take_events(watching);
}

static void rest(const struct watching *watching, int64_t most)
{
    struct pollfd none = {.fd = -1};
    for (int64_t end = milliseconds() + most, left; !is_stopped(watching) && (left = end - milliseconds()) > 0;)
        poll(&none, 1, (int)left);
}

/* ---- the whole ---- */

static bool may_pass(enum status status)
{
    return status == LOCKED || status == IO || status == NOT_FOUND || status == NO_MEMORY || status == CHANGED;
}

static enum status update_once(struct watching *watching, double *seconds, struct error *error)
{
    struct index_report report = {0};
    struct index_options options = *watching->options;
    options.prune = true;
    enum status status = index_update(&report, &options, error);
    *seconds = report.seconds;
    bool changed = report.added || report.updated || report.removed;
    if (!status && watching->watch->updated) watching->watch->updated(watching->watch->context, &report, changed);
    return status;
}

enum status index_watch_run(const struct index_options *options, const struct index_watch *watch, struct error *error)
{
    struct watching watching = {.options = options, .watch = watch, .fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
    enum status status = OK;
    while (!status && !is_stopped(&watching)) {
        double seconds;
        watch_all(&watching); /* first, so that what changes meanwhile makes one more update */
        status = update_once(&watching, &seconds, error);
        if (!status) {
            double pause = REST * seconds * 1000;
            rest(&watching, pause > REST_MAX ? REST_MAX : (int64_t)pause);
            wait_for_changes(&watching);
        } else if (may_pass(status)) {
            say(&watching, error->message);
            rest(&watching, LOOK_AGAIN);
            status = OK;
        }
    }
    if (watching.fd >= 0) close(watching.fd);
    return status ? status : STOPPED;
}
