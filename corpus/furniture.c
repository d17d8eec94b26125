/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/furniture.h"

#include "corpus/lines.h"

#include <string.h>

/* Whole lines that belong to a page and not to its text, in lower case. */
static const char *const furniture[] = {
    "about us",
    "advertisement",
    "all rights reserved",
    "analysis",
    "announcement",
    "article",
    "asia",
    "back",
    "back to top",
    "breadcrumb",
    "breaking news",
    "business",
    "category",
    "click here",
    "close",
    "comment",
    "comments",
    "contact",
    "contact us",
    "contents",
    "copy link",
    "discover",
    "download",
    "editorial",
    "email",
    "e-mail",
    "english",
    "explore",
    "facebook",
    "feature",
    "features",
    "follow us",
    "font size",
    "font size change",
    "for immediate release",
    "full story",
    "headlines",
    "help",
    "home",
    "instagram",
    "intelligence",
    "international",
    "japanese",
    "large",
    "latest",
    "latest news",
    "line",
    "linkedin",
    "local",
    "log in",
    "login",
    "main menu",
    "media release",
    "medium",
    "menu",
    "more",
    "nation",
    "national",
    "news",
    "news item",
    "news release",
    "newsletter",
    "newsroom",
    "next",
    "opinion",
    "overview",
    "photo",
    "photos",
    "politics",
    "previous",
    "press release",
    "press releases",
    "print",
    "print this page",
    "read more",
    "region",
    "regional",
    "register",
    "related",
    "related articles",
    "related information",
    "related links",
    "reuse content",
    "rss",
    "save",
    "search",
    "security",
    "share",
    "share this",
    "share this article",
    "sign in",
    "sign up",
    "site map",
    "sitemap",
    "skip to content",
    "skip to main content",
    "small",
    "special report",
    "subscribe",
    "telegram",
    "text size",
    "top",
    "top stories",
    "topics",
    "tweet",
    "twitter",
    "video",
    "videos",
    "whatsapp",
    "world",
    "world news",
    "x",
    "youtube",
    "berita",
    "beranda",
    "cari",
    "masuk",
    "siaran pers",
    "siaran media",
    "utama",
    "trang chủ",
    "tin tức",
    "thời sự",
    "thông cáo báo chí",
    "ข่าว",
    "หน้าแรก",
    "ข่าวประชาสัมพันธ์",
    "ニュース",
    "ホーム",
    "トップ",
    "報道発表",
    "印刷",
    "検索",
    "メニュー",
    "お知らせ",
    "プレスリリース",
    "新闻",
    "首页",
};

/* Agencies and desks; a credit line is made of these alone. Lower case. */
static const char *const agencies[] = {
    "afp",
    "afpic",
    "agencies",
    "ana",
    "ansa",
    "antara",
    "ap",
    "associated press",
    "bernama",
    "cna",
    "dpa",
    "efe",
    "interfax",
    "itar-tass",
    "jiji",
    "jiji press",
    "kpl",
    "kyodo",
    "kyodo news",
    "mna",
    "news desk",
    "pna",
    "pti",
    "reuters",
    "special to the post",
    "staff",
    "staff report",
    "staff reporter",
    "staff reports",
    "staff writer",
    "staff writers",
    "tass",
    "the associated press",
    "the star",
    "tnn",
    "ttxvn",
    "upi",
    "vna",
    "vns",
    "xinhua",
    "yonhap",
    "thomson reuters",
    "中新社",
    "共同",
    "共同通信",
    "時事",
    "時事通信",
    "新华社",
};

/* What a byline or another credit begins with. Lower case. */
static const char *const credit_leads[] = {
    "by ",       "by:",     "written by", "reported by", "reporting by", "posted by", "author:",  "authors:",
    "reporter:", "source:", "photo:",     "photo by",    "picture:",     "credit:",   "editor:",  "edited by",
    "oleh ",     "oleh:",   "penulis:",   "sumber:",     "pewarta:",     "editor ",   "tác giả:", "nguồn:",
    "theo ",     "โดย ",    "ที่มา:",       "文＝",        "文・",         "記者",
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool starts_fold(struct span text, const char *lead)
{
    size_t length = strlen(lead);
    return span_equal_fold(span_cut(text, 0, length), (struct span){lead, length});
}

static bool in_list(struct span text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_equal_fold(text, span_of(list[i]))) return true;
    return false;
}

