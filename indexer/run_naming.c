/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an update finds names with. */
#include "indexer/run.h"

static void warn_of_list(void *context, const char *message)
{
    struct run *run = context;
    run_note(run, INDEX_WARNING, run->lists.data, 0, SPAN(""), "%s", message);
}

enum status run_open_naming(struct run *run)
{
    const struct index_options *options = run->options;
    struct stat found;
    if (!options->model) return OK;
    enum status status = options->names ? buffer_append_string(&run->lists, options->names)
                                        : schema_names_folder(&run->lists, span_of(options->database));
    if (status) return fail(run->error, status, "out of memory");
    bool given = options->names || (stat(run->lists.data, &found) == 0 && S_ISDIR(found.st_mode));
    struct naming_options naming = {
        .model = options->model, .lists = given ? run->lists.data : NULL, .warn = warn_of_list, .context = run};
    return naming_open(&run->naming, &naming, run->error);
}

enum status run_settle_naming(struct run *run)
{
    struct span recorded, identity;
    if (!run->naming) return OK;
    enum status status = store_metadata(&recorded, &run->store, SPAN(METADATA_MODEL), run->error);
    if (status) return status;
    identity = span_of(naming_identity(run->naming));
    if (span_equal(recorded, identity)) return OK;
    if (run->store.documents_at_open) {
        run_note(run, INDEX_WARNING, run->options->database, 0, SPAN(""), "%s",
                 recorded.length
                     ? "its names were found with another model or other lists; documents that do not change keep "
                       "theirs (for the same names everywhere, index into a new folder)"
                     : "its documents were indexed without names; those that do not change stay so (for names "
                       "everywhere, index into a new folder)");
        if (recorded.length) return OK;
    }
    return store_set_metadata(&run->store, SPAN(METADATA_MODEL), identity, run->error);
}
