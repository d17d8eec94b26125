/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/stamp.h"

/* Times that stand in files without anybody's doing: the zero of some clock, or the day a program's template was
 * made. */
static const char *const meaningless[] = {
    "1970-01-01", "1969-12-31", "1980-01-01", "1979-12-31", "1979-11-30", "1904-01-01", "1900-01-01", "1899-12-30",
    "1601-01-01", "2000-01-01T00:00:00", "2006-09-16T00:00:00", /* Excel's and openpyxl's template */
    "2013-12-23T23:15:00",                                      /* python-docx */
    "2013-01-27T09:14:16",                                      /* python-pptx */
    "2006-08-16T00:00:00",                                      /* PowerPoint's template */
};

enum status stamp_state(struct document *document, struct span value)
{
    value = span_trim(value);
    for (size_t i = 0; i < sizeof meaningless / sizeof *meaningless; i++)
        if (span_starts(value, span_of(meaningless[i]))) return OK;
    return document_state(document, FIELD_DATE, value, WHY_STAMP);
}
