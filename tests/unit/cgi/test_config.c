/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct config config;
static struct error error;

static void expect_error(const char *text, size_t line, const char *words)
{
    error = (struct error){0};
    assert_int_equal(config_parse(&config, span_of(text), "/etc/dossier/page.conf", &error), INVALID);
    if (line) assert_int_equal(error.position, line);
    assert_non_null(strstr(error.message, "/etc/dossier/page.conf"));
    if (!strstr(error.message, words)) print_message("%s\n", error.message);
    assert_non_null(strstr(error.message, words));
}

static void assert_span(struct span span, const char *expected)
{
    assert_true(span_equal(span, span_of(expected)));
}

static void test_parse__takes_four_lines(void **state)
{
    (void)state;
    assert_int_equal(config_parse(&config,
                                  SPAN("index news = news.db\ntitle = News = all of it\n"
                                       "base-url = https://example.org/search/\ncontact = a@example.org"),
                                  "/etc/dossier/page.conf", &error),
                     OK);
    assert_int_equal(config.index_count, 1);
    assert_span(config.index[0].name, "news");
    assert_string_equal(config.index[0].path.data, "/etc/dossier/news.db");
    assert_span(config.title, "News = all of it");
    assert_span(config.base_url, "https://example.org/search");
    assert_int_equal(config.page_size, 10);
    assert_ptr_equal(config_index_named(&config, (struct span){0}), &config.index[0]);
    assert_null(config_index_named(&config, SPAN("../news")));
    config_release(&config);
}

static void test_parse__takes_every_key(void **state)
{
    (void)state;
    assert_int_equal(
        config_parse(&config,
                     SPAN("# a remark\r\n\r\n  index a=/x/a.db\r\nindex b = /x/b.db\nindex-title b = Bees\n"
                          "link /srv/ = https://example.org/\ntitle = T\ndescription = D\nheader = H\nfooter = F\n"
                          "contact = https://example.org/us\naccent = #1d4f7c\naccent-dark = #9CC4EA\npage-size = 25\n"
                          "depth = 500\ndeadline = 3\nmemory = 512\nworkers = 4\nrecycle = 7\nshortcuts = off\n"),
                     "page.conf", &error),
        OK);
    assert_int_equal(config.index_count, 2);
    assert_string_equal(config.index[1].path.data, "/x/b.db");
    assert_span(config_index_named(&config, SPAN("b"))->title, "Bees");
    assert_span(config.link[0].url, "https://example.org/");
    assert_int_equal(config.page_size, 25);
    assert_int_equal(config.depth, 500);
    assert_int_equal(config.deadline, 3);
    assert_int_equal(config.memory, 512);
    assert_int_equal(config.workers, 4);
    assert_int_equal(config.recycle, 7);
    assert_false(config.shortcuts);
    assert_span(config.accent_dark, "#9CC4EA");
    config_release(&config);
}

static void test_parse__names_line_and_cure(void **state)
{
    (void)state;
    expect_error("", 0, "no index (add a line: index news = /srv/news.db)");
    expect_error("title = T", 0, "no index");
    expect_error("index a = b\ncolour = red", 2, "unknown key 'colour' (there are: index, index-title");
    expect_error("index a = b\ntitle", 2, "a line without =");
    expect_error("index a = b\ntitle =", 2, "a key without a value");
    expect_error("index a = b\ntitle = x\ntitle = y", 3, "a key given before");
    expect_error("index a = b\ntitle me = x", 2, "something between the key and =");
    expect_error("index = b", 1, "an index without a good name");
    expect_error("index A/b = b", 1, "an index without a good name");
    expect_error("index a = b\nindex a = c", 2, "a second index of that name");
    expect_error("index-title a = b", 1, "put its index line above");
    expect_error("index a = b\npage-size = 5", 2, "a whole number from 10 to 100");
    expect_error("index a = b\ndeadline = 1.5", 2, "a whole number from 1 to 600");
    expect_error("index a = b\nbase-url = example.org", 2, "write https://example.org/search");
    expect_error("index a = b\nbase-url = https://e.org/?x", 2, "write https://example.org/search");
    expect_error("index a = b\ncontact = me", 2, "neither an e-mail address nor a web address");
    expect_error("index a = b\nlink srv = https://e.org/", 2, "a link without an absolute folder");
    expect_error("index a = b\nlink /srv = javascript:x", 2, "not a web address");
    expect_error("index a = b\nstylesheet = //e.org/x.css", 2, "not a web address");
    expect_error("index a = b\naccent = blue", 2, "write #rrggbb");
    expect_error("index a = b\naccent = #ffff00", 2, "too light to be read on the light page");
    expect_error("index a = b\naccent-dark = #101010", 2, "too dark to be read on the dark page");
    expect_error("index a = b\naccent = #1d4f7c\nstylesheet = /s.css", 0, "set the colours in that stylesheet");
    expect_error("index a = b\nshortcuts = yes", 2, "write on or off");
    expect_error("index a = b\ntitle = \xFF", 2, "save the file as UTF-8");
}

