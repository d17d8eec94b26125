/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes: glass databases of libxapian 1.4 on disk or behind xapian-tcpsrv, terms and values as bytes with a length.
 * Gives: libxapian in plain C: databases, writers, documents, queries, searches, expansion, compaction.
 * Never: lets a C++ exception out, opens a stub file, prints, keeps a global, or knows what the bytes mean.
 *
 * Conventions, which hold for every function unless its comment says otherwise
 *
 * Status. A function that can fail returns enum xc_status; outputs come first and are untouched on failure. The last
 * parameter is a caller-owned struct xc_error or NULL; it is written on failure only. XC_NO_MEMORY and XC_INTERNAL can
 * come from any function, XC_INVALID from any that is given NULL for a handle it needs. Functions that read a database
 * can also return "the reading statuses": XC_CHANGED (the writer moved on: xc_database_reopen, then start the whole
 * request again), XC_GONE (closed, or its files removed), XC_DAMAGED, XC_IO, XC_NETWORK. A comment names what comes on
 * top of these.
 *
 * Ownership. Handles are freed by their own xc_X_free; NULL is safe. A handle keeps alive whatever it needs, so handles
 * may be freed in any order: a result list outlives its database handle. One handle is used by one thread at a time,
 * and so are handles made from each other.
 *
 * Bytes. Input is (const char *data, size_t length), copied, free to hold NULs; data may be NULL when length is 0.
 * Output is struct xc_bytes, borrowed from the handle it was asked of, and followed by a NUL not counted in the length.
 * It stays valid until the next call that gives bytes of the same kind from the same handle, or moves an iterator, or
 * frees the handle.
 *
 * Iterators. Terms, postings, positions and values start before their first item: the first xc_X_next goes to it.
 * xc_X_next and xc_X_skip_to return XC_OK on an item, XC_NOT_FOUND past the last one (not an error: no struct xc_error
 * is written). Item accessors are valid only after XC_OK; before that, and past the end, they give zero or empty bytes.
 * Skipping goes forward only and makes a first xc_X_next unnecessary.
 *
 * Callbacks. They return XC_OK to go on; any other status ends the call that runs them, which returns that same status
 * (XC_STOPPED is there for a stop that is no fault). They must not longjmp, nor free or use the handle whose call runs
 * them.
 */
