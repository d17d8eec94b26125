// SPDX-License-Identifier: GPL-2.0-or-later
// Tags IOB2 text with npm's compromise: `node tag_peer.js FOLDER-OF-NODE_MODULES FILE`. Writes each token with a tag, and
// on stderr the CPU seconds that the library took, without its loading.
//
// A sentence is given as its tokens with blanks between, on a line. A span counts for the tokens that it touches with a
// letter or digit; where spans of two types overlap the first one stays.
'use strict'
const { createRequire } = require('module')
const fs = require('fs')
const path = require('path')

const [folder, file] = process.argv.slice(2)
const nlp = createRequire(path.join(path.resolve(folder), 'x.js'))('compromise')
const kinds = [['PER', 'people'], ['ORG', 'organizations'], ['LOC', 'places']]
const names = (text) => /[\p{L}\p{N}]/u.test(text)

function spans(text) {
    const found = []
    const doc = nlp(text)
    doc.compute('offset')
    for (const [type, method] of kinds)
        for (const all of doc[method]().docs) {
            const terms = all.filter((term) => names(term.text))
            if (!terms.length) continue
            const first = terms[0].offset, last = terms[terms.length - 1].offset
            found.push({ type, start: first.start, end: last.start + last.length })
        }
    return found.sort((a, b) => a.start - b.start || b.end - a.end)
}

// The tags of each token of each sentence.
function tags(sentences) {
    const out = sentences.map((sentence) => sentence.map(() => 'O'))
    const tokens = []
    let at = 0
    sentences.forEach((sentence, i) => sentence.forEach(({ token }, j) => {
        tokens.push({ start: at, end: at + token.length, named: names(token), i, j })
        at += token.length + 1
    }))
    let from = 0
    for (const span of spans(sentences.map((s) => s.map((t) => t.token).join(' ')).join('\n'))) {
        while (from < tokens.length && tokens[from].end <= span.start) from++
        const inside = []
        for (let k = from; k < tokens.length && tokens[k].start < span.end; k++)
            if (tokens[k].named) inside.push(tokens[k])
        if (!inside.length) continue
        const { i, j: first } = inside[0], last = inside[inside.length - 1].j
        if (inside[inside.length - 1].i !== i || out[i].slice(first, last + 1).some((tag) => tag !== 'O')) continue
        for (let j = first; j <= last; j++) out[i][j] = (j === first ? 'B-' : 'I-') + span.type
    }
    return out
}

nlp('Load everything before the clock starts: Paris, Acme Inc. and Mary Smith.').topics().json()
const lines = fs.readFileSync(file, 'utf8').split('\n')
const before = process.cpuUsage()
const out = []
const BATCH = 50 // sentences given at once, a line each, which the library takes faster than one at a time
let batch = [], sentence = []
const flush = () => {
    tags(batch).forEach((list, i) => list.forEach((tag, j) => {
        const { token, place } = batch[i][j]
        out[place] = token + '\t' + tag
    }))
    batch = []
}
lines.forEach((line, place) => {
    const token = line.split('\t')[0]
    const word = line !== '' && token !== '-DOCSTART-'
    out.push(line === '' ? '' : token + '\tO')
    if (word) sentence.push({ token, place })
    if (word || !sentence.length) return
    batch.push(sentence)
    sentence = []
    if (batch.length === BATCH) flush()
})
if (sentence.length) batch.push(sentence)
flush()
const used = process.cpuUsage(before)
process.stdout.write(out.join('\n'))
process.stderr.write(((used.user + used.system) / 1e6).toFixed(2) + '\n')
