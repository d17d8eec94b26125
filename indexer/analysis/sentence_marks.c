/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sentences.h"

const struct sentence_mark sentence_marks[] = {
    {'.', MARK_DOT},       {'!', MARK_FIRM},      {'?', MARK_FIRM},    {0x0589, MARK_FIRM},   {0x061F, MARK_FIRM},
    {0x06D4, MARK_FIRM},   {0x0964, MARK_FIRM},   {0x0965, MARK_FIRM}, {0x0F0D, MARK_STRONG}, {0x0F0E, MARK_STRONG},
    {0x104B, MARK_STRONG}, {0x1362, MARK_FIRM},   {0x1367, MARK_FIRM}, {0x17D4, MARK_STRONG}, {0x17D5, MARK_STRONG},
    {0x2026, MARK_DOT},    {0x203C, MARK_FIRM},   {0x2047, MARK_FIRM}, {0x2048, MARK_FIRM},   {0x2049, MARK_FIRM},
    {0x3002, MARK_STRONG}, {0xFF01, MARK_STRONG}, {0xFF0E, MARK_DOT},  {0xFF1F, MARK_STRONG}, {0xFF61, MARK_STRONG},
};
const size_t sentence_mark_count = sizeof sentence_marks / sizeof *sentence_marks;