#ifndef XAPIAN_C_H
#define XAPIAN_C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* C++ needs telling what C does by itself: an enum may hold any number, which the callee then refuses. */
#ifdef __cplusplus
#define XC_ANY : unsigned
extern "C" {
#else
#define XC_ANY
#endif

/* ---- Status, errors, bytes ------------------------------------------------------------------------------------- */

enum xc_status XC_ANY {
    XC_OK = 0,
    XC_NOT_FOUND,   /* no such document, or past the end of an iterator */
    XC_INVALID,     /* an argument or an order of calls that cannot be right */
    XC_LOCKED,      /* another writer holds the database */
    XC_DAMAGED,     /* the database's files contradict themselves */
    XC_CHANGED,     /* the database moved on under a reader: reopen and retry the whole request */
    XC_GONE,        /* the database was closed, or its files were removed under the handle */
    XC_MISSING,     /* nothing is there to open */
    XC_FOREIGN,     /* something is there, but it is no glass database (a stub, another format, any folder or file) */
    XC_VERSION,     /* a glass database of a version this libxapian cannot read */
    XC_NETWORK,     /* a remote database cannot be reached, or broke off */
    XC_TIMEOUT,     /* a remote database did not answer in time */
    XC_NO_MEMORY,   /* memory ran out */
    XC_LIMIT,       /* a limit was passed: term bytes, wildcard expansion, query depth */
    XC_STOPPED,     /* a callback ended the call */
    XC_IO,          /* the system refused: permission, disk full, read or write failure */
    XC_UNSUPPORTED, /* libxapian cannot do this here (such as a visiting spy on a remote database) */
    XC_INTERNAL     /* a fault in libxapian or in this wrapper */
};

/* What went wrong, in words. Owned by the caller; both texts are always terminated, cut if need be. */
struct xc_error {
    enum xc_status status;
    char type[64];     /* libxapian's name of the error, such as "DatabaseLockError"; "xapian-c" for one found here */
    char message[512]; /* one line, no final full stop */
};

/* Borrowed bytes; see "Bytes" above. data is never NULL after success. */
struct xc_bytes {
    const char *data;
    size_t length;
};

/* The name of [status], such as "XC_LOCKED"; "XC_?" for a number that is none. Never fails, lives for ever. */
const char *xc_status_name(enum xc_status status);

/* libxapian's version as linked, such as "1.4.22". Never fails, lives for ever. */
const char *xc_library_version(void);

enum {
    XC_TERM_BYTES_MAX = 245,  /* bytes: the key limit of glass; a NUL in a term counts twice */
    XC_SORTABLE_BYTES = 9,    /* bytes: longest result of xc_sortable_serialise */
    XC_QUERY_DEPTH_MAX = 4000 /* levels: libxapian recurses on query trees, and overflowed the stack at 34,000 */
};

/* True when a term of these bytes fits in a glass database (XC_TERM_BYTES_MAX, NULs counted twice, not empty). */
bool xc_term_fits(const char *data, size_t length);

/* Writes [number] into [out] so that byte order is number order; trailing zero bytes are left out, so that 0 to
 * XC_SORTABLE_BYTES are written. Returns how many. Never fails; negative infinity gives 0 bytes. */
size_t xc_sortable_serialise(char out[XC_SORTABLE_BYTES], double number);

/* The number that xc_sortable_serialise made these bytes of. Never fails; other bytes give some number. */
double xc_sortable_unserialise(const char *data, size_t length);

/* ---- Handles --------------------------------------------------------------------------------------------------- */

struct xc_database;  /* a database to read: local, remote, or several together */
struct xc_writer;    /* the one writer of a local database */
struct xc_document;  /* a document being made, or one read */
struct xc_query;     /* an immutable query tree */
struct xc_enquire;   /* a search: database, query, scheme, order */
struct xc_mset;      /* ranked hits */
struct xc_eset;      /* terms that would expand a query */
struct xc_spy;       /* sees each match while a search runs */
struct xc_terms;     /* iterator over terms, words, keys or counted values */
struct xc_postings;  /* iterator over the documents of a term */
struct xc_positions; /* iterator over the positions of a term in a document */
struct xc_values;    /* iterator over values: of one slot by document, or of one document by slot */

/* ---- Databases to read ----------------------------------------------------------------------------------------- */

/* Opens the glass database at [path]: a folder holding `iamglass`, or a single-file glass database. Nothing else is
 * opened, so a stub file can neither run a program nor recurse. Reads the last committed revision.
 *
 * Returns XC_MISSING, XC_FOREIGN, XC_DAMAGED, XC_VERSION, XC_IO, or XC_CHANGED when writers committed faster than it
 * could be opened. */
enum xc_status xc_database_open(struct xc_database **out, const char *path, struct xc_error *error);

/* Connects to the xapian-tcpsrv at [host]:[port]. [timeout_ms] bounds each answer, [connect_timeout_ms] the connecting;
 * 0 means 10,000 for either. Returns XC_NETWORK (also for a server of another protocol), XC_TIMEOUT. */
enum xc_status xc_database_open_remote(struct xc_database **out, const char *host, uint16_t port, uint32_t timeout_ms,
                                       uint32_t connect_timeout_ms, struct xc_error *error);

/* Makes a database without any part, to be filled by xc_database_add. It reads as empty. */
enum xc_status xc_database_new(struct xc_database **out, struct xc_error *error);

/* Adds the parts of [part] to [database], to be searched together. Part p of n maps its document d to
 * (d - 1) * n + p + 1, p from 0. [part] stays usable on its own. Returns XC_INVALID when both are the same handle. */
enum xc_status xc_database_add(struct xc_database *database, const struct xc_database *part, struct xc_error *error);

/* Reads the newest revision from now on. *[changed] (may be NULL) is false when nothing can have changed. Result lists
 * and iterators made before go on with what they have, or return XC_CHANGED. Returns the reading statuses. */
enum xc_status xc_database_reopen(bool *changed, struct xc_database *database, struct xc_error *error);

/* Closes files and connections now; later calls on the handle, and on others made from it, return XC_GONE. */
enum xc_status xc_database_close(struct xc_database *database, struct xc_error *error);

void xc_database_free(struct xc_database *database);

/* Keeps a remote connection from timing out; nothing on local ones. Returns XC_NETWORK. */
enum xc_status xc_database_keep_alive(struct xc_database *database, struct xc_error *error);

/* How many parts: 1 after opening. 0 for NULL. */
size_t xc_database_part_count(const struct xc_database *database);

/* The UUID as text of 36 characters; several parts' joined by ':'. A copy made by xc_compact has another one, a copied
 * folder the same. Kept from opening: a folder swapped since shows only in xc_path_uuid. */
enum xc_status xc_database_uuid(struct xc_bytes *out, struct xc_database *database, struct xc_error *error);

/* The UUID of the glass database that is at [path] now, as text, read from its `iamglass` without opening tables.
 * Returns XC_MISSING, XC_FOREIGN, XC_DAMAGED, XC_IO. */
enum xc_status xc_path_uuid(char out[37], const char *path, struct xc_error *error);

/* The revision read, which rises with each commit. Returns XC_INVALID unless it has one part, XC_UNSUPPORTED for a
 * remote one. */
enum xc_status xc_database_revision(uint64_t *out, const struct xc_database *database, struct xc_error *error);

/* Whether a writer has it open now (any part of several). Returns XC_UNSUPPORTED for remote ones. */
enum xc_status xc_database_locked(bool *out, const struct xc_database *database, struct xc_error *error);

/* Figures of a whole database. length_low is the least length among documents that have any; lengths are sums of wdf.
 */
struct xc_statistics {
    uint32_t documents;
    uint32_t last_docid;
    uint64_t total_length;
    double average_length;
    uint32_t length_low;  /* a lower bound */
    uint32_t length_high; /* an upper bound */
    bool positions;       /* whether any term has positions */
};

/* Reads all of them; cheap on local databases. Returns the reading statuses. */
enum xc_status xc_database_statistics(struct xc_statistics *out, const struct xc_database *database,
                                      struct xc_error *error);

/* Documents in it. Returns the reading statuses. */
enum xc_status xc_database_document_count(uint32_t *out, const struct xc_database *database, struct xc_error *error);

/* Whether some document has the term. An over-long or empty term exists nowhere. Returns the reading statuses. */
enum xc_status xc_database_term_exists(bool *out, struct xc_database *database, const char *term, size_t length,
                                       struct xc_error *error);

/* Figures of one term: documents that have it, the sum of its wdf, an upper bound of its wdf in a document. All 0 for a
 * term that is not there. */
struct xc_term_statistics {
    uint32_t documents;
    uint64_t occurrences;
    uint32_t wdf_high;
};

/* Returns the reading statuses. */
enum xc_status xc_database_term_statistics(struct xc_term_statistics *out, struct xc_database *database,
                                           const char *term, size_t length, struct xc_error *error);

/* Documents that have the term: cheaper than all three figures. Returns the reading statuses. */
enum xc_status xc_database_term_frequency(uint32_t *out, struct xc_database *database, const char *term, size_t length,
                                          struct xc_error *error);

/* The length (sum of wdf) of a document. Returns XC_NOT_FOUND, the reading statuses. */
enum xc_status xc_database_document_length(uint32_t *out, const struct xc_database *database, uint32_t docid,
                                           struct xc_error *error);

/* How many different terms a document has. Returns XC_NOT_FOUND, the reading statuses. */
enum xc_status xc_database_document_unique_terms(uint32_t *out, const struct xc_database *database, uint32_t docid,
                                                 struct xc_error *error);

/* How many documents have a value in [slot]. Returns the reading statuses. */
enum xc_status xc_database_value_frequency(uint32_t *out, const struct xc_database *database, uint32_t slot,
                                           struct xc_error *error);

/* Bounds of the values in [slot], in byte order; empty bytes when there is none. Both stay valid until the next call of
 * this function on the handle. Returns the reading statuses. */
enum xc_status xc_database_value_bounds(struct xc_bytes *low, struct xc_bytes *high, struct xc_database *database,
                                        uint32_t slot, struct xc_error *error);

/* The metadata under [key]; empty bytes when there is none; of the first part when there are several. Returns
 * XC_INVALID for an empty key, the reading statuses. */
enum xc_status xc_database_metadata(struct xc_bytes *out, struct xc_database *database, const char *key, size_t length,
                                    struct xc_error *error);

/* The keys of metadata that start with [prefix]. Returns the reading statuses. */
enum xc_status xc_database_metadata_keys(struct xc_terms **out, struct xc_database *database, const char *prefix,
                                         size_t length, struct xc_error *error);

/* All terms that start with [prefix], in byte order; xc_terms_frequency gives each one's documents. Returns the reading
 * statuses. */
enum xc_status xc_database_terms(struct xc_terms **out, struct xc_database *database, const char *prefix, size_t length,
                                 struct xc_error *error);

/* The words taught with xc_writer_add_spelling, in byte order; xc_terms_frequency gives each one's weight. None from
 * remote databases, for this and the next two. Returns the reading statuses. */
enum xc_status xc_database_spellings(struct xc_terms **out, struct xc_database *database, struct xc_error *error);

/* The frequency with which [word] was taught, 0 when never. Returns the reading statuses. */
enum xc_status xc_database_spelling_frequency(uint32_t *out, struct xc_database *database, const char *word,
                                              size_t length, struct xc_error *error);

/* The best taught word within [edits_max] edits of [word] (UTF-8; an edit inserts, removes, changes or swaps); empty
 * bytes when there is none, or [word] itself is taught. Returns the reading statuses. */
enum xc_status xc_database_spelling_suggestion(struct xc_bytes *out, struct xc_database *database, const char *word,
                                               size_t length, unsigned edits_max, struct xc_error *error);

/* The document [docid], read lazily: its data, values and terms are fetched when asked for, and that can return
 * XC_CHANGED. Returns XC_NOT_FOUND, the reading statuses. */
enum xc_status xc_database_document(struct xc_document **out, const struct xc_database *database, uint32_t docid,
                                    struct xc_error *error);

/* The same for an id that came from this database, such as a match's: that it exists is not looked up first. For
 * another id the document's own functions return XC_NOT_FOUND, or give nothing. Returns the reading statuses. */
enum xc_status xc_database_known_document(struct xc_document **out, const struct xc_database *database, uint32_t docid,
                                          struct xc_error *error);

/* The terms of document [docid] with their wdf, in byte order. Returns XC_NOT_FOUND, the reading statuses. */
enum xc_status xc_database_document_terms(struct xc_terms **out, const struct xc_database *database, uint32_t docid,
                                          struct xc_error *error);

/* The documents of a term by ascending id; of an empty term, all documents, with wdf 1. A term that is not there gives
 * an iterator without items. Returns the reading statuses. */
enum xc_status xc_database_postings(struct xc_postings **out, struct xc_database *database, const char *term,
                                    size_t length, struct xc_error *error);

/* The positions of a term in a document, ascending; without items when there are none. Returns the reading statuses. */
enum xc_status xc_database_positions(struct xc_positions **out, struct xc_database *database, uint32_t docid,
                                     const char *term, size_t length, struct xc_error *error);

/* Writes the positions of a term in a document to [out], ascending, as far as [room] goes; *[count] is how many there
 * are, 0 for a term that the document does not have. The fast way to look at many documents. Returns the reading statuses.
 */
enum xc_status xc_database_read_positions(size_t *count, struct xc_database *database, uint32_t docid, const char *term,
                                          size_t length, uint32_t *out, size_t room, struct xc_error *error);

/* The values of [slot] by ascending document; documents without one are left out. Returns the reading statuses. */
enum xc_status xc_database_values(struct xc_values **out, const struct xc_database *database, uint32_t slot,
                                  struct xc_error *error);

/* ---- Iterators ------------------------------------------------------------------------------------------------- */

/* To the next term. Returns XC_NOT_FOUND past the last, the reading statuses. */
enum xc_status xc_terms_next(struct xc_terms *terms, struct xc_error *error);

/* To the first term at or after these bytes. Returns XC_NOT_FOUND past the last, XC_INVALID on the terms of a query, a
 * match or a spy (their order is not byte order), the reading statuses. */
enum xc_status xc_terms_skip_to(struct xc_terms *terms, const char *term, size_t length, struct xc_error *error);

/* The term. Cannot fail. */
struct xc_bytes xc_terms_term(const struct xc_terms *terms);

/* Documents that have the term; of a taught word or a counted value, its frequency. Returns XC_INVALID off an item,
 * XC_UNSUPPORTED where there is no such figure (metadata keys, terms of a query), the reading statuses. */
enum xc_status xc_terms_frequency(uint32_t *out, const struct xc_terms *terms, struct xc_error *error);

/* The wdf of the term in its document. Returns as xc_terms_frequency; document terms alone have it. */
enum xc_status xc_terms_wdf(uint32_t *out, const struct xc_terms *terms, struct xc_error *error);

/* The positions of the term in its document. Returns as xc_terms_wdf. */
enum xc_status xc_terms_positions(struct xc_positions **out, const struct xc_terms *terms, struct xc_error *error);

void xc_terms_free(struct xc_terms *terms);

/* To the next document. Returns XC_NOT_FOUND past the last, the reading statuses. */
enum xc_status xc_postings_next(struct xc_postings *postings, struct xc_error *error);

/* To the first document at or after [docid]. Returns as xc_postings_next. */
enum xc_status xc_postings_skip_to(struct xc_postings *postings, uint32_t docid, struct xc_error *error);

/* The document and the term's wdf in it. Cannot fail. */
uint32_t xc_postings_docid(const struct xc_postings *postings);
uint32_t xc_postings_wdf(const struct xc_postings *postings);

/* The length of the document. Costs a look-up of its own. Returns XC_INVALID off an item, the reading statuses. */
enum xc_status xc_postings_document_length(uint32_t *out, const struct xc_postings *postings, struct xc_error *error);

/* The positions of the term in the document. Returns as xc_postings_document_length. */
enum xc_status xc_postings_positions(struct xc_positions **out, const struct xc_postings *postings,
                                     struct xc_error *error);

/* Reads up to [room] further documents at once: ids into [docids], wdf into [wdfs] (may be NULL). *[count] is fewer
 * than [room] only at the end, where it may be 0. It starts with the item after the current one, and leaves the
 * iterator on the last one read. The fast way to walk a list. Returns the reading statuses, never XC_NOT_FOUND. */
enum xc_status xc_postings_read(size_t *count, struct xc_postings *postings, uint32_t *docids, uint32_t *wdfs,
                                size_t room, struct xc_error *error);

void xc_postings_free(struct xc_postings *postings);

/* To the next position. Returns XC_NOT_FOUND past the last, the reading statuses. */
enum xc_status xc_positions_next(struct xc_positions *positions, struct xc_error *error);

/* To the first position at or after [position]. Returns as xc_positions_next. */
enum xc_status xc_positions_skip_to(struct xc_positions *positions, uint32_t position, struct xc_error *error);

/* The position. Cannot fail. */
uint32_t xc_positions_position(const struct xc_positions *positions);

/* Reads up to [room] further positions at once, as xc_postings_read does documents. Returns the reading statuses. */
enum xc_status xc_positions_read(size_t *count, struct xc_positions *positions, uint32_t *out, size_t room,
                                 struct xc_error *error);

void xc_positions_free(struct xc_positions *positions);

/* To the next value. Returns XC_NOT_FOUND past the last, the reading statuses. */
enum xc_status xc_values_next(struct xc_values *values, struct xc_error *error);

/* To the first value at or after document [key] (of a slot's values) or slot [key] (of a document's). Returns as
 * xc_values_next. */
enum xc_status xc_values_skip_to(struct xc_values *values, uint32_t key, struct xc_error *error);

/* The value, its document (0 for the values of an unsaved document) and its slot. Cannot fail. */
struct xc_bytes xc_values_value(const struct xc_values *values);
uint32_t xc_values_docid(const struct xc_values *values);
uint32_t xc_values_slot(const struct xc_values *values);

void xc_values_free(struct xc_values *values);

/* ---- Documents ------------------------------------------------------------------------------------------------- */

/* Makes an empty document. */
enum xc_status xc_document_new(struct xc_document **out, struct xc_error *error);

void xc_document_free(struct xc_document *document);

/* Empties it for reuse: no data, terms or values. */
enum xc_status xc_document_clear(struct xc_document *document, struct xc_error *error);

/* The id in the database it was read from, 0 when made anew. Cannot fail. */
uint32_t xc_document_id(const struct xc_document *document);

/* The stored data; valid until the next xc_document_data on the handle. Returns the reading statuses. */
enum xc_status xc_document_data(struct xc_bytes *out, struct xc_document *document, struct xc_error *error);

enum xc_status xc_document_set_data(struct xc_document *document, const char *data, size_t length,
                                    struct xc_error *error);

/* The value in [slot], empty bytes when there is none; valid until the next xc_document_value on the handle. Returns
 * the reading statuses. */
enum xc_status xc_document_value(struct xc_bytes *out, struct xc_document *document, uint32_t slot,
                                 struct xc_error *error);

/* Sets the value in [slot]; an empty one removes it. */
enum xc_status xc_document_set_value(struct xc_document *document, uint32_t slot, const char *data, size_t length,
                                     struct xc_error *error);

/* Its values by ascending slot, as they are now. Returns the reading statuses. */
enum xc_status xc_document_values(struct xc_values **out, const struct xc_document *document, struct xc_error *error);

/* Its terms in byte order, as they are now. Returns the reading statuses. */
enum xc_status xc_document_terms(struct xc_terms **out, const struct xc_document *document, struct xc_error *error);

/* How many different terms it has. Returns the reading statuses. */
enum xc_status xc_document_term_count(uint32_t *out, const struct xc_document *document, struct xc_error *error);

/* Adds [wdf] to the term's wdf, adding the term when it is new; 0 makes a term that only filters. Returns XC_LIMIT when
 * the term does not fit (xc_term_fits), and the document is as before; the same holds for all below. */
enum xc_status xc_document_add_term(struct xc_document *document, const char *term, size_t length, uint32_t wdf,
                                    struct xc_error *error);

/* Adds an occurrence at [position] and [wdf] to the wdf. The same position twice is kept once. Returns XC_LIMIT. */
enum xc_status xc_document_add_posting(struct xc_document *document, const char *term, size_t length, uint32_t position,
                                       uint32_t wdf, struct xc_error *error);

/* Adds [count] occurrences of one term, each with [wdf_each]; ascending positions are fastest. Returns XC_LIMIT. */
enum xc_status xc_document_add_postings(struct xc_document *document, const char *term, size_t length,
                                        const uint32_t *positions, size_t count, uint32_t wdf_each,
                                        struct xc_error *error);

/* Removes a term with its positions. Returns XC_NOT_FOUND when it has no such term. */
enum xc_status xc_document_remove_term(struct xc_document *document, const char *term, size_t length,
                                       struct xc_error *error);

/* ---- Writing --------------------------------------------------------------------------------------------------- */

enum xc_create XC_ANY {
    XC_CREATE_OR_OPEN, /* open what is there, else create it */
    XC_CREATE_NEW,     /* XC_INVALID when a database is there */
    XC_OPEN_EXISTING   /* XC_MISSING when none is there */
};

/* Zero-initialise for the defaults. */
struct xc_writer_options {
    enum xc_create create;
    uint32_t block_size; /* bytes of a new database's blocks: a power of 2, 2048 to 65536; 0 means 8192 */
    bool no_sync;        /* leave syncing to the system: for tests and throw-away builds, a crash may damage it */
    bool wait;           /* wait for the lock instead of returning XC_LOCKED */
};

/* Opens the one writer of the glass database in folder [path]; [options] may be NULL. A folder is created when its
 * parent exists.
 *
 * Every change needs a batch: begin, changes, commit. Nothing of it is visible to readers before the commit;
 * xc_writer_cancel, xc_writer_free, an exit or a crash drops the whole batch, and only that. A call that fails inside
 * libxapian has spoilt the writer, as xc_writer_spoilt tells: from then on every call but xc_writer_free returns
 * XC_INVALID. Free the writer, open another, and replay the batch. What is found wrong before libxapian is asked (a
 * term that does not fit, a NULL, a document that is not there) leaves the batch as it was.
 *
 * Returns XC_LOCKED, XC_MISSING, XC_FOREIGN, XC_INVALID, XC_DAMAGED, XC_VERSION, XC_IO. */
enum xc_status xc_writer_open(struct xc_writer **out, const char *path, const struct xc_writer_options *options,
                              struct xc_error *error);

/* Drops an open batch, closes, gives the lock back. Never commits. Database handles made by xc_writer_database return
 * XC_GONE afterwards. */
void xc_writer_free(struct xc_writer *writer);

/* Starts a batch. Returns XC_INVALID inside one, XC_IO. */
enum xc_status xc_writer_begin(struct xc_writer *writer, struct xc_error *error);

/* Makes the batch durable and visible, all or nothing. Returns XC_INVALID outside one, XC_IO, XC_DAMAGED; then the
 * writer is spoilt. */
enum xc_status xc_writer_commit(struct xc_writer *writer, struct xc_error *error);

/* Drops the batch. Returns XC_INVALID outside one, XC_IO, XC_DAMAGED; then the writer is spoilt. */
enum xc_status xc_writer_cancel(struct xc_writer *writer, struct xc_error *error);

/* Whether a batch is open; whether the writer is spoilt. Cannot fail. */
bool xc_writer_in_batch(const struct xc_writer *writer);
bool xc_writer_spoilt(const struct xc_writer *writer);

/* A database handle that reads what the writer has, uncommitted changes included; reading merges buffers, so rarely is
 * better. */
enum xc_status xc_writer_database(struct xc_database **out, const struct xc_writer *writer, struct xc_error *error);

/* All changes below return XC_INVALID outside a batch, XC_IO, XC_DAMAGED, and what they say. The document given may be
 * reused at once. */

/* Adds a document under the next id, which *[docid] (may be NULL) tells. Returns XC_LIMIT when ids are used up. */
enum xc_status xc_writer_add(uint32_t *docid, struct xc_writer *writer, const struct xc_document *document,
                             struct xc_error *error);

/* Puts a document under [docid], new or not. Returns XC_INVALID for id 0. */
enum xc_status xc_writer_replace(struct xc_writer *writer, uint32_t docid, const struct xc_document *document,
                                 struct xc_error *error);

/* Replaces the documents that have this term by one, under the lowest of their ids, or adds it. The term itself must be
 * in [document] for the next time to find it. Returns XC_LIMIT for an empty or over-long term. */
enum xc_status xc_writer_replace_by_term(uint32_t *docid, struct xc_writer *writer, const char *term, size_t length,
                                         const struct xc_document *document, struct xc_error *error);

/* Removes a document. Returns XC_NOT_FOUND. */
enum xc_status xc_writer_delete(struct xc_writer *writer, uint32_t docid, struct xc_error *error);

/* Removes every document that has this term; none is fine. Returns XC_LIMIT for an empty or over-long term. */
enum xc_status xc_writer_delete_by_term(struct xc_writer *writer, const char *term, size_t length,
                                        struct xc_error *error);

/* Stores [value] under [key]; an empty value removes it. Returns XC_LIMIT for an empty or over-long key. */
enum xc_status xc_writer_set_metadata(struct xc_writer *writer, const char *key, size_t key_length, const char *value,
                                      size_t value_length, struct xc_error *error);

/* Teaches a word (UTF-8), raising its frequency by [frequency]. Returns XC_LIMIT for an empty or over-long word. */
enum xc_status xc_writer_add_spelling(struct xc_writer *writer, const char *word, size_t length, uint32_t frequency,
                                      struct xc_error *error);

/* Lowers a word's frequency, at 0 forgetting it. Unknown words are fine. Returns XC_LIMIT as above. */
enum xc_status xc_writer_remove_spelling(struct xc_writer *writer, const char *word, size_t length, uint32_t frequency,
                                         struct xc_error *error);

/* ---- Maintenance ----------------------------------------------------------------------------------------------- */

/* Gets a piece of text, not terminated. */
typedef enum xc_status xc_text_fn(void *context, const char *data, size_t length);

/* Checks every table of the database at [path] and counts the faults; [report] (may be NULL) gets libxapian's words. It
 * repairs nothing. Returns XC_MISSING, XC_FOREIGN, XC_DAMAGED when it cannot even be read, XC_IO, the callback's
 * status.
 */
enum xc_status xc_check(size_t *faults, const char *path, xc_text_fn *report, void *context, struct xc_error *error);

/* Gets a table's name and how it goes; both terminated. [status] is empty when the table begins. */
typedef enum xc_status xc_progress_fn(void *context, const char *table, const char *status);

/* Zero-initialise for the defaults. */
struct xc_compact_options {
    uint32_t block_size; /* as in xc_writer_options */
    bool keep_docids;    /* several sources keep their ids, whose ranges must not overlap; else ids are renumbered */
    bool single_file;    /* one file instead of a folder */
    bool multipass;      /* with many sources: faster, but needs room for temporary files */
    xc_progress_fn *progress;
    void *context;
};

/* Writes the databases at [sources] into one compact database at [path], where nothing, or an empty folder, must be.
 * [options] may be NULL. Metadata under one key in several sources is taken from the first. What a failure or a
 * callback's stop leaves at [path] is not an index: remove it; a stop also leaks what libxapian held of one table.
 *
 * Returns XC_INVALID (no source, or [path] taken), XC_MISSING, XC_FOREIGN, XC_DAMAGED, XC_VERSION, XC_IO, XC_CHANGED,
 * the callback's status. */
enum xc_status xc_compact(const char *path, const char *const *sources, size_t count,
                          const struct xc_compact_options *options, struct xc_error *error);

/* ---- Queries --------------------------------------------------------------------------------------------------- */

enum xc_operator XC_ANY {
    XC_AND,
    XC_OR,
    XC_AND_NOT, /* the first, without any of the others */
    XC_XOR,
    XC_FILTER,    /* AND, weighted by the first alone */
    XC_AND_MAYBE, /* the first, weighted by the others too where they match */
    XC_SYNONYM,   /* OR, weighted as one term */
    XC_MAX,       /* OR, weighted by the heaviest */
    XC_ELITE_SET, /* OR of the [parameter] heaviest; 0 lets libxapian choose how many */
    XC_NEAR,      /* within [parameter] positions of each other, in any order; 0 means the number of parts */
    XC_PHRASE     /* within [parameter] positions, in order; 0 means the number of parts */
};

/* One term; [wqf] is its count in the query, usually 1. An empty term matches everything; an over-long one nothing. */
enum xc_status xc_query_term(struct xc_query **out, const char *term, size_t length, uint32_t wqf,
                             struct xc_error *error);

enum xc_status xc_query_all(struct xc_query **out, struct xc_error *error);
enum xc_status xc_query_none(struct xc_query **out, struct xc_error *error);

/* Combines [count] queries, which stay the caller's. No part at all matches nothing; one part is that part. The parts
 * of XC_NEAR and XC_PHRASE are terms, or ORs, SYNONYMs and wildcards of terms. libxapian takes time quadratic in the
 * parts of an OR past about 1,000. Returns XC_INVALID (a NULL part), XC_UNSUPPORTED (a part these operators cannot
 * take), XC_LIMIT past XC_QUERY_DEPTH_MAX. */
enum xc_status xc_query_combine(struct xc_query **out, enum xc_operator operator_, const struct xc_query *const *parts,
                                size_t count, uint32_t parameter, struct xc_error *error);

/* The same over plain terms, each with wqf 1: what phrases and expansions of one word need. */
enum xc_status xc_query_combine_terms(struct xc_query **out, enum xc_operator operator_, const struct xc_bytes *terms,
                                      size_t count, uint32_t parameter, struct xc_error *error);

/* Multiplies the weights by [factor], not negative; 0 makes it boolean. Returns XC_INVALID, XC_LIMIT. */
enum xc_status xc_query_scale(struct xc_query **out, const struct xc_query *query, double factor,
                              struct xc_error *error);

/* Documents whose value in [slot] lies between the ends, both included, in byte order; boolean. Documents without a
 * value do not match, but for this: at_least of empty bytes matches everything. */
enum xc_status xc_query_value_range(struct xc_query **out, uint32_t slot, const char *low, size_t low_length,
                                    const char *high, size_t high_length, struct xc_error *error);
enum xc_status xc_query_value_at_least(struct xc_query **out, uint32_t slot, const char *low, size_t length,
                                       struct xc_error *error);
enum xc_status xc_query_value_at_most(struct xc_query **out, uint32_t slot, const char *high, size_t length,
                                      struct xc_error *error);

enum xc_wildcard_limit XC_ANY {
    XC_WILDCARD_ERROR,        /* more terms than allowed: the search returns XC_LIMIT */
    XC_WILDCARD_FIRST,        /* the first in byte order */
    XC_WILDCARD_MOST_FREQUENT /* those in most documents */
};

/* All terms that start with [prefix], at most [terms_max] (0: any number; counted in each part of several databases).
 * [combiner]: XC_OR, XC_SYNONYM or XC_MAX, else XC_INVALID. */
enum xc_status xc_query_wildcard(struct xc_query **out, const char *prefix, size_t length, uint32_t terms_max,
                                 enum xc_wildcard_limit limit, enum xc_operator combiner, struct xc_error *error);

/* Looks for a document of a source: the first with an id of at least [from] that may weigh [weight_min] or more. Sets
 * *[docid] to 0 when there is none (as it is beforehand), and *[weight] (0 beforehand) to at most the source's
 * weight_most. [from] does not fall within one search; a search starts again at 1. */
typedef enum xc_status xc_seek_fn(void *context, uint32_t *docid, double *weight, uint32_t from, double weight_min);

/* Documents known from elsewhere, as part of a query: a filter of ids, or postings with weights of their own. */
struct xc_source {
    xc_seek_fn *seek;
    void *context;            /* has to live while the query may be searched */
    uint32_t documents_least; /* how many there are: bounds and a guess, which libxapian plans by */
    uint32_t documents_guess;
    uint32_t documents_most;
    double weight_most; /* no document weighs more; 0 for a filter */
};

/* Makes a query of [source], copied; it may stand in a tree once only. Ids should be those of documents that exist:
 * others may come out as hits. For databases of one local part: a search returns XC_INVALID for several, XC_UNSUPPORTED
 * for a remote one, the callback's status when it is not XC_OK. Returns XC_INVALID (no function, or bounds that are
 * none). */
enum xc_status xc_query_source(struct xc_query **out, const struct xc_source *source, struct xc_error *error);

enum xc_query_kind XC_ANY {
    XC_QUERY_TERM,
    XC_QUERY_ALL,      /* every document */
    XC_QUERY_NONE,     /* nothing */
    XC_QUERY_COMBINED, /* parts under an operator */
    XC_QUERY_SCALED,   /* one part, its weights multiplied */
    XC_QUERY_OTHER     /* a range of values, a source, or a wildcard: [term] is what its words begin with */
};

/* A node of a query's tree, as it was put together. */
struct xc_query_view {
    enum xc_query_kind kind;
    enum xc_operator operator_; /* of what is combined … */
    uint32_t parameter;         /* … as given */
    double factor;              /* of what is scaled */
    struct xc_bytes term;       /* lives as long as the query, and any query made of it */
    uint32_t wqf;
    size_t part_count;
};

struct xc_query_node; /* lives as long as the query, and any query made of it */

/* The top node of a query, one of its parts, and what a node is. Cannot fail; [i] is less than part_count. */
const struct xc_query_node *xc_query_root(const struct xc_query *query);
const struct xc_query_node *xc_query_part(const struct xc_query_node *node, size_t i);
struct xc_query_view xc_query_look(const struct xc_query_node *node);

/* A query of one node and what is below it, for running a part on its own. A source may stand in one tree only: as
 * xc_query_source says, not in two searches at once. */
enum xc_status xc_query_of(struct xc_query **out, const struct xc_query_node *node, struct xc_error *error);

/* The tree in libxapian's words, for people; valid until the next call on the handle. */
enum xc_status xc_query_description(struct xc_bytes *out, struct xc_query *query, struct xc_error *error);

/* Its terms in no order to rely on, some perhaps twice; with [unique] each once, in byte order. */
enum xc_status xc_query_terms(struct xc_terms **out, const struct xc_query *query, bool unique, struct xc_error *error);

/* The sum of wqf; whether it can match nothing because it is empty; how deep the tree is. Cannot fail. */
uint32_t xc_query_length(const struct xc_query *query);
bool xc_query_is_empty(const struct xc_query *query);
unsigned xc_query_depth(const struct xc_query *query);

void xc_query_free(struct xc_query *query);

/* ---- Ranking schemes ------------------------------------------------------------------------------------------- */

struct xc_scheme_parameter {
    const char *name;
    double normal; /* the default */
    double least;
    double most;
    const char *help; /* one line */
};

/* A row of the table of schemes. LMWeight and PL2PlusWeight are wrong in libxapian 1.4.22 and not in it. */
struct xc_scheme {
    const char *name; /* such as "bm25" */
    const char *help; /* one line */
    const struct xc_scheme_parameter *parameters;
    size_t parameter_count;
    const char *variant;      /* default of the text parameter, NULL when there is none */
    const char *variant_help; /* NULL likewise */
};

/* The table; it lives for ever. Never fails. */
const struct xc_scheme *xc_schemes(size_t *count);

/* The row of [name], NULL when there is none. */
const struct xc_scheme *xc_scheme_find(const char *name);

/* ---- Searching ------------------------------------------------------------------------------------------------- */

/* Makes a search over [database], ranked by BM25 until a scheme is set, without a query. */
enum xc_status xc_enquire_new(struct xc_enquire **out, const struct xc_database *database, struct xc_error *error);

void xc_enquire_free(struct xc_enquire *enquire);

/* Sets the query; [length] is the query's length for schemes that use it, 0 to take the sum of wqf. */
enum xc_status xc_enquire_set_query(struct xc_enquire *enquire, const struct xc_query *query, uint32_t length,
                                    struct xc_error *error);

/* Ranks by the scheme [name] with the first [count] parameters of its row given, the others at their defaults;
 * [variant] as in the row, NULL for the default. Returns XC_INVALID for an unknown scheme, too many parameters, one out
 * of its bounds, or an unknown variant. */
enum xc_status xc_enquire_set_scheme(struct xc_enquire *enquire, const char *name, const char *variant,
                                     const double *parameters, size_t count, struct xc_error *error);

enum xc_sort XC_ANY {
    XC_SORT_RELEVANCE,
    XC_SORT_VALUE,           /* by value alone */
    XC_SORT_VALUE_RELEVANCE, /* by value, then by relevance */
    XC_SORT_RELEVANCE_VALUE  /* by relevance, then by value */
};

/* Orders the hits; [slot] and [descending] matter where a value does. Equal ones come in document order. */
enum xc_status xc_enquire_set_sort(struct xc_enquire *enquire, enum xc_sort sort, uint32_t slot, bool descending,
                                   struct xc_error *error);

enum xc_docid_order XC_ANY { XC_DOCID_ASCENDING, XC_DOCID_DESCENDING, XC_DOCID_ANY };

/* How equal hits are ordered; XC_DOCID_ANY may be faster and is not reproducible. */
enum xc_status xc_enquire_set_docid_order(struct xc_enquire *enquire, enum xc_docid_order order,
                                          struct xc_error *error);

/* Keeps at most [keep] hits of each value in [slot]; 0 collapses nothing. Hits without a value are all kept. */
enum xc_status xc_enquire_set_collapse(struct xc_enquire *enquire, uint32_t slot, uint32_t keep,
                                       struct xc_error *error);

/* Drops hits below [percent] of the best, 0 to 100, or below [weight]. Returns XC_INVALID. */
enum xc_status xc_enquire_set_cutoff(struct xc_enquire *enquire, int percent, double weight, struct xc_error *error);

/* Stops looking for further matches after [seconds], 0 for never. It is no deadline: one step may take longer. */
enum xc_status xc_enquire_set_time_limit(struct xc_enquire *enquire, double seconds, struct xc_error *error);

/* Lets [spy] see the matches of later searches. The enquire keeps it alive. */
enum xc_status xc_enquire_add_spy(struct xc_enquire *enquire, const struct xc_spy *spy, struct xc_error *error);
enum xc_status xc_enquire_clear_spies(struct xc_enquire *enquire, struct xc_error *error);

/* Decides in *[accept] (true beforehand) whether [document] may be a hit. The document is the caller's only for the
 * time of the call. */
typedef enum xc_status xc_decide_fn(void *context, bool *accept, struct xc_document *document);

/* Zero-initialise for the defaults. */
struct xc_match_options {
    uint32_t first;           /* hits to leave out at the top */
    uint32_t max;             /* hits to give at most; 0 gives none, but the counts */
    uint32_t check_at_least;  /* look at so many matches at least: counts are exact when this is the database's size */
    const uint32_t *relevant; /* documents known as relevant, for schemes that use them; may be NULL */
    size_t relevant_count;
    xc_decide_fn *decide; /* may be NULL; not on remote databases */
    void *context;
};

/* Runs the search. Returns XC_INVALID without a query, XC_LIMIT (wildcard), XC_UNSUPPORTED (visiting spy or decider on
 * a remote database), a callback's status, the reading statuses. */
enum xc_status xc_enquire_search(struct xc_mset **out, const struct xc_enquire *enquire,
                                 const struct xc_match_options *options, struct xc_error *error);

/* The terms of the query that document [docid] has, in no order to rely on. Returns XC_NOT_FOUND, XC_INVALID without a
 * query, the reading statuses. */
enum xc_status xc_enquire_matching_terms(struct xc_terms **out, const struct xc_enquire *enquire, uint32_t docid,
                                         struct xc_error *error);

/* One hit. The keys are empty bytes where nothing was collapsed or sorted by a value. */
struct xc_hit {
    uint32_t docid;
    double weight;
    int percent;                  /* of the best possible, 0 to 100 */
    uint32_t collapsed;           /* a lower bound of the hits it stands for, when collapsing */
    struct xc_bytes collapse_key; /* both keys: valid until the next xc_mset_hit on the handle */
    struct xc_bytes sort_key;
};

/* How many hits the list holds. 0 for NULL. */
size_t xc_mset_size(const struct xc_mset *mset);

/* Hit [i], from 0 at options.first. Returns XC_NOT_FOUND past the end. */
enum xc_status xc_mset_hit(struct xc_hit *out, struct xc_mset *mset, size_t i, struct xc_error *error);

/* The document of hit [i]. Returns XC_NOT_FOUND past the end, the reading statuses. */
enum xc_status xc_mset_document(struct xc_document **out, const struct xc_mset *mset, size_t i, struct xc_error *error);

/* Fetches all documents at once: spares a remote database round trips. Returns the reading statuses. */
enum xc_status xc_mset_fetch(const struct xc_mset *mset, struct xc_error *error);

/* Counts of matches: exact when low = high. "uncollapsed" are the counts had nothing been collapsed. */
struct xc_match_counts {
    uint32_t low;
    uint32_t estimate;
    uint32_t high;
    uint32_t uncollapsed_low;
    uint32_t uncollapsed_estimate;
    uint32_t uncollapsed_high;
    double weight_possible; /* no document could weigh more */
    double weight_attained; /* the heaviest seen */
};

/* Cannot fail but for NULL. */
enum xc_status xc_mset_counts(struct xc_match_counts *out, const struct xc_mset *mset, struct xc_error *error);

/* Documents that have a term of the query, and the most it can add to a weight. Returns XC_NOT_FOUND for a term that is
 * not in the query. */
enum xc_status xc_mset_term(uint32_t *frequency, double *weight, const struct xc_mset *mset, const char *term,
                            size_t length, struct xc_error *error);

void xc_mset_free(struct xc_mset *mset);

/* ---- Spies ----------------------------------------------------------------------------------------------------- */

/* A spy sees every match only when check_at_least is at least the database's size. */

/* Counts the values of [slot]; works on remote databases too. Counts add up over searches. */
enum xc_status xc_spy_new_value_counts(struct xc_spy **out, uint32_t slot, struct xc_error *error);

/* Gets each match: its id, its weight, the document for the time of the call. */
typedef enum xc_status xc_visit_fn(void *context, uint32_t docid, double weight, struct xc_document *document);

/* Calls [visit] for each match, in no order to rely on. [context] has to live while a search may use it. */
enum xc_status xc_spy_new_visit(struct xc_spy **out, xc_visit_fn *visit, void *context, struct xc_error *error);

/* Matches seen: those with and without a value. 0 for a visiting spy. */
size_t xc_spy_total(const struct xc_spy *spy);

/* The values counted with their frequencies (xc_terms_frequency): all in byte order, or the [max] most frequent, equal
 * ones in byte order. Returns XC_INVALID for a visiting spy. */
enum xc_status xc_spy_values(struct xc_terms **out, const struct xc_spy *spy, struct xc_error *error);
enum xc_status xc_spy_top_values(struct xc_terms **out, const struct xc_spy *spy, size_t max, struct xc_error *error);

void xc_spy_free(struct xc_spy *spy);

/* ---- Expansion ------------------------------------------------------------------------------------------------- */

/* Decides in *[keep] (true beforehand) whether [term] may be offered. */
typedef enum xc_status xc_keep_fn(void *context, bool *keep, const char *term, size_t length);

/* Zero-initialise for the defaults. */
struct xc_expand_options {
    const char *scheme; /* "trad" (or NULL) or "bo1" */
    double k;           /* of trad; 0 means 1 */
    uint32_t max;       /* terms to give at most; 0 gives none */
    bool query_terms;   /* offer terms of the query too */
    bool exact;         /* over several databases: exact frequencies, slower */
    double weight_min;  /* offer terms that weigh more than this */
    xc_keep_fn *keep;   /* may be NULL */
    void *context;
};

/* Finds the terms that tell the [relevant] documents from the rest, heaviest first. Returns XC_INVALID (no documents,
 * an unknown scheme), XC_NOT_FOUND (a document that is not there), the callback's status, the reading statuses. */
enum xc_status xc_enquire_expand(struct xc_eset **out, const struct xc_enquire *enquire, const uint32_t *relevant,
                                 size_t count, const struct xc_expand_options *options, struct xc_error *error);

/* How many terms the list holds. 0 for NULL. */
size_t xc_eset_size(const struct xc_eset *eset);

/* Term [i] from 0, valid until the next xc_eset_term on the handle, and its weight (either may be NULL). Returns
 * XC_NOT_FOUND past the end. */
enum xc_status xc_eset_term(struct xc_bytes *term, double *weight, struct xc_eset *eset, size_t i,
                            struct xc_error *error);

void xc_eset_free(struct xc_eset *eset);

#ifdef __cplusplus
}
#endif

#endif
