/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the processor time of a request goes.
 *
 * Takes the step that begins; gives the time of each; asks the clock only when measuring was switched on.
 */
#ifndef SEARCHER_PHASES_H
#define SEARCHER_PHASES_H

#include <stdbool.h>
#include <time.h>

enum phase {
    PHASE_OPEN,  /* loading the program and opening the index; from the start of the process */
    PHASE_PARSE, /* reading the query and looking its words up */
    PHASE_MATCH,
    PHASE_FACETS,
    PHASE_RECORDS, /* fields of the hits */
    PHASE_SNIPPETS,
    PHASE_SUGGEST, /* other spellings */
    PHASE_WRITE,
    PHASE_COUNT
};

/* Zero-initialise; nothing is measured until [on] is set. */
struct phases {
    bool on;
    enum phase phase; /* the one at hand */
    double since;     /* it began, as seconds of processor time */
    double seconds[PHASE_COUNT];
};

/* Ends the step at hand and begins [phase]; the first begins with the process. */
static inline void phases_enter(struct phases *phases, enum phase phase)
{
    struct timespec now;
    if (!phases->on) return;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    double seconds = (double)now.tv_sec + (double)now.tv_nsec / 1e9;
    phases->seconds[phases->phase] += seconds - phases->since;
    phases->since = seconds;
    phases->phase = phase;
}

#endif
