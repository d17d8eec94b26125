/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READ_STEP = 65536, ARGUMENTS_MAX = 16 };

static const struct {
    const char *path, *package;
} tools[] = {
    [TOOL_PDFTOTEXT] = {"/usr/bin/pdftotext", "poppler-utils"},
    [TOOL_PDFTOPPM] = {"/usr/bin/pdftoppm", "poppler-utils"},
    [TOOL_TESSERACT] = {"/usr/bin/tesseract", "tesseract-ocr"},
};

bool tool_exists(enum tool tool)
{
    return access(tools[tool].path, X_OK) == 0;
}

const char *tool_package(enum tool tool)
{
    return tools[tool].package;
}

static _Noreturn void become(enum tool tool, const char *const *arguments, int input, int output, int errors)
{
    const char *vector[ARGUMENTS_MAX + 2] = {tools[tool].path};
    for (size_t i = 0; arguments[i] && i < ARGUMENTS_MAX; i++) vector[i + 1] = arguments[i];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (dup2(input, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 || dup2(errors, STDERR_FILENO) < 0) _exit(127);
    close_range(STDERR_FILENO + 1, ~0u, 0);
    lseek(STDIN_FILENO, 0, SEEK_SET);
    execv(tools[tool].path, (char *const *)(uintptr_t)vector);
    _exit(127);
}

/* Reads both pipes to their ends. */
static enum status collect(struct buffer *out, struct buffer *complaints, int output, int errors)
{
    struct pollfd ends[2] = {{.fd = output, .events = POLLIN}, {.fd = errors, .events = POLLIN}};
    struct buffer *const into[2] = {out, complaints};
    char piece[READ_STEP];
    for (int open = 2; open;) {
        if (poll(ends, 2, -1) < 0) {
            if (errno == EINTR) continue;
            return IO;
        }
        for (int i = 0; i < 2; i++) {
            if (ends[i].fd < 0 || !ends[i].revents) continue;
            ssize_t got = read(ends[i].fd, piece, sizeof piece);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) {
                ends[i].fd = -1;
                open--;
                continue;
            }
            enum status status = buffer_append(into[i], piece, (size_t)got);
            if (status && !(i == 1 && status == LIMIT)) return status;
        }
    }
    return OK;
}

enum status tool_run(int *exit, struct buffer *out, struct buffer *complaints, enum tool tool,
                     const char *const *arguments, int input)
{
    int output[2], errors[2], state = 0;
    if (!tool_exists(tool)) return UNSUPPORTED;
    if (pipe2(output, O_CLOEXEC)) return IO;
    if (pipe2(errors, O_CLOEXEC)) {
        close(output[0]), close(output[1]);
        return IO;
    }
    pid_t pid = fork();
    if (pid == 0) become(tool, arguments, input, output[1], errors[1]);
    close(output[1]);
    close(errors[1]);
    enum status status = pid < 0 ? IO : collect(out, complaints, output[0], errors[0]);
    close(output[0]); /* one that still writes ends by that */
    close(errors[0]);
    if (pid > 0)
        while (waitpid(pid, &state, 0) < 0 && errno == EINTR) continue;
    *exit = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
    return status;
}
