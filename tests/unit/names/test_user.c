/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "marked.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/dossier-names-XXXXXX", messages[4096];

static void put(const char *name, const char *content, size_t length)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, length, file), length);
    fclose(file);
}

static void note(void *context, const char *message)
{
    (void)context;
    const char *slash = strrchr(message, '/');
    snprintf(messages + strlen(messages), sizeof messages - strlen(messages), "%s\n", slash ? slash + 1 : message);
}

static struct user_names *load(void)
{
    struct user_names *user = NULL;
    struct error error;
    messages[0] = '\0';
    assert_int_equal(user_names_load(&user, folder, note, NULL, &error), OK);
    return user;
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    static const char *const files[] = {"aliases.tsv", "hide.tsv", "add.tsv", "types.tsv"};
    for (size_t i = 0; i < 4; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        unlink(path);
    }
    return rmdir(folder);
}

#define PUT(name, content) put(name, content, sizeof(content) - 1)

static void test_user__all_four_lists_apply(void **state)
{
    (void)state;
    PUT("aliases.tsv", "# mine\r\nWisma Putra\tMinistry of Foreign Affairs\r\n");
    PUT("hide.tsv", "Bernama\torganization\n");
    PUT("add.tsv", "organization\tQuokka Circle\tthe quokkas\n");
    PUT("types.tsv", "Zentrax\tplace\n");
    struct user_names *user = load();
    assert_string_equal(messages, "");
    assert_string_equal(
        names_of("[ORG Wisma Putra] told [ORG Bernama] of the Quokka Circle; the quokkas like [ORG Zentrax].", user),
        "organization Ministry of Foreign Affairs: Wisma Putra (model)\n"
        "organization Quokka Circle: Quokka Circle (user list), the quokkas (user list)\n"
        "place Zentrax: Zentrax (model)\n");
    user_names_free(user);
}

static void test_user__bad_lines_are_named_and_left_out(void **state)
{
    (void)state;
    PUT("aliases.tsv", "lonely\nA\tB\tship\nKL\tKuala Lumpur\n\xFF\tx\n");
    PUT("add.tsv", "robot\tMarvin\nperson\t...\n");
    struct user_names *user = load();
    assert_string_equal(messages, "aliases.tsv, line 1: left out: it needs an alias, a tab and the canonical name\n"
                                  "aliases.tsv, line 2: left out: the type is not person, organization or place\n"
                                  "aliases.tsv, line 4: left out: it is not UTF-8\n"
                                  "add.tsv, line 1: left out: it needs a type (person, organization, place), a tab "
                                  "and a name\n"
                                  "add.tsv, line 2: left out: there is no letter in a name, or it is too long\n");
    assert_true(span_equal(names_expand(user, TAG_PLACE, SPAN("kl")), SPAN("Kuala Lumpur")));
    user_names_free(user);
}

static void test_user__alias_query_is_the_canonical_query(void **state)
{
    (void)state;
    PUT("aliases.tsv", "Big Blue\tIBM\nIBM\tInternational Business Machines\nround\tround two\nround two\tround\n");
    struct user_names *user = load();
    assert_true(
        span_equal(names_expand(user, TAG_ORGANIZATION, SPAN("big  BLUE")), SPAN("International Business Machines")));
    assert_true(names_expand(user, TAG_ORGANIZATION, SPAN("round")).length > 0); /* a circle ends */
    user_names_free(user);
}

static void test_user__no_folder_and_empty_folder(void **state)
{
    (void)state;
    struct user_names *user = NULL;
    struct error error;
    assert_int_equal(user_names_load(&user, "/nowhere/at/all", note, NULL, &error), MISSING);
    assert_null(user);
    user = load();
    assert_string_equal(names_of("[LOC Japan] won.", user), "place Japan: Japan (model)\n");
    user_names_free(user);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_user__all_four_lists_apply, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_user__bad_lines_are_named_and_left_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_user__alias_query_is_the_canonical_query, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_user__no_folder_and_empty_folder, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
