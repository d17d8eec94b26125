/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Excel tables (ECMA-376 part 1, SpreadsheetML): the sheets one after another, a row a line, cells between tabs;
 * numbers as they are stored, formulas by their last result. */
#include "corpus/formats/formats.h"
#include "corpus/formats/office.h"
#include "corpus/isolate/limits.h"

#include <stdlib.h>
#include <string.h>

struct strings {
    struct buffer text;
    size_t *start; /* of each shared string, and one past the last */
    size_t count, capacity;
    bool in_item, in_text, phonetic;
};

static enum status begin_string(struct strings *strings)
{
    if (strings->count + 2 > strings->capacity) {
        size_t capacity = strings->capacity ? strings->capacity * 2 : 256;
        size_t *start = realloc(strings->start, capacity * sizeof *start);
        if (!start) return NO_MEMORY;
        strings->start = start;
        strings->capacity = capacity;
    }
    strings->start[strings->count++] = strings->text.length;
    strings->start[strings->count] = strings->text.length;
    return OK;
}

static enum status strings_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct strings *strings = context;
    (void)attributes;
    if (strcmp(name, "t") == 0) strings->in_text = true;
    if (strcmp(name, "rPh") == 0) strings->phonetic = true; /* the reading of a Japanese word */
    return strcmp(name, "si") == 0 ? begin_string(strings) : OK;
}

static enum status strings_end(void *context, const char *name)
{
    struct strings *strings = context;
    if (strcmp(name, "t") == 0) strings->in_text = false;
    if (strcmp(name, "rPh") == 0) strings->phonetic = false;
    if (strcmp(name, "si") == 0 && strings->count) strings->start[strings->count] = strings->text.length;
    return OK;
}

static enum status strings_text(void *context, struct span text)
{
    struct strings *strings = context;
    return strings->in_text && !strings->phonetic && strings->count ? buffer_append_span(&strings->text, text) : OK;
}

struct sheet {
    struct prose prose;
    const struct strings *strings;
    bool shared, in_value; /* the cell's value is the number of a shared string; within v or t */
    struct buffer value;
};

static enum status sheet_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct sheet *sheet = context;
    if (strcmp(name, "row") == 0) prose_break(&sheet->prose, 1);
    if (strcmp(name, "c") == 0) {
        sheet->shared = span_equal(xml_attribute(attributes, "t"), SPAN("s"));
        buffer_clear(&sheet->value);
    }
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) sheet->in_value = true;
    return OK;
}

static enum status put_cell(struct sheet *sheet)
{
    struct span value = span_trim(buffer_span(&sheet->value));
    if (sheet->shared) {
        size_t index = 0;
        for (size_t i = 0; i < value.length && index < 100000000; i++)
            if (value.data[i] >= '0' && value.data[i] <= '9') index = index * 10 + (size_t)(value.data[i] - '0');
        if (!value.length || index >= sheet->strings->count) return OK;
        value = span_cut(buffer_span(&sheet->strings->text), sheet->strings->start[index],
                         sheet->strings->start[index + 1]);
    }
    enum status status = OK;
    for (size_t i = 0; i < value.length && !status;) { /* a line end within a cell would end the row */
        size_t start = i;
        while (i < value.length && value.data[i] != '\n' && value.data[i] != '\r') i++;
        status = prose_put(&sheet->prose, span_cut(value, start, i));
        while (i < value.length && (value.data[i] == '\n' || value.data[i] == '\r')) i++;
        if (!status && i < value.length) status = prose_put(&sheet->prose, SPAN(" "));
    }
    if (!status && value.length) prose_tab(&sheet->prose);
    return status;
}

static enum status sheet_end(void *context, const char *name)
{
    struct sheet *sheet = context;
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) sheet->in_value = false;
    if (strcmp(name, "c") == 0) return put_cell(sheet);
    if (strcmp(name, "row") == 0) prose_break(&sheet->prose, 1);
    return OK;
}

static enum status sheet_text(void *context, struct span text)
{
    struct sheet *sheet = context;
    return sheet->in_value ? buffer_append_span(&sheet->value, text) : OK;
}

/* Names of sheets, in the order of the book. */
struct book {
    struct prose *prose;
};

static enum status book_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct book *book = context;
    if (strcmp(name, "sheet") != 0) return OK;
    enum status status = prose_put(book->prose, xml_attribute(attributes, "name"));
    prose_tab(book->prose);
    return status;
}

static enum status book_end(void *context, const char *name)
{
    (void)context, (void)name;
    return OK;
}

static enum status book_text(void *context, struct span text)
{
    (void)context, (void)text;
    return OK;
}

static unsigned sheet_number(const char *name)
{
    static const char before[] = "xl/worksheets/sheet";
    if (strncmp(name, before, sizeof before - 1) != 0) return 0;
    char *end;
    unsigned long number = strtoul(name + sizeof before - 1, &end, 10);
    return strcmp(end, ".xml") == 0 && number && number < 100000 ? (unsigned)number : 0;
}

static bool is_wanted(const char *name)
{
    return sheet_number(name) || strcmp(name, "xl/sharedStrings.xml") == 0 || strcmp(name, "xl/workbook.xml") == 0 ||
           strcmp(name, "docProps/core.xml") == 0;
}

static int compare_parts(const void *left, const void *right)
{
    const struct part *a = left, *b = right;
    unsigned x = sheet_number(a->name), y = sheet_number(b->name);
    return (x > y) - (x < y);
}

enum status read_xlsx(struct read_job *job)
{
    struct package package;
    struct buffer text;
    struct strings strings = {0};
    struct sheet sheet = {.prose = {.out = &text}, .strings = &strings};
    struct book book = {&sheet.prose};
    struct xml_handler read_strings = {strings_start, strings_end, strings_text, &strings};
    struct xml_handler read_sheet = {sheet_start, sheet_end, sheet_text, &sheet};
    struct xml_handler read_book = {book_start, book_end, book_text, &book};
    buffer_init(&text, DOCUMENT_TEXT_MAX);
    buffer_init(&strings.text, (size_t)PACKAGE_BYTES_MAX);
    buffer_init(&sheet.value, RECORD_BYTES_MAX);
    enum status status = package_read(&package, job, is_wanted);
    struct span part = package_part(&package, "xl/sharedStrings.xml");
    if (!status && part.length) status = office_xml(job, &read_strings, part);
    part = package_part(&package, "xl/workbook.xml");
    if (!status && part.length) status = office_xml(job, &read_book, part);
    if (!status && package.count) qsort(package.parts, package.count, sizeof *package.parts, compare_parts);
    for (size_t i = 0; i < package.count && !status; i++) {
        if (!sheet_number(package.parts[i].name)) continue;
        prose_break(&sheet.prose, 2);
        status = office_xml(job, &read_sheet, package.parts[i].bytes);
    }
    if (!status)
        status = office_deliver(job, &text, package_part(&package, "docProps/core.xml"), (struct range){0, 0});
    package_release(&package);
    free(strings.start);
    buffer_release(&sheet.value);
    buffer_release(&strings.text);
    buffer_release(&text);
    return status;
}
