/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The least that a CGI program over libxapian does for a page of hits, as its documentation teaches: open, parse, the
 * first ten hits, MSet::snippet on each. To measure the search page against, over an index of dossier's.
 *
 * Usage: plain_page INDEX QUERY. Prints the snippets.
 */
#include <cstdio>
#include <iostream>
#include <string>
#include <xapian.h>

int main(int argc, char **argv)
try {
    if (argc != 3) {
        std::fputs("usage: plain_page INDEX QUERY\n", stderr);
        return 2;
    }
    Xapian::Database database(argv[1], Xapian::DB_BACKEND_GLASS);
    Xapian::QueryParser parser;
    Xapian::Stem stem("en");
    parser.set_database(database);
    parser.set_stemmer(stem);
    parser.set_stemming_strategy(Xapian::QueryParser::STEM_ALL_Z);
    parser.set_default_op(Xapian::Query::OP_AND);
    Xapian::Enquire enquire(database);
    enquire.set_query(parser.parse_query(argv[2]));
    Xapian::MSet mset = enquire.get_mset(0, 10);
    for (Xapian::MSetIterator hit = mset.begin(); hit != mset.end(); ++hit)
        std::cout << mset.snippet(hit.get_document().get_data(), 280, stem) << '\n';
    return 0;
} catch (const Xapian::Error &error) {
    std::cerr << "plain_page: " << error.get_description() << '\n';
    return 1;
}