static void test_load__reads_the_sample(void **state)
{
    (void)state;
    assert_int_equal(config_load(&config, SOURCE_DIR "/searcher/cgi/dossier.conf.sample", &error), OK);
    assert_span(config.index[0].name, "news");
    config_release(&config);
}

/* Each remark of the sample that shows a key is a line that can be taken out of the remark. */
static void test_load__reads_the_sample_with_all_its_keys(void **state)
{
    (void)state;
    struct buffer text, all;
    char block[4096];
    size_t got, keys = 0;
    FILE *file = fopen(SOURCE_DIR "/searcher/cgi/dossier.conf.sample", "r");
    assert_non_null(file);
    buffer_init(&text, 1 << 16);
    buffer_init(&all, 1 << 16);
    while ((got = fread(block, 1, sizeof block, file)) > 0) assert_int_equal(buffer_append(&text, block, got), OK);
    fclose(file);
    struct span rest = buffer_span(&text), line;
    while (span_next_line(&rest, &line)) {
        bool key = line.length > 1 && line.data[0] == '#' && line.data[1] != ' ';
        if (key && (span_starts(line, SPAN("#stylesheet")) || span_starts(line, SPAN("#script")))) continue;
        keys += key;
        assert_int_equal(buffer_append_span(&all, span_cut(line, key ? 1 : 0, line.length)), OK);
        assert_int_equal(buffer_append_byte(&all, '\n'), OK);
    }
    assert_true(keys > 12);
    error = (struct error){0};
    enum status status = config_parse(&config, buffer_span(&all), "sample", &error);
    if (status) print_message("%s\n", error.message);
    assert_int_equal(status, OK);
    config_release(&config);
    buffer_release(&text);
    buffer_release(&all);
}

static void test_load__tells_what_is_missing(void **state)
{
    (void)state;
    assert_int_equal(config_load(&config, "/nowhere/page.conf", &error), NOT_FOUND);
    assert_non_null(strstr(error.message, "set $DOSSIER_CONFIG to it"));
}

static void test_contrast__is_wcags(void **state)
{
    (void)state;
    assert_true(config_contrast(SPAN("#000000"), SPAN("#ffffff")) > 20.99);
    assert_true(config_contrast(SPAN("#767676"), SPAN("#ffffff")) > 4.54 &&
                config_contrast(SPAN("#767676"), SPAN("#ffffff")) < 4.55);
    assert_true(config_contrast(SPAN("#FFF"), SPAN("#ffffff")) == 0);
    assert_true(config_contrast(SPAN("#gggggg"), SPAN("#ffffff")) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse__takes_four_lines),
        cmocka_unit_test(test_parse__takes_every_key),
        cmocka_unit_test(test_parse__names_line_and_cure),
        cmocka_unit_test(test_load__reads_the_sample),
        cmocka_unit_test(test_load__reads_the_sample_with_all_its_keys),
        cmocka_unit_test(test_load__tells_what_is_missing),
        cmocka_unit_test(test_contrast__is_wcags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
