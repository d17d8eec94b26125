/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/keys.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Written before the signals are caught; tcsetattr, signal and raise may be called by a signal handler. */
static struct termios before, raw;
static volatile sig_atomic_t taken, stop_signal, paused;

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

enum { ENDING_COUNT = sizeof ending / sizeof *ending };

static void give_back(void)
{
    if (taken) tcsetattr(STDIN_FILENO, TCSANOW, &before);
}

/* The first asks for a sound end; another one ends the process there and then. */
static void on_end(int number)
{
    if (stop_signal) {
        give_back();
        signal(number, SIG_DFL);
        raise(number);
    }
    stop_signal = number;
}

static void on_pause(int number)
{
    (void)number;
    paused = 1;
}

static void catch_signal(int number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

void keys_begin(void)
{
    if (isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &before) == 0) {
        raw = before;
        raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
        raw.c_cc[VMIN] = 1;
        raw.c_cc[VTIME] = 0;
        taken = 1;
        atexit(keys_end);
        catch_signal(SIGTSTP, on_pause);
    }
    for (int i = 0; i < ENDING_COUNT; i++) catch_signal(ending[i], on_end);
    if (taken) tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

/* Ctrl-Z: the shell gets its terminal as it was, and we take it again when we are called back. */
static void pause_process(void)
{
    paused = 0;
    give_back();
    fflush(NULL);
    raise(SIGSTOP);
    tcgetattr(STDIN_FILENO, &before);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

int keys_next(void)
{
    sigset_t caught, usual;
    sigemptyset(&caught);
    for (int i = 0; i < ENDING_COUNT; i++) sigaddset(&caught, ending[i]);
    sigaddset(&caught, SIGTSTP);
    sigprocmask(SIG_BLOCK, &caught, &usual); /* they are let in by ppoll alone, so that none slips in before it */
    int key = EOF, ready = 0;
    while (!stop_signal && ready <= 0) {
        if (paused) pause_process();
        struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
        ready = ppoll(&input, 1, NULL, &usual);
        if (ready < 0 && errno != EINTR) break;
    }
    unsigned char byte;
    if (!stop_signal && ready > 0 && read(STDIN_FILENO, &byte, 1) == 1) key = byte;
    sigprocmask(SIG_SETMASK, &usual, NULL);
    return key;
}

void keys_end(void)
{
    give_back();
    taken = 0;
}

void keys_die_of_signal(void)
{
    if (!stop_signal) return;
    fflush(NULL);
    signal(stop_signal, SIG_DFL);
    raise(stop_signal);
}
