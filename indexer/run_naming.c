/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an update finds names with. */
#include "indexer/run.h"

static void warn_of_lists(void *context, const char *path, const char *message)
{
    run_note(context, INDEX_WARNING, path, 0, SPAN(""), "%s", message);
}

enum status run_open_naming(struct run *run)
{
    const struct index_options *options = run->options;
    if (!options->model) return OK;
    run->choice = (struct naming_choice){.database = options->database,
                                         .model = options->model,
                                         .names = options->names,
                                         .warn = warn_of_lists,
                                         .context = run};
    return naming_lists_open(&run->naming, &run->lists, &run->choice, run->error);
}

/* A retag that was not ended goes on only where it is known what the documents behind it have. */
static enum status forget_retag(struct run *run, struct span identity)
{
    struct span begun;
    enum status status = store_metadata(&begun, &run->store, SPAN(METADATA_RETAG), run->error);
    if (status || !begun.length || (identity.length && span_starts(begun, identity))) return status;
    return store_set_metadata(&run->store, SPAN(METADATA_RETAG), SPAN(""), run->error);
}

enum status run_settle_naming(struct run *run)
{
    struct span recorded, identity = run->naming ? span_of(naming_identity(run->naming)) : SPAN("");
    enum status status = forget_retag(run, identity);
    if (status || !run->naming) return status;
    status = naming_lists_record(&run->lists, &run->store, run->naming, run->error);
    if (!status) status = store_metadata(&recorded, &run->store, SPAN(METADATA_MODEL), run->error);
    if (status || span_equal(recorded, identity)) return status;
    if (run->store.documents_at_open) {
        run_note(run, INDEX_WARNING, run->options->database, 0, SPAN(""), "%s",
                 recorded.length ? "its names were found with another model or other lists; documents that do not "
                                   "change keep theirs (dossier retag finds the same names everywhere)"
                                 : "its documents were indexed without names; those that do not change stay so "
                                   "(dossier retag finds names in them too)");
        if (recorded.length) return OK;
    }
    return store_set_metadata(&run->store, SPAN(METADATA_MODEL), identity, run->error);
}
