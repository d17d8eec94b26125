/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/commit.h"

#include <setjmp.h>
#include <signal.h>
#include <stdio.h>

static sigjmp_buf before;

static void on_abort(int signal)
{
    siglongjmp(before, signal); /* C lets a handler leave abort() this way, and no other */
}

enum xc_status commit_batch(bool *lost, struct xc_writer *writer, struct xc_error *error)
{
    struct sigaction caught = {.sa_handler = on_abort}, normal;
    enum xc_status status = XC_IO;
    sigemptyset(&caught.sa_mask);
    sigaction(SIGABRT, &caught, &normal);
    *lost = sigsetjmp(before, 1) != 0;
    if (!*lost)
        status = xc_writer_commit(writer, error);
    else if (error)
        snprintf(error->message, sizeof error->message, "libxapian gave up on a failed write: the disk may be full");
    sigaction(SIGABRT, &normal, NULL);
    return *lost ? XC_IO : status;
}
