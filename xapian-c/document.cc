/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Documents, made or read. Terms are checked before libxapian sees them. */
#include "xapian-c/handles.hpp"

using xc::guard;
using xc::need;

enum xc_status xc_document_new(struct xc_document **out, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        *out = new xc_document;
        return XC_OK;
    });
}

void xc_document_free(struct xc_document *document)
{
    delete document;
}

enum xc_status xc_document_clear(struct xc_document *document, struct xc_error *error)
{
    return guard(error, [&] {
        need(document, "document");
        /* A fresh one, because other handles may share the old one. */
        document->document = Xapian::Document();
        return XC_OK;
    });
}

uint32_t xc_document_id(const struct xc_document *document)
{
    return document ? document->document.get_docid() : 0;
}

enum xc_status xc_document_data(struct xc_bytes *out, struct xc_document *document, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", document, "document");
        document->data = document->document.get_data();
        *out = xc::borrow(document->data);
        return XC_OK;
    });
}

enum xc_status xc_document_set_data(struct xc_document *document, const char *data, size_t length,
                                    struct xc_error *error)
{
    return guard(error, [&] {
        need(document, "document");
        xc::assign(document->scratch, data, length);
        document->document.set_data(document->scratch);
        return XC_OK;
    });
}

enum xc_status xc_document_value(struct xc_bytes *out, struct xc_document *document, uint32_t slot,
                                 struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", document, "document");
        document->value = document->document.get_value(slot);
        *out = xc::borrow(document->value);
        return XC_OK;
    });
}

enum xc_status xc_document_set_value(struct xc_document *document, uint32_t slot, const char *data, size_t length,
                                     struct xc_error *error)
{
    return guard(error, [&] {
        need(document, "document");
        xc::assign(document->scratch, data, length);
        document->document.add_value(slot, document->scratch);
        return XC_OK;
    });
}

enum xc_status xc_document_values(struct xc_values **out, const struct xc_document *document, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", document, "document");
        *out = xc::make_document_values(document->document);
        return XC_OK;
    });
}

enum xc_status xc_document_terms(struct xc_terms **out, const struct xc_document *document, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", document, "document");
        *out = xc::make_terms(Xapian::Database(), document->document.termlist_begin(), true);
        return XC_OK;
    });
}

enum xc_status xc_document_term_count(uint32_t *out, const struct xc_document *document, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", document, "document");
        *out = document->document.termlist_count();
        return XC_OK;
    });
}

/* The term as libxapian wants it, in space that is kept between calls. */
static const std::string &checked(xc_document *document, const char *term, size_t length)
{
    need(document, "document");
    xc::check_term(term, length, "term");
    document->scratch.assign(term, length);
    return document->scratch;
}

enum xc_status xc_document_add_term(struct xc_document *document, const char *term, size_t length, uint32_t wdf,
                                    struct xc_error *error)
{
    return guard(error, [&] {
        const std::string &name = checked(document, term, length);
        document->document.add_term(name, wdf);
        return XC_OK;
    });
}

enum xc_status xc_document_add_posting(struct xc_document *document, const char *term, size_t length, uint32_t position,
                                       uint32_t wdf, struct xc_error *error)
{
    return guard(error, [&] {
        const std::string &name = checked(document, term, length);
        document->document.add_posting(name, position, wdf);
        return XC_OK;
    });
}

enum xc_status xc_document_add_postings(struct xc_document *document, const char *term, size_t length,
                                        const uint32_t *positions, size_t count, uint32_t wdf_each,
                                        struct xc_error *error)
{
    return guard(error, [&] {
        const std::string &name = checked(document, term, length);
        if (count > 0) need(positions, "array of positions");
        for (size_t i = 0; i < count; i++) document->document.add_posting(name, positions[i], wdf_each);
        return XC_OK;
    });
}

enum xc_status xc_document_remove_term(struct xc_document *document, const char *term, size_t length,
                                       struct xc_error *error)
{
    return guard(error, [&] {
        need(document, "document");
        xc::assign(document->scratch, term, length);
        try {
            document->document.remove_term(document->scratch);
        } catch (const Xapian::InvalidArgumentError &e) {
            throw xc::fault{XC_NOT_FOUND, e.get_msg()};
        }
        return XC_OK;
    });
}