bool furniture_is_letter(uint32_t rune)
{
    return (rune < 0x80 && lower((char)rune) >= 'a' && lower((char)rune) <= 'z') || (rune >= 0xC0 && rune < 0x2000) ||
           (rune >= 0x2C00 && rune < 0x2E00) || (rune >= 0x3040 && rune < 0xFE00 && rune != 0x30FB) ||
           (rune >= 0xFF21 && rune < 0xFFE0) || rune >= 0x10000;
}

/* Bullets, dashes and bars that lead or end a line without being part of what it says. */
static bool is_ornament(uint32_t rune)
{
    return (rune < 0x80 && strchr(" \t*-|=_~", (int)rune) && rune) || rune == 0xA0 || rune == 0xB7 || rune == 0xBB ||
           (rune >= 0x2010 && rune <= 0x2015) || rune == 0x2022 || rune == 0x2023 || rune == 0x203B ||
           (rune >= 0x2500 && rune <= 0x27BF) || rune == 0x3000 || rune == 0xFEFF;
}

struct span furniture_bare(struct span line)
{
    line = span_trim(line);
    size_t start = 0, end = line.length;
    while (start < end && strchr(">#+", line.data[start]) && line.data[start]) start++;
    if (start < end && line.data[start] != ' ') start = 0; /* "#1", "+65 1234" */
    while (start < end) {
        size_t next = start;
        if (!is_ornament(utf8_next(line, &next))) break;
        start = next;
    }
    while (end > start) {
        size_t last = utf8_floor(line, end - 1), next = last;
        if (!is_ornament(utf8_next(line, &next))) break;
        end = last;
    }
    return span_cut(line, start, end);
}

struct span furniture_unbracketed(struct span text)
{
    text = furniture_bare(text);
    if (text.length > 2 && text.data[0] == '(' && text.data[text.length - 1] == ')')
        return span_trim(span_cut(text, 1, text.length - 1));
    return text;
}

bool furniture_is_credit(struct span line)
{
    line = furniture_unbracketed(line);
    if (line_words(line) <= 10 && !line_ends_sentence(line))
        for (size_t i = 0; i < sizeof credit_leads / sizeof *credit_leads; i++)
            if (starts_fold(line, credit_leads[i])) return true;
    for (size_t start = 0; start <= line.length;) { /* every part between slashes and commas is an agency */
        size_t end = start;
        while (end < line.length && !strchr("/,;|", line.data[end])) end++;
        if (!in_list(furniture_unbracketed(span_cut(line, start, end)), agencies, sizeof agencies / sizeof *agencies))
            return false;
        start = end + 1;
    }
    return line.length > 0;
}

/* "Home > News > Asia": the way to a page through its site. */
static bool is_trail(struct span line)
{
    static const char *const homes[] = {"home",      "home page", "homepage", "top",    "beranda",
                                        "trang chủ", "ホーム",    "トップ",   "หน้าแรก", "首页"};
    static const char *const marks[] = {" > ", " » ", " / ", " | ", " ＞ ", "＞", " → "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *mark = memmem(line.data, line.length, marks[i], strlen(marks[i]));
        if (mark && in_list(span_cut(line, 0, (size_t)(mark - line.data)), homes, sizeof homes / sizeof *homes))
            return true;
    }
    return false;
}

bool furniture_is(struct span line)
{
    struct span bare = furniture_unbracketed(line);
    size_t runes = 0, letters = 0;
    for (size_t i = 0; i < bare.length && runes < 64; runes++) letters += furniture_is_letter(utf8_next(bare, &i));
    if (!letters || runes < 2) return true;
    if (starts_fold(bare, "http://") || starts_fold(bare, "https://") || starts_fold(bare, "www.")) return true;
    if (memchr(bare.data, '@', bare.length) && !memchr(bare.data, ' ', bare.length)) return true;
    if (starts_fold(bare, "copyright") || starts_fold(bare, "©") || starts_fold(bare, "(c) ")) return true;
    return in_list(bare, furniture, sizeof furniture / sizeof *furniture) || is_trail(bare);
}
