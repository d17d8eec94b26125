// SPDX-License-Identifier: GPL-2.0-or-later
// Writes documents (JSON Lines, to stdout) whose every field holds a payload. Usage: node make_hostile.mjs PAYLOADS
import {readFileSync} from "node:fs";
for (const [number, payload] of readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean).entries())
  console.log(JSON.stringify({
    id: `hostile-${number} ${payload.replace(/\s+/g, " ")}`, title: `Hostile title ${payload}`, source: `Source ${payload}`,
    author: `Author ${payload}`, date: `2020-01-${String(number % 28 + 1).padStart(2, "0")}`,
    url: /^[a-z]+:/i.test(payload) ? payload : `https://example.org/"${payload}`,
    language: number % 2 ? "en" : payload.slice(0, 12),
    text: `Hostile text ${payload} about the Interpol office in Tokyo.\n\nMinister ${payload} Smith met President ${payload}.`,
  }));
