/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times of a run, for its report. */
#ifndef INDEXER_CLOCK_H
#define INDEXER_CLOCK_H

double clock_cpu_seconds(void);  /* of this process and its children that ended */
double clock_wall_seconds(void); /* since some moment in the past */

#endif
