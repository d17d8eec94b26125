/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

bool terminal_colour(FILE *out)
{
    const char *no_colour = getenv("NO_COLOR"), *kind = getenv("TERM");
    return isatty(fileno(out)) && !(no_colour && *no_colour) && kind && strcmp(kind, "dumb") != 0;
}

unsigned terminal_width(FILE *out)
{
    struct winsize size;
    if (isatty(fileno(out)) && ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) return size.ws_col;
    return 80;
}

static bool is_unsafe(uint32_t rune)
{
    return rune < 0x20 || (rune >= 0x7F && rune < 0xA0) || rune == 0x200E || rune == 0x200F || rune == 0x061C ||
           (rune >= 0x2028 && rune <= 0x202E) || (rune >= 0x2066 && rune <= 0x2069);
}

void print_safely(FILE *out, struct span text)
{
    size_t clean = 0; /* start of the run that can be written as it is */
    for (size_t i = 0; i < text.length;) {
        size_t start = i;
        uint32_t rune = utf8_next(text, &i);
        if (!is_unsafe(rune) && rune != 0xFFFD) continue;
        fwrite(text.data + clean, 1, start - clean, out);
        fputs(rune == '\t' || rune == '\n' || rune == '\r' ? " " : "\xEF\xBF\xBD", out);
        clean = i;
    }
    if (clean < text.length) fwrite(text.data + clean, 1, text.length - clean, out);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void progress_bar_start(struct progress_bar *bar, const char *label)
{
    *bar = (struct progress_bar){.label = label, .started = now()};
    bar->shown = isatty(STDERR_FILENO);
}

void progress_bar_draw(struct progress_bar *bar, double done, double total, const char *unit)
{
    enum { CELLS = 24 };
    double time = now();
    if (!bar->shown || time - bar->drawn < 0.1) return;
    bar->drawn = time;
    double elapsed = time - bar->started, rate = elapsed > 0 ? done / elapsed : 0;
    if (total <= 0) {
        fprintf(stderr, "\r\033[K%s %.1f %s, %.1f/s", bar->label, done, unit, rate);
        return;
    }
    double share = done < total ? done / total : 1;
    char cells[CELLS + 1];
    for (int i = 0; i < CELLS; i++) cells[i] = i < (int)(share * CELLS) ? '#' : '.';
    cells[CELLS] = '\0';
    unsigned left = rate > 0 ? (unsigned)((total - done) / rate + 0.5) : 0;
    fprintf(stderr, "\r\033[K%s [%s] %3.0f%% of %.1f %s, %.1f/s, %u:%02u left", bar->label, cells, share * 100, total,
            unit, rate, left / 60, left % 60);
}

void progress_bar_clear(struct progress_bar *bar)
{
    if (bar->shown && bar->drawn > 0) fputs("\r\033[K", stderr);
    bar->drawn = 0;
}

static volatile sig_atomic_t stop_signal;

static void on_stop(int number)
{
    if (stop_signal) {
        signal(number, SIG_DFL);
        raise(number);
    }
    stop_signal = number;
}

const volatile sig_atomic_t *catch_stop(void)
{
    struct sigaction action = {.sa_handler = on_stop, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &stop_signal;
}

void die_of_stop(void)
{
    if (!stop_signal) return;
    fflush(NULL);
    signal(stop_signal, SIG_DFL);
    raise(stop_signal);
}
