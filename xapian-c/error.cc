/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one place where exceptions become statuses. */
#include "xapian-c/handles.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>
#include <stdexcept>

namespace xc
{

/* Copies what fits, on one line. */
static void copy_line(char *out, size_t room, const char *text) noexcept
{
    size_t i = 0;
    for (; text[i] && i + 1 < room; i++) out[i] = (text[i] == '\n' || text[i] == '\r') ? ' ' : text[i];
    out[i] = '\0';
}

static xc_status report(xc_error *error, xc_status status, const char *type, const char *message) noexcept
{
    if (error) {
        error->status = status;
        copy_line(error->type, sizeof error->type, type);
        copy_line(error->message, sizeof error->message, message);
    }
    return status;
}

xc_status fail(xc_error *error, xc_status status, const char *type, const std::string &message) noexcept
{
    return report(error, status, type, message.c_str());
}

/* libxapian keeps the errno of a failure to itself, but tells its text. */
static bool system_says(const Xapian::Error &e, int number) noexcept
{
    const char *text = e.get_error_string();
    return text && strcmp(text, strerror(number)) == 0;
}

static xc_status report(xc_error *error, xc_status status, const Xapian::Error &e) noexcept
{
    if (!error) return status;
    char line[sizeof error->message];
    const char *system = e.get_error_string();
    const std::string &context = e.get_context();
    snprintf(line, sizeof line, "%s%s%s%s%s%s", e.get_msg().c_str(), system ? ": " : "", system ? system : "",
             context.empty() ? "" : " (at ", context.c_str(), context.empty() ? "" : ")");
    /* Messages start lower case here, but not at the cost of a name in capitals. */
    if (line[0] >= 'A' && line[0] <= 'Z' && line[1] >= 'a' && line[1] <= 'z') line[0] = (char)(line[0] - 'A' + 'a');
    return report(error, status, e.get_type(), line);
}

/* A lock may be refused for other reasons than another writer; only the message tells them apart. */
static xc_status lock_status(const Xapian::DatabaseLockError &e) noexcept
{
    return strstr(e.get_msg().c_str(), "already locked") ? XC_LOCKED : XC_IO;
}

/* An opening error names a file that has gone, one that the system refuses, or one that makes no sense. */
static xc_status opening_status(const Xapian::Error &e) noexcept
{
    if (system_says(e, ENOENT)) return XC_GONE;
    return e.get_error_string() ? XC_IO : XC_DAMAGED;
}

xc_status translate(xc_error *error) noexcept
{
    /* Derived classes before their bases. */
    try {
        throw;
    } catch (const stop &s) {
        return report(error, s.status, "xapian-c", "stopped by a callback");
    } catch (const fault &f) {
        return report(error, f.status, "xapian-c", f.message.c_str());
    } catch (const Xapian::DocNotFoundError &e) {
        return report(error, XC_NOT_FOUND, e);
    } catch (const Xapian::DatabaseModifiedError &e) {
        return report(error, XC_CHANGED, e);
    } catch (const Xapian::DatabaseClosedError &e) {
        return report(error, XC_GONE, e);
    } catch (const Xapian::DatabaseNotFoundError &e) {
        return report(error, XC_MISSING, e);
    } catch (const Xapian::DatabaseVersionError &e) {
        return report(error, XC_VERSION, e);
    } catch (const Xapian::DatabaseOpeningError &e) {
        return report(error, opening_status(e), e);
    } catch (const Xapian::DatabaseLockError &e) {
        return report(error, lock_status(e), e);
    } catch (const Xapian::DatabaseCreateError &e) {
        return report(error, e.get_error_string() ? XC_IO : XC_INVALID, e);
    } catch (const Xapian::DatabaseCorruptError &e) {
        return report(error, XC_DAMAGED, e);
    } catch (const Xapian::DatabaseError &e) {
        return report(error, e.get_error_string() ? XC_IO : XC_DAMAGED, e);
    } catch (const Xapian::RangeError &e) {
        return report(error, XC_DAMAGED, e);
    } catch (const Xapian::NetworkTimeoutError &e) {
        return report(error, XC_TIMEOUT, e);
    } catch (const Xapian::NetworkError &e) {
        return report(error, XC_NETWORK, e);
    } catch (const Xapian::WildcardError &e) {
        return report(error, XC_LIMIT, e);
    } catch (const Xapian::FeatureUnavailableError &e) {
        return report(error, XC_UNSUPPORTED, e);
    } catch (const Xapian::UnimplementedError &e) {
        return report(error, XC_UNSUPPORTED, e);
    } catch (const Xapian::InvalidArgumentError &e) {
        return report(error, XC_INVALID, e);
    } catch (const Xapian::InvalidOperationError &e) {
        return report(error, XC_INVALID, e);
    } catch (const Xapian::Error &e) {
        return report(error, XC_INTERNAL, e);
    } catch (const std::bad_alloc &) {
        return report(error, XC_NO_MEMORY, "std::bad_alloc", "out of memory");
    } catch (const std::length_error &) {
        /* Sizes that nobody asked for come from files. */
        return report(error, XC_DAMAGED, "std::length_error", "a size beyond all memory: damaged data");
    } catch (const std::exception &e) {
        return report(error, XC_INTERNAL, "std::exception", e.what());
    } catch (...) {
        return report(error, XC_INTERNAL, "unknown", "an unknown exception");
    }
}

void check_term(const char *data, size_t length, const char *what)
{
    if (length > 0) need(data, what);
    if (xc_term_fits(data, length)) return;
    if (length == 0) throw fault{XC_LIMIT, std::string("the ") + what + " is empty"};
    throw fault{XC_LIMIT, std::string("the ") + what + " of " + std::to_string(length) +
                              " bytes is too long (at most " + std::to_string(int{XC_TERM_BYTES_MAX}) +
                              ", NULs counting twice): shorten it"};
}

} // namespace xc

