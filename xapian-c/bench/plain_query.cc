/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Queries as libxapian's documentation teaches them, to measure against: QueryParser, BM25, the first ten documents
 * with their data, over an index of dossier's, from one open database that is reopened for each query.
 *
 * Usage: plain_query INDEX QUERIES [ROUNDS]; lines of kind, tab, query, as query_bench takes them. Prints the same
 * figures: CPU milliseconds, of each query the fastest of its rounds.
 */
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>
#include <xapian.h>

namespace
{
struct query {
    std::string kind, text;
    double best = 1e9;
};

double now()
{
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

double run(Xapian::Database &database, const query &query)
{
    double started = now();
    database.reopen();
    Xapian::QueryParser parser;
    parser.set_database(database);
    parser.set_stemmer(Xapian::Stem("en"));
    parser.set_stemming_strategy(Xapian::QueryParser::STEM_ALL_Z);
    if (query.kind.compare(0, 3, "and") == 0) parser.set_default_op(Xapian::Query::OP_AND);
    Xapian::Enquire enquire(database);
    enquire.set_query(parser.parse_query(query.text));
    Xapian::MSet mset = enquire.get_mset(0, 10);
    size_t bytes = 0;
    for (Xapian::MSetIterator hit = mset.begin(); hit != mset.end(); ++hit)
        bytes += hit.get_document().get_data().size();
    return bytes == size_t(-1) ? 0 : now() - started;
}

void report(const std::vector<query> &queries, const std::string &kind)
{
    std::vector<double> times;
    for (const query &query : queries)
        if (kind.empty() || query.kind == kind) times.push_back(query.best);
    if (times.empty()) return;
    std::sort(times.begin(), times.end());
    std::printf("%-12s %-26s %5zu %9.3f %9.3f %9.3f\n", kind.empty() ? "all" : kind.c_str(), "QueryParser, BM25, data",
                times.size(), times[times.size() / 2], times[times.size() * 95 / 100], times[times.size() * 99 / 100]);
}
} // namespace

int main(int argc, char **argv)
try {
    if (argc < 3) {
        std::fputs("usage: plain_query INDEX QUERIES [ROUNDS]\n", stderr);
        return 2;
    }
    Xapian::Database database(argv[1], Xapian::DB_BACKEND_GLASS);
    std::ifstream file(argv[2]);
    std::vector<query> queries;
    for (std::string line; std::getline(file, line);) {
        size_t tab = line.find('\t');
        if (tab == std::string::npos) continue;
        query one;
        one.kind = line.substr(0, tab);
        one.text = line.substr(tab + 1);
        if (one.kind.compare(0, 6, "phrase") == 0) one.text = '"' + one.text + '"';
        queries.push_back(one);
    }
    for (int round = argc > 3 ? std::atoi(argv[3]) : 5; round > 0; round--)
        for (query &query : queries) query.best = std::min(query.best, run(database, query));
    report(queries, "");
    for (size_t i = 0; i < queries.size(); i++)
        if (std::none_of(queries.begin(), queries.begin() + long(i),
                         [&](const query &q) { return q.kind == queries[i].kind; }))
            report(queries, queries[i].kind);
    return 0;
} catch (const Xapian::Error &error) {
    std::cerr << "plain_query: " << error.get_description() << '\n';
    return 1;
}
