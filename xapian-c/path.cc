/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What lies at a path, found out before libxapian may guess. */
#include "xapian-c/handles.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace xc
{

/* iamglass, and a single-file database, begin so (GLASS.md); two bytes of version and the UUID follow. */
static const char MAGIC[] = "\x0f\x0dXapian Glass";
enum { MAGIC_BYTES = sizeof MAGIC - 1, UUID_OFFSET = MAGIC_BYTES + 2, UUID_BYTES = 16 };

[[noreturn]] static void refuse(xc_status status, const std::string &path, const std::string &why)
{
    throw fault{status, "cannot open '" + path + "': " + why};
}

[[noreturn]] static void refuse_errno(const std::string &path, int number)
{
    refuse(number == ENOENT || number == ENOTDIR ? XC_MISSING : XC_IO, path, strerror(number));
}

/* A descriptor that closes itself unless released. */
struct descriptor {
    int fd;
    explicit descriptor(int fd_) : fd(fd_) {}
    descriptor(const descriptor &) = delete;
    descriptor &operator=(const descriptor &) = delete;
    ~descriptor()
    {
        if (fd >= 0) close(fd);
    }
    int release()
    {
        return std::exchange(fd, -1);
    }
};

static int open_file(const std::string &path)
{
    int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) refuse_errno(path, errno);
    return fd;
}

static bool starts_as_glass(int fd)
{
    char head[MAGIC_BYTES];
    return pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head && memcmp(head, MAGIC, sizeof head) == 0;
}

bool has_entry(const char *path, const char *name)
{
    struct stat entry;
    return stat((std::string(path) + "/" + name).c_str(), &entry) == 0;
}

kind probe(const char *path)
{
    need(path, "path");
    struct stat entry;
    if (stat(path, &entry) != 0) refuse_errno(path, errno);
    if (S_ISDIR(entry.st_mode)) {
        std::string version = std::string(path) + "/iamglass";
        if (stat(version.c_str(), &entry) != 0) {
            if (errno != ENOENT) refuse_errno(version, errno);
            refuse(XC_FOREIGN, path, "the folder holds no glass database");
        }
        if (!S_ISREG(entry.st_mode)) refuse(XC_FOREIGN, path, "its 'iamglass' is no file");
        return kind::folder;
    }
    if (!S_ISREG(entry.st_mode)) refuse(XC_FOREIGN, path, "neither a folder nor a file");
    descriptor file(open_file(path));
    if (!starts_as_glass(file.fd)) refuse(XC_FOREIGN, path, "the file is no glass database");
    return kind::file;
}

Xapian::Database open_glass(const char *path)
{
    if (probe(path) == kind::folder) return Xapian::Database(path, Xapian::DB_BACKEND_GLASS);
    /* By descriptor, so that what was checked is what gets opened. */
    descriptor file(open_file(path));
    if (!starts_as_glass(file.fd)) refuse(XC_FOREIGN, path, "the file is no glass database");
    return Xapian::Database(file.release(), Xapian::DB_BACKEND_GLASS);
}

} // namespace xc

enum xc_status xc_path_uuid(char out[37], const char *path, struct xc_error *error)
{
    return xc::guard(error, [&] {
        xc::need(out, "result");
        bool folder = xc::probe(path) == xc::kind::folder;
        xc::descriptor file(xc::open_file(folder ? std::string(path) + "/iamglass" : std::string(path)));
        unsigned char uuid[xc::UUID_BYTES];
        if (!xc::starts_as_glass(file.fd) ||
            pread(file.fd, uuid, sizeof uuid, xc::UUID_OFFSET) != (ssize_t)sizeof uuid) {
            xc::refuse(XC_DAMAGED, path, "its version file is cut or overwritten");
        }
        static const char digits[] = "0123456789abcdef";
        char *to = out;
        for (int i = 0; i < xc::UUID_BYTES; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) *to++ = '-';
            *to++ = digits[uuid[i] >> 4];
            *to++ = digits[uuid[i] & 15];
        }
        *to = '\0';
        return XC_OK;
    });
}
