/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/front_matter.h"
#include "corpus/markdown.h"
#include "corpus/reader.h"

enum status read_markdown(struct read_job *job)
{
    struct span text;
    enum status status = job_load_text(job, &text);
    if (!status) status = job_begin(job);
    if (status) return status;
    status = front_matter_take(&job->document, &text);
    if (!status) status = markdown_read(&job->document, text);
    return status ? job_failed(job, status) : job_deliver(job, 1);
}