const char *xc_status_name(enum xc_status status)
{
    static const char *const names[] = {"XC_OK",      "XC_NOT_FOUND",   "XC_INVALID",   "XC_LOCKED",  "XC_DAMAGED",
                                        "XC_CHANGED", "XC_GONE",        "XC_MISSING",   "XC_FOREIGN", "XC_VERSION",
                                        "XC_NETWORK", "XC_TIMEOUT",     "XC_NO_MEMORY", "XC_LIMIT",   "XC_STOPPED",
                                        "XC_IO",      "XC_UNSUPPORTED", "XC_INTERNAL"};
    static_assert(sizeof names / sizeof *names == XC_INTERNAL + 1, "a name for each status");
    return (unsigned)status <= XC_INTERNAL ? names[status] : "XC_?";
}

const char *xc_library_version(void)
{
    return Xapian::version_string();
}

bool xc_term_fits(const char *data, size_t length)
{
    if (length == 0 || length > XC_TERM_BYTES_MAX || !data) return false;
    size_t cost = length;
    for (size_t i = 0; i < length; i++) cost += data[i] == '\0';
    return cost <= XC_TERM_BYTES_MAX;
}

size_t xc_sortable_serialise(char out[XC_SORTABLE_BYTES], double number)
{
    return Xapian::sortable_serialise_(number, out);
}

double xc_sortable_unserialise(const char *data, size_t length)
{
    double number = 0;
    xc::guard(nullptr, [&] {
        number = Xapian::sortable_unserialise(xc::bytes(data, length));
        return XC_OK;
    });
    return number;
}

/* ---- For sanitized builds ----
 * Two flaws of libxapian 1.4.22 would end or fail a sanitized program that uses it rightly: Database::check deletes a
 * table through a base class of another size, and a wildcard over its limit leaks the weighting scheme's copy. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) /* clang's way of saying so */
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
extern "C" const char *__asan_default_options(void);
extern "C" const char *__lsan_default_options(void);
extern "C" const char *__lsan_default_suppressions(void);

extern "C" const char *__asan_default_options(void)
{
    return "new_delete_type_mismatch=0";
}

extern "C" const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}

extern "C" const char *__lsan_default_suppressions(void)
{
    return "leak:Weight::clone\n";
}
#endif
