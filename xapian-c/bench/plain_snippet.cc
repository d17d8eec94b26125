/* SPDX-License-Identifier: GPL-2.0-or-later */
/* MSet::snippet on a JSONL corpus, to measure against: `plain_snippet corpus.jsonl [documents]`. Each document is asked
 * for three of its own words, as snippet_bench asks it; the match itself is made beforehand, over an index in memory of
 * that document alone, and not timed. Prints CPU milliseconds a KB of text and microseconds a snippet.
 */
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <jansson.h>
#include <string>
#include <vector>
#include <xapian.h>

namespace
{
double now()
{
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/* The first longer word at or after [from], in lower case. */
std::string word_at(const std::string &text, size_t from)
{
    for (size_t start = from; start < text.size(); start++) {
        if (start && std::isalpha((unsigned char)text[start - 1])) continue;
        size_t end = start;
        while (end < text.size() && std::isalpha((unsigned char)text[end])) end++;
        if (end - start < 5) continue;
        std::string word = text.substr(start, end - start);
        std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return char(std::tolower(c)); });
        return word;
    }
    return "";
}
} // namespace

int main(int argc, char **argv)
try {
    if (argc < 2) {
        std::fputs("usage: plain_snippet corpus.jsonl [documents]\n", stderr);
        return 2;
    }
    size_t wanted = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 10000;
    std::ifstream file(argv[1]);
    Xapian::Stem stem("en");
    std::vector<double> times;
    double bytes = 0, sum = 0;
    size_t marked = 0;
    for (std::string line; times.size() < wanted && std::getline(file, line);) {
        json_t *record = json_loadb(line.data(), line.size(), 0, nullptr);
        const json_t *value = json_object_get(record, "text");
        std::string text = json_is_string(value) ? json_string_value(value) : "";
        json_decref(record);
        std::vector<Xapian::Query> terms;
        Xapian::WritableDatabase database("", Xapian::DB_BACKEND_INMEMORY);
        Xapian::Document document;
        for (int part = 1; part <= 3; part++) {
            std::string word = word_at(text, text.size() / 4 * size_t(part));
            if (word.empty()) continue;
            terms.push_back(Xapian::Query("Z" + stem(word)));
            document.add_term("Z" + stem(word));
        }
        if (terms.empty()) continue;
        database.add_document(document);
        Xapian::Enquire enquire(database);
        enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()));
        Xapian::MSet mset = enquire.get_mset(0, 1);
        double started = now();
        std::string snippet = mset.snippet(text, 280, stem);
        times.push_back(now() - started);
        sum += times.back();
        bytes += double(text.size());
        marked += snippet.find("<b>") != std::string::npos;
    }
    if (times.empty()) throw std::string("no record with a text");
    std::sort(times.begin(), times.end());
    std::printf("MSet::snippet: documents %zu, %.1f MB, %.1f%% marked\n", times.size(), bytes / 1e6,
                100 * double(marked) / double(times.size()));
    std::printf("snippet  %.4f ms a KB; median %.1f us, p95 %.1f us, p99 %.1f us, most %.1f us\n", sum / (bytes / 1e3),
                1e3 * times[times.size() / 2], 1e3 * times[times.size() * 95 / 100],
                1e3 * times[times.size() * 99 / 100], 1e3 * times.back());
    return 0;
} catch (const Xapian::Error &error) {
    std::cerr << "plain_snippet: " << error.get_description() << '\n';
    return 1;
} catch (const std::string &message) {
    std::cerr << "plain_snippet: " << message << '\n';
    return 1;
}
