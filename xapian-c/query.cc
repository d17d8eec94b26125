/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Query trees. Their depth is counted, because libxapian walks and frees them by recursion. */
#include "xapian-c/callbacks.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

using xc::guard;
using xc::need;

typedef std::shared_ptr<const xc_query_node> node;

static node leaf(xc_query_kind kind)
{
    auto made = std::make_shared<xc_query_node>();
    made->view.kind = kind;
    return made;
}

static node term_leaf(const char *term, size_t length, uint32_t wqf)
{
    if (length == 0) return leaf(XC_QUERY_ALL);
    if (!xc_term_fits(term, length)) return leaf(XC_QUERY_NONE);
    auto made = std::make_shared<xc_query_node>();
    made->view.kind = XC_QUERY_TERM;
    made->view.wqf = wqf;
    made->term.assign(term, length);
    made->view.term = xc::borrow(made->term);
    return made;
}

static node branch(xc_operator operator_, std::vector<node> &&parts, uint32_t parameter)
{
    if (parts.empty()) return leaf(XC_QUERY_NONE);
    if (parts.size() == 1) return parts[0];
    auto made = std::make_shared<xc_query_node>();
    made->view.kind = XC_QUERY_COMBINED;
    made->view.operator_ = operator_;
    made->view.parameter = parameter;
    made->view.part_count = parts.size();
    made->parts = std::move(parts);
    return made;
}

static xc_query *make(const Xapian::Query &query, unsigned depth, node &&tree)
{
    if (depth > XC_QUERY_DEPTH_MAX)
        throw xc::fault{XC_LIMIT, "the query is nested more than " + std::to_string(int{XC_QUERY_DEPTH_MAX}) + " deep"};
    std::unique_ptr<xc_query> made(new xc_query);
    made->query = query;
    made->depth = depth;
    made->node = std::move(tree);
    return made.release();
}

static Xapian::Query::op translate_operator(xc_operator operator_)
{
    static const Xapian::Query::op ops[] = {
        Xapian::Query::OP_AND,       Xapian::Query::OP_OR,        Xapian::Query::OP_AND_NOT, Xapian::Query::OP_XOR,
        Xapian::Query::OP_FILTER,    Xapian::Query::OP_AND_MAYBE, Xapian::Query::OP_SYNONYM, Xapian::Query::OP_MAX,
        Xapian::Query::OP_ELITE_SET, Xapian::Query::OP_NEAR,      Xapian::Query::OP_PHRASE};
    static_assert(sizeof ops / sizeof *ops == XC_PHRASE + 1, "an operator for each");
    if ((unsigned)operator_ > XC_PHRASE) throw xc::fault{XC_INVALID, "no such query operator"};
    return ops[operator_];
}

static Xapian::Query term_query(const char *term, size_t length, uint32_t wqf)
{
    if (length > 0) need(term, "term");
    if (length > 0 && !xc_term_fits(term, length)) return Xapian::Query::MatchNothing;
    return Xapian::Query(xc::bytes(term, length), wqf);
}

enum xc_status xc_query_term(struct xc_query **out, const char *term, size_t length, uint32_t wqf,
                             struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        *out = make(term_query(term, length, wqf), 1, term_leaf(term, length, wqf));
        return XC_OK;
    });
}

enum xc_status xc_query_all(struct xc_query **out, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        *out = make(Xapian::Query::MatchAll, 1, leaf(XC_QUERY_ALL));
        return XC_OK;
    });
}

enum xc_status xc_query_none(struct xc_query **out, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        *out = make(Xapian::Query::MatchNothing, 1, leaf(XC_QUERY_NONE));
        return XC_OK;
    });
}

enum xc_status xc_query_combine(struct xc_query **out, enum xc_operator operator_, const struct xc_query *const *parts,
                                size_t count, uint32_t parameter, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        Xapian::Query::op op = translate_operator(operator_);
        if (count > 0) need(parts, "array of queries");
        std::vector<Xapian::Query> all;
        std::vector<node> nodes;
        all.reserve(count);
        nodes.reserve(count);
        unsigned depth = 0;
        for (size_t i = 0; i < count; i++) {
            need(parts[i], "part of the query");
            all.push_back(parts[i]->query);
            nodes.push_back(parts[i]->node);
            depth = std::max(depth, parts[i]->depth);
        }
        if (count == 1)
            *out = make(all[0], depth, std::move(nodes[0]));
        else
            *out = make(Xapian::Query(op, all.begin(), all.end(), parameter), depth + 1,
                        branch(operator_, std::move(nodes), parameter));
        return XC_OK;
    });
}

enum xc_status xc_query_combine_terms(struct xc_query **out, enum xc_operator operator_, const struct xc_bytes *terms,
                                      size_t count, uint32_t parameter, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        Xapian::Query::op op = translate_operator(operator_);
        if (count > 0) need(terms, "array of terms");
        std::vector<Xapian::Query> all;
        std::vector<node> nodes;
        all.reserve(count);
        nodes.reserve(count);
        for (size_t i = 0; i < count; i++) {
            all.push_back(term_query(terms[i].data, terms[i].length, 1));
            nodes.push_back(term_leaf(terms[i].data, terms[i].length, 1));
        }
        if (count == 1)
            *out = make(all[0], 1, std::move(nodes[0]));
        else
            *out = make(Xapian::Query(op, all.begin(), all.end(), parameter), 2,
                        branch(operator_, std::move(nodes), parameter));
        return XC_OK;
    });
}

