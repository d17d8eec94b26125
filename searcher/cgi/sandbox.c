/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static void warn(struct buffer *warning, const char *what, int error)
{
    buffer_printf(warning, "%s%s: %s", warning->length ? "; " : "", what, strerror(error));
}

/* ---- Limits of resources */

static void limit(struct buffer *warning, __rlimit_resource_t resource, const char *name, rlim_t value)
{
    struct rlimit limits;
    if (getrlimit(resource, &limits)) {
        warn(warning, name, errno);
        return;
    }
    if (limits.rlim_max != RLIM_INFINITY && limits.rlim_max < value) value = limits.rlim_max;
    limits.rlim_cur = limits.rlim_max = value;
    if (setrlimit(resource, &limits)) warn(warning, name, errno);
}

/* ---- Landlock, by its system calls: glibc has no functions for them. Kernel documentation: userspace-api/landlock.
 * The layout of version 4, which the headers of Debian 12 do not have yet. */

struct ruleset_attributes {
    uint64_t file_system, network;
};

enum {
    ACCESS_ALL_1 = (1 << 13) - 1, /* all rights of version 1 */
    ACCESS_REFER = 1 << 13,       /* version 2 */
    ACCESS_TRUNCATE = 1 << 14,    /* version 3 */
    ACCESS_TCP = 3,               /* bind and connect, version 4 */
    ACCESS_IOCTL = 1 << 15        /* version 5 */
};

static int allow(int ruleset, const char *folder)
{
    struct landlock_path_beneath_attr rule = {.allowed_access =
                                                  LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
                                              .parent_fd = open(folder, O_PATH | O_CLOEXEC | O_DIRECTORY)};
    if (rule.parent_fd < 0) return 0; /* not there: there is nothing to read either */
    int failed = (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent_fd);
    return failed;
}

static void landlock(struct buffer *warning, const struct sandbox *sandbox)
{
    struct ruleset_attributes attributes = {.file_system = ACCESS_ALL_1};
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) {
        warn(warning, "no Landlock", errno);
        return;
    }
    if (version >= 2) attributes.file_system |= ACCESS_REFER;
    if (version >= 3) attributes.file_system |= ACCESS_TRUNCATE;
    if (version >= 4) attributes.network = ACCESS_TCP;
    if (version >= 5) attributes.file_system |= ACCESS_IOCTL;
    size_t size = version >= 4 ? sizeof attributes : sizeof attributes.file_system;
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, size, 0);
    int failed = ruleset < 0;
    for (size_t i = 0; !failed && i < sandbox->folder_count; i++) failed = allow(ruleset, sandbox->folders[i]);
    if (!failed) failed = (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
    if (failed) warn(warning, "Landlock", errno);
    if (ruleset >= 0) close(ruleset);
}

/* ---- seccomp */

/* What reading an index and answering takes: files read only, memory that is never executable, time, the end. */
static const int calls[] = {
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(preadv),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(close),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getdents64),
    SCMP_SYS(getcwd),
    SCMP_SYS(fcntl),
    SCMP_SYS(fadvise64),
    SCMP_SYS(readahead),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(getrusage),
    SCMP_SYS(getrandom),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(sendto),
    SCMP_SYS(recvfrom),
    SCMP_SYS(sendmsg),
    SCMP_SYS(recvmsg),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(tgkill),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
#ifdef __SANITIZE_ADDRESS__ /* it asks by a pipe whether memory can be read */
    SCMP_SYS(pipe),
    SCMP_SYS(pipe2),
#endif
};

static int add_rules(scmp_filter_ctx filter)
{
    const scmp_datum_t writing = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;
    int failed = 0;
    for (size_t i = 0; !failed && i < sizeof calls / sizeof *calls; i++)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
    if (!failed)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                                  SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));
    if (!failed)
        failed =
            seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));
    if (!failed)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    if (!failed)
        failed =
            seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    return failed;
}

static void filter_calls(struct buffer *warning)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int failed = filter ? add_rules(filter) : -ENOMEM;
    if (!failed) failed = seccomp_load(filter);
    if (failed) warn(warning, "seccomp", -failed);
    seccomp_release(filter);
}

void sandbox_enter(const struct sandbox *sandbox, struct buffer *warning)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) warn(warning, "no_new_privs", errno);
    /* No limit on the size of files: stderr may be one, and none can be opened for writing anyway. */
    limit(warning, RLIMIT_CORE, "core size", 0);
    limit(warning, RLIMIT_NPROC, "processes", 0);
    limit(warning, RLIMIT_NOFILE, "open files", 256);
#ifndef __SANITIZE_ADDRESS__ /* it reserves terabytes of addresses */
    limit(warning, RLIMIT_AS, "memory", sandbox->memory);
#endif
    landlock(warning, sandbox);
    filter_calls(warning);
}
