/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "xapian-c/callbacks.hpp"

namespace xc
{

static void go_on(xc_status status)
{
    if (status != XC_OK) throw stop{status};
}

decider::decider(xc_decide_fn *decide, void *context) : decide_(decide), context_(context) {}

bool decider::operator()(const Xapian::Document &document) const
{
    bool accept = true;
    view_.document = document;
    go_on(decide_(context_, &accept, &view_));
    return accept;
}

visitor::visitor(xc_visit_fn *visit, void *context) : visit_(visit), context_(context) {}

void visitor::operator()(const Xapian::Document &document, double weight)
{
    view_.document = document;
    xc_status status = visit_(context_, document.get_docid(), weight, &view_);
    /* Not to keep the database open through a spy that outlives the search. */
    view_.document = Xapian::Document();
    go_on(status);
}

source::source(const xc_source &definition)
    : definition_(definition), docid_(0), weight_(0), started_(false), ended_(false)
{
    set_maxweight(definition.weight_most);
}

void source::init(const Xapian::Database &)
{
    docid_ = 0;
    weight_ = 0;
    started_ = ended_ = false;
    set_maxweight(definition_.weight_most);
}

Xapian::doccount source::get_termfreq_min() const
{
    return definition_.documents_least;
}

Xapian::doccount source::get_termfreq_est() const
{
    return definition_.documents_guess;
}

Xapian::doccount source::get_termfreq_max() const
{
    return definition_.documents_most;
}

double source::get_weight() const
{
    return weight_;
}

Xapian::docid source::get_docid() const
{
    return docid_;
}

bool source::at_end() const
{
    return ended_;
}

void source::next(double weight_min)
{
    if (docid_ == UINT32_MAX)
        ended_ = true;
    else
        seek(docid_ + 1, weight_min);
}

void source::skip_to(Xapian::docid docid, double weight_min)
{
    if (started_ && docid <= docid_) return;
    seek(docid, weight_min);
}

void source::seek(uint32_t from, double weight_min)
{
    if (ended_) return;
    uint32_t docid = 0;
    double weight = 0;
    go_on(definition_.seek(definition_.context, &docid, &weight, from, weight_min));
    started_ = true;
    if (docid == 0) {
        ended_ = true;
        return;
    }
    if (docid < from) throw fault{XC_INVALID, "a source of documents went backwards"};
    /* Beyond its bound, or no number, a weight would make libxapian drop hits. */
    if (!(weight >= 0 && weight <= definition_.weight_most))
        throw fault{XC_INVALID, "a source of documents gave a weight out of its bounds"};
    docid_ = docid;
    weight_ = weight;
}

keeper::keeper(xc_keep_fn *keep, void *context) : keep_(keep), context_(context) {}

bool keeper::operator()(const std::string &term) const
{
    bool keep = true;
    go_on(keep_(context_, &keep, term.data(), term.size()));
    return keep;
}

progress::progress(xc_progress_fn *progress, void *context) : progress_(progress), context_(context) {}

void progress::set_status(const std::string &table, const std::string &status)
{
    if (progress_) go_on(progress_(context_, table.c_str(), status.c_str()));
}

reporter::reporter(xc_text_fn *report, void *context) : report_(report), context_(context) {}

reporter::int_type reporter::overflow(int_type c)
{
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    char one = traits_type::to_char_type(c);
    go_on(report_(context_, &one, 1));
    return c;
}

std::streamsize reporter::xsputn(const char *data, std::streamsize length)
{
    if (length > 0) go_on(report_(context_, data, (size_t)length));
    return length;
}

} // namespace xc
