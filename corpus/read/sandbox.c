/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/read/sandbox.h"

#include "corpus/isolate/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1 /* it reserves terabytes of address space, so that cannot be limited */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* Everything that reaches other processes, the network, the kernel's settings, or changes files. */
static const char *const denied[] = {
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmmsg", "recvfrom",
    "kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_open", "pidfd_send_signal",
    "pidfd_getfd", "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp",
    "creat", "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat",
    "symlink", "symlinkat", "mknod", "mknodat", "truncate", "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown",
    "fchownat", "utime", "utimes", "utimensat", "futimesat", "setxattr", "lsetxattr", "fsetxattr", "removexattr",
    "lremovexattr", "fremovexattr", "openat2", "open_by_handle_at", "name_to_handle_at", "fanotify_init",
    "mount", "umount2", "move_mount", "open_tree", "fsopen", "fsmount", "fspick", "mount_setattr", "pivot_root",
    "chroot", "unshare", "setns", "swapon", "swapoff", "quotactl", "quotactl_fd",
    "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setgroups", "capset", "setsid",
    "keyctl", "add_key", "request_key", "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter",
    "io_uring_register", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot",
    "sethostname", "setdomainname", "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "acct", "syslog",
    "iopl", "ioperm", "lookup_dcookie", "shmget", "shmat", "shmctl", "msgget", "semget", "mq_open", "mq_unlink",
    "inotify_init", "inotify_init1", "vhangup", "personality",
};

static struct sock_fprog filter; /* the calls above as a program for the kernel; empty when it could not be made */
static int landlock = -1;        /* the rules, or -1 where the kernel has none */

/* ---- system calls ---- */

static int add_rules(scmp_filter_ctx rules)
{
    int fault = 0;
    for (size_t i = 0; i < sizeof denied / sizeof *denied && !fault; i++) {
        int number = seccomp_syscall_resolve_name(denied[i]);
        if (number == __NR_SCMP_ERROR) continue; /* this architecture has no such call */
        fault = seccomp_rule_add(rules, SCMP_ACT_ERRNO(EPERM), number, 0);
        if (fault == -EDOM) fault = 0;
    }
    /* Files may be opened to read. */
    static const int writing[] = {O_WRONLY, O_RDWR, O_CREAT};
    for (size_t i = 0; i < sizeof writing / sizeof *writing && !fault; i++) {
        scmp_datum_t bit = (scmp_datum_t)writing[i];
        fault = seccomp_rule_add(rules, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 1,
                                 SCMP_A2(SCMP_CMP_MASKED_EQ, bit, bit));
        if (!fault)
            fault = seccomp_rule_add(rules, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(open), 1,
                                     SCMP_A1(SCMP_CMP_MASKED_EQ, bit, bit));
    }
    if (!fault) /* the limits of others */
        fault = seccomp_rule_add(rules, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prlimit64), 1, SCMP_A0(SCMP_CMP_NE, 0));
    return fault;
}

static void compile_filter(void)
{
    scmp_filter_ctx rules = seccomp_init(SCMP_ACT_ALLOW);
    int file = memfd_create("filter", MFD_CLOEXEC);
    off_t size = 0;
    if (rules && file >= 0 && !add_rules(rules) && !seccomp_export_bpf(rules, file)) size = lseek(file, 0, SEEK_END);
    struct sock_filter *code = size > 0 ? malloc((size_t)size) : NULL;
    if (code && pread(file, code, (size_t)size, 0) == size)
        filter = (struct sock_fprog){.len = (unsigned short)((size_t)size / sizeof *code), .filter = code};
    if (file >= 0) close(file);
    seccomp_release(rules);
}

/* ---- files ---- */

static void allow_path(const char *path, uint64_t rights)
{
    int fd = path ? open(path, O_PATH | O_CLOEXEC) : -1;
    struct stat found;
    if (fd < 0) return;
    if (!fstat(fd, &found) && !S_ISDIR(found.st_mode)) rights &= ~(uint64_t)LANDLOCK_ACCESS_FS_READ_DIR;
    struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = fd};
    syscall(SYS_landlock_add_rule, landlock, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
}

static void make_landlock_rules(void)
{
    static const char *const readable[] = {
        "/usr/lib", "/usr/lib64", "/usr/share", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/etc/magic",
        "/dev/null", "/dev/zero", "/dev/urandom", "/proc/cpuinfo", "/sys/devices/system/cpu",
    };
    static const char *const programs[] = {"/usr/bin/pdftotext", "/usr/bin/pdftoppm", "/usr/bin/tesseract",
                                           "/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"};
    const uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    struct landlock_ruleset_attr rules = {.handled_access_fs = LANDLOCK_ACCESS_FS_MAKE_SYM * 2 - 1}; /* all of ABI 1 */
    landlock = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (landlock < 0) return;
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++) allow_path(readable[i], reading);
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        allow_path(programs[i], LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE);
    allow_path(getenv("TESSDATA_PREFIX"), reading);
}

void sandbox_prepare(void)
{
    compile_filter();
    make_landlock_rules();
}

/* ---- limits ---- */

static bool limit(int what, uint64_t soft, uint64_t hard)
{
    struct rlimit now, limits = {(rlim_t)soft, (rlim_t)hard};
    if (getrlimit((__rlimit_resource_t)what, &now)) return false;
    if (limits.rlim_max > now.rlim_max) limits.rlim_max = now.rlim_max;
    if (limits.rlim_cur > limits.rlim_max) limits.rlim_cur = limits.rlim_max;
    return setrlimit((__rlimit_resource_t)what, &limits) == 0;
}

const char *sandbox_enter(void)
{
    if (!filter.len) return "there is no filter for its system calls";
    bool ok = limit(RLIMIT_CPU, LIMIT_CPU_SECONDS, LIMIT_CPU_SECONDS + 5) &&
              limit(RLIMIT_FSIZE, LIMIT_WRITTEN, LIMIT_WRITTEN) && limit(RLIMIT_CORE, 0, 0) &&
              limit(RLIMIT_NOFILE, LIMIT_OPEN_FILES, LIMIT_OPEN_FILES) && limit(RLIMIT_MEMLOCK, 0, 0);
    if (ok && !SANITIZED) ok = limit(RLIMIT_AS, LIMIT_MEMORY, LIMIT_MEMORY);
    if (!ok) return "its limits were refused";
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return "no_new_privs was refused";
    if (landlock >= 0 && !SANITIZED && syscall(SYS_landlock_restrict_self, landlock, 0))
        return "its file access could not be limited";
    if (landlock >= 0) close(landlock);
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0)) return "the kernel refused the filter";
    return NULL;
}
