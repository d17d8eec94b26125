/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes: C callbacks with their context.
 * Gives: the libxapian objects that call them.
 * Never: swallows a callback's status; it leaves as xc::stop, which the guard turns back. */
#ifndef XAPIAN_C_CALLBACKS_HPP
#define XAPIAN_C_CALLBACKS_HPP

#include "xapian-c/handles.hpp"

#include <ostream>
#include <streambuf>

namespace xc
{

class decider : public Xapian::MatchDecider
{
  public:
    decider(xc_decide_fn *decide, void *context);
    bool operator()(const Xapian::Document &document) const override;

  private:
    xc_decide_fn *decide_;
    void *context_;
    mutable xc_document view_; /* kept between calls: a match may be decided a million times */
};

class visitor : public Xapian::MatchSpy
{
  public:
    visitor(xc_visit_fn *visit, void *context);
    void operator()(const Xapian::Document &document, double weight) override;

  private:
    xc_visit_fn *visit_;
    void *context_;
    xc_document view_;
};

class source : public Xapian::PostingSource
{
  public:
    explicit source(const xc_source &definition);
    void init(const Xapian::Database &db) override;
    Xapian::doccount get_termfreq_min() const override;
    Xapian::doccount get_termfreq_est() const override;
    Xapian::doccount get_termfreq_max() const override;
    double get_weight() const override;
    Xapian::docid get_docid() const override;
    bool at_end() const override;
    void next(double weight_min) override;
    void skip_to(Xapian::docid docid, double weight_min) override;

  private:
    void seek(uint32_t from, double weight_min);

    xc_source definition_;
    uint32_t docid_;
    double weight_;
    bool started_;
    bool ended_;
};

class keeper : public Xapian::ExpandDecider
{
  public:
    keeper(xc_keep_fn *keep, void *context);
    bool operator()(const std::string &term) const override;

  private:
    xc_keep_fn *keep_;
    void *context_;
};

class progress : public Xapian::Compactor
{
  public:
    progress(xc_progress_fn *progress, void *context);
    void set_status(const std::string &table, const std::string &status) override;

  private:
    xc_progress_fn *progress_;
    void *context_;
};

/* A stream buffer that hands on whatever is written, piece by piece. */
class reporter : public std::streambuf
{
  public:
    reporter(xc_text_fn *report, void *context);

  protected:
    int_type overflow(int_type c) override;
    std::streamsize xsputn(const char *data, std::streamsize length) override;

  private:
    xc_text_fn *report_;
    void *context_;
};

} // namespace xc

#endif
