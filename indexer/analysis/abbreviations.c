/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "abbreviations.h"

/* In ascending order. Words that are commoner as plain words ("am", "min") are left out; letters with dots between them
 * ("U.S.", "p.m.") are known by their shape. */
static const struct {
    const char *form;
    enum abbreviation kind;
} abbreviations[] = {
    /* clang-format off */
    {"abs", ABBREVIATION_NUMBER}, {"adm", ABBREVIATION_TITLE}, {"al", ABBREVIATION_MAYBE},
    {"amb", ABBREVIATION_TITLE}, {"approx", ABBREVIATION_TITLE}, {"apr", ABBREVIATION_NUMBER},
    {"art", ABBREVIATION_NUMBER}, {"assn", ABBREVIATION_MAYBE}, {"atty", ABBREVIATION_TITLE},
    {"aug", ABBREVIATION_NUMBER}, {"ave", ABBREVIATION_MAYBE}, {"avv", ABBREVIATION_TITLE},
    {"bd", ABBREVIATION_NUMBER}, {"bhd", ABBREVIATION_TITLE}, {"bln", ABBREVIATION_MAYBE},
    {"blvd", ABBREVIATION_MAYBE}, {"bros", ABBREVIATION_MAYBE}, {"bzw", ABBREVIATION_TITLE},
    {"ca", ABBREVIATION_TITLE}, {"capt", ABBREVIATION_TITLE}, {"cf", ABBREVIATION_TITLE},
    {"ch", ABBREVIATION_NUMBER}, {"cmdr", ABBREVIATION_TITLE}, {"co", ABBREVIATION_MAYBE},
    {"col", ABBREVIATION_TITLE}, {"corp", ABBREVIATION_MAYBE}, {"cos", ABBREVIATION_MAYBE},
    {"dato", ABBREVIATION_TITLE}, {"dec", ABBREVIATION_NUMBER}, {"dept", ABBREVIATION_MAYBE},
    {"dh", ABBREVIATION_TITLE}, {"dhr", ABBREVIATION_TITLE}, {"div", ABBREVIATION_MAYBE},
    {"dott", ABBREVIATION_TITLE}, {"dr", ABBREVIATION_TITLE}, {"dra", ABBREVIATION_TITLE},
    {"ed", ABBREVIATION_NUMBER}, {"eds", ABBREVIATION_NUMBER}, {"eg", ABBREVIATION_TITLE},
    {"eq", ABBREVIATION_NUMBER}, {"eqs", ABBREVIATION_NUMBER}, {"est", ABBREVIATION_TITLE},
    {"etc", ABBREVIATION_MAYBE}, {"eu", ABBREVIATION_MAYBE}, {"ext", ABBREVIATION_NUMBER},
    {"feb", ABBREVIATION_NUMBER}, {"ff", ABBREVIATION_MAYBE}, {"fig", ABBREVIATION_NUMBER},
    {"figs", ABBREVIATION_NUMBER}, {"ft", ABBREVIATION_TITLE}, {"gen", ABBREVIATION_TITLE},
    {"gov", ABBREVIATION_TITLE}, {"govt", ABBREVIATION_MAYBE}, {"hon", ABBREVIATION_TITLE},
    {"hr", ABBREVIATION_TITLE}, {"ibid", ABBREVIATION_MAYBE}, {"ie", ABBREVIATION_TITLE},
    {"inc", ABBREVIATION_MAYBE}, {"ing", ABBREVIATION_TITLE}, {"insp", ABBREVIATION_TITLE},
    {"inst", ABBREVIATION_MAYBE}, {"intl", ABBREVIATION_MAYBE}, {"jan", ABBREVIATION_NUMBER},
    {"jr", ABBREVIATION_MAYBE}, {"jul", ABBREVIATION_NUMBER}, {"jun", ABBREVIATION_NUMBER},
    {"lic", ABBREVIATION_TITLE}, {"llc", ABBREVIATION_MAYBE}, {"lt", ABBREVIATION_TITLE},
    {"ltd", ABBREVIATION_MAYBE}, {"maj", ABBREVIATION_TITLE}, {"mar", ABBREVIATION_NUMBER},
    {"messrs", ABBREVIATION_TITLE}, {"mevr", ABBREVIATION_TITLE}, {"mfg", ABBREVIATION_MAYBE},
    {"mlle", ABBREVIATION_TITLE}, {"mln", ABBREVIATION_MAYBE}, {"mme", ABBREVIATION_TITLE},
    {"mr", ABBREVIATION_TITLE}, {"mrs", ABBREVIATION_TITLE}, {"ms", ABBREVIATION_TITLE},
    {"mt", ABBREVIATION_TITLE}, {"mw", ABBREVIATION_TITLE}, {"no", ABBREVIATION_NUMBER},
    {"nos", ABBREVIATION_NUMBER}, {"nov", ABBREVIATION_NUMBER}, {"nr", ABBREVIATION_NUMBER},
    {"oct", ABBREVIATION_NUMBER}, {"p", ABBREVIATION_NUMBER}, {"para", ABBREVIATION_NUMBER},
    {"paras", ABBREVIATION_NUMBER}, {"plc", ABBREVIATION_MAYBE}, {"pm", ABBREVIATION_MAYBE},
    {"pp", ABBREVIATION_NUMBER}, {"pres", ABBREVIATION_TITLE}, {"prof", ABBREVIATION_TITLE},
    {"pt", ABBREVIATION_NUMBER}, {"rd", ABBREVIATION_MAYBE}, {"ref", ABBREVIATION_MAYBE},
    {"rep", ABBREVIATION_TITLE}, {"rev", ABBREVIATION_TITLE}, {"sdn", ABBREVIATION_MAYBE},
    {"sec", ABBREVIATION_NUMBER}, {"sen", ABBREVIATION_TITLE}, {"sep", ABBREVIATION_NUMBER},
    {"sept", ABBREVIATION_NUMBER}, {"sgt", ABBREVIATION_TITLE}, {"sig", ABBREVIATION_TITLE},
    {"sr", ABBREVIATION_MAYBE}, {"sra", ABBREVIATION_TITLE}, {"srta", ABBREVIATION_TITLE},
    {"st", ABBREVIATION_TITLE}, {"ste", ABBREVIATION_MAYBE}, {"supt", ABBREVIATION_TITLE},
    {"tel", ABBREVIATION_NUMBER}, {"ud", ABBREVIATION_TITLE}, {"uk", ABBREVIATION_MAYBE},
    {"univ", ABBREVIATION_MAYBE}, {"usw", ABBREVIATION_MAYBE}, {"viz", ABBREVIATION_TITLE},
    {"vol", ABBREVIATION_NUMBER}, {"vols", ABBREVIATION_NUMBER}, {"vs", ABBREVIATION_TITLE},
    {"zb", ABBREVIATION_TITLE}, {"ziff", ABBREVIATION_NUMBER},
    /* clang-format on */
};

enum abbreviation abbreviation_find(struct span form)
{
    size_t low = 0, high = sizeof abbreviations / sizeof *abbreviations;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = span_compare(form, span_of(abbreviations[middle].form));
        if (order == 0) return abbreviations[middle].kind;
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return ABBREVIATION_NONE;
}