enum xc_status xc_query_scale(struct xc_query **out, const struct xc_query *query, double factor,
                              struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", query, "query");
        if (!(factor >= 0) || std::isinf(factor))
            throw xc::fault{XC_INVALID, "a factor of weight is a number, at least 0"};
        auto scaled = std::make_shared<xc_query_node>();
        scaled->view.kind = XC_QUERY_SCALED;
        scaled->view.factor = factor;
        scaled->view.part_count = 1;
        scaled->parts.push_back(query->node);
        *out = make(Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query->query, factor), query->depth + 1,
                    std::move(scaled));
        return XC_OK;
    });
}

enum xc_status xc_query_value_range(struct xc_query **out, uint32_t slot, const char *low, size_t low_length,
                                    const char *high, size_t high_length, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        *out = make(Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, xc::bytes(low, low_length),
                                  xc::bytes(high, high_length)),
                    1, leaf(XC_QUERY_OTHER));
        return XC_OK;
    });
}

enum xc_status xc_query_value_at_least(struct xc_query **out, uint32_t slot, const char *low, size_t length,
                                       struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        *out = make(Xapian::Query(Xapian::Query::OP_VALUE_GE, slot, xc::bytes(low, length)), 1, leaf(XC_QUERY_OTHER));
        return XC_OK;
    });
}

enum xc_status xc_query_value_at_most(struct xc_query **out, uint32_t slot, const char *high, size_t length,
                                      struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        *out = make(Xapian::Query(Xapian::Query::OP_VALUE_LE, slot, xc::bytes(high, length)), 1, leaf(XC_QUERY_OTHER));
        return XC_OK;
    });
}

static int translate_limit(xc_wildcard_limit limit)
{
    switch (limit) {
    case XC_WILDCARD_ERROR:
        return Xapian::Query::WILDCARD_LIMIT_ERROR;
    case XC_WILDCARD_FIRST:
        return Xapian::Query::WILDCARD_LIMIT_FIRST;
    case XC_WILDCARD_MOST_FREQUENT:
        return Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT;
    }
    throw xc::fault{XC_INVALID, "no such limit of a wildcard"};
}

enum xc_status xc_query_wildcard(struct xc_query **out, const char *prefix, size_t length, uint32_t terms_max,
                                 enum xc_wildcard_limit limit, enum xc_operator combiner, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        if (combiner != XC_OR && combiner != XC_SYNONYM && combiner != XC_MAX)
            throw xc::fault{XC_INVALID, "a wildcard's terms are combined by OR, SYNONYM or MAX"};
        *out = make(Xapian::Query(Xapian::Query::OP_WILDCARD, xc::bytes(prefix, length), terms_max,
                                  translate_limit(limit), translate_operator(combiner)),
                    1, leaf(XC_QUERY_OTHER));
        return XC_OK;
    });
}

enum xc_status xc_query_source(struct xc_query **out, const struct xc_source *source, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", source, "source");
        if (!source->seek) throw xc::fault{XC_INVALID, "a source of documents needs a function to call"};
        if (source->documents_least > source->documents_guess || source->documents_guess > source->documents_most)
            throw xc::fault{XC_INVALID, "a source's counts of documents are in no order"};
        if (!(source->weight_most >= 0) || std::isinf(source->weight_most))
            throw xc::fault{XC_INVALID, "a source's greatest weight is a number, at least 0"};
        /* Released, it is counted by the query that holds it. */
        *out = make(Xapian::Query((new xc::source(*source))->release()), 1, leaf(XC_QUERY_OTHER));
        return XC_OK;
    });
}

const struct xc_query_node *xc_query_root(const struct xc_query *query)
{
    return query ? query->node.get() : nullptr;
}

const struct xc_query_node *xc_query_part(const struct xc_query_node *node, size_t i)
{
    return node && i < node->parts.size() ? node->parts[i].get() : nullptr;
}

struct xc_query_view xc_query_look(const struct xc_query_node *node)
{
    static const xc_query_view nothing = {XC_QUERY_NONE, XC_AND, 0, 0, {"", 0}, 0, 0};
    return node ? node->view : nothing;
}

enum xc_status xc_query_description(struct xc_bytes *out, struct xc_query *query, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", query, "query");
        query->description = query->query.get_description();
        *out = xc::borrow(query->description);
        return XC_OK;
    });
}

enum xc_status xc_query_terms(struct xc_terms **out, const struct xc_query *query, bool unique, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", query, "query");
        *out = xc::make_terms(Xapian::Database(),
                              unique ? query->query.get_unique_terms_begin() : query->query.get_terms_begin(), false);
        return XC_OK;
    });
}

uint32_t xc_query_length(const struct xc_query *query)
{
    return query ? query->query.get_length() : 0;
}

bool xc_query_is_empty(const struct xc_query *query)
{
    return !query || query->query.empty();
}

unsigned xc_query_depth(const struct xc_query *query)
{
    return query ? query->depth : 0;
}

void xc_query_free(struct xc_query *query)
{
    delete query;
}
