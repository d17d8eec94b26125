// SPDX-License-Identifier: GPL-2.0-or-later
/* The indexing loop that libxapian's own documentation teaches, as the measure of ours: TermGenerator with an English
 * stemmer and positions, title and text, the text stored, a date value, an id term, everything else at its default.
 *
 * Usage: termgenerator DATABASE FILE.jsonl     (records with the keys id, title, text, date)
 * Prints documents, MB of text, CPU seconds and MB of text per CPU second.
 */
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <jansson.h>
#include <string>
#include <sys/resource.h>
#include <xapian.h>

static double cpu_seconds()
{
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static std::string field(const json_t *record, const char *name)
{
    const json_t *value = json_object_get(record, name);
    return json_is_string(value) ? std::string(json_string_value(value), json_string_length(value)) : std::string();
}

int main(int count, char **arguments)
{
    if (count != 3) {
        std::cerr << "usage: termgenerator DATABASE FILE.jsonl\n";
        return 2;
    }
    try {
        Xapian::WritableDatabase database(arguments[1], Xapian::DB_CREATE_OR_OVERWRITE);
        Xapian::TermGenerator generator;
        generator.set_stemmer(Xapian::Stem("en"));
        std::ifstream file(arguments[2]);
        if (!file) {
            std::cerr << "cannot read '" << arguments[2] << "'\n";
            return 4;
        }
        double start = cpu_seconds();
        size_t documents = 0, bytes = 0;
        for (std::string line; std::getline(file, line);) {
            json_error_t error;
            json_t *record = json_loadb(line.data(), line.size(), 0, &error);
            if (!record) continue;
            std::string title = field(record, "title"), text = field(record, "text");
            Xapian::Document document;
            generator.set_document(document);
            generator.index_text(title, 1, "S");
            generator.index_text(title);
            generator.increase_termpos();
            generator.index_text(text);
            document.set_data(title + "\n" + text);
            document.add_value(0, field(record, "date"));
            document.add_boolean_term("Q" + field(record, "id").substr(0, 200));
            database.add_document(document);
            documents++;
            bytes += text.size();
            json_decref(record);
        }
        database.commit();
        double seconds = cpu_seconds() - start;
        printf("termgenerator\tdocuments %zu\ttext MB %.2f\tCPU s %.2f\tMB/CPU s %.2f\n", documents,
               (double)bytes / 1e6, seconds, (double)bytes / 1e6 / seconds);
    } catch (const Xapian::Error &error) {
        std::cerr << error.get_description() << "\n";
        return 4;
    }
    return 0;
}
