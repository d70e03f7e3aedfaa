/**
 * Words and codes that look like what was typed.
 * @import {Entry} from './types.js'
 */
import {each} from './slices.js';
import {textsOf, wordsOf} from './words.js';

/** Codes with a smaller part of their letters in common have nothing to do with each other. */
const NEAR = 0.6;
const OFFERED = 5;
const SEPARATORS = /[\s!-/:-@[-`{-~]+/;

/** @typedef {Map<string, number>} Vocabulary words, and how often they stand somewhere */

/**
 * Gathers the words of codes, exceptions and meanings, and of what they are called.
 * @param {Entry[]} entries
 * @returns {Generator<void, Vocabulary>}
 */
export function* vocabularyOf(entries) {
  /** @type {Vocabulary} */
  const vocabulary = new Map();
  yield* each(entries, (entry) => {
    const parts = /\p{Lu}/u.test(entry.code) ? wordsOf(entry.code) : [];
    for (const word of [...parts, ...textsOf(entry).short.split(SEPARATORS)]) {
      // What has digits is one of many that differ in those alone.
      if (word.length < 3 || /\d/.test(word)) continue;
      vocabulary.set(word, (vocabulary.get(word) ?? 0) + 1);
    }
  });
  return vocabulary;
}

/**
 * Returns the words that a mistyped one may be: those with the fewest edits, common ones first.
 * A part of a known word is no typo.
 * @param {Vocabulary} vocabulary
 * @param {string} word
 * @returns {Generator<void, string[]>}
 */
export function* meant(vocabulary, word) {
  if (/\d/.test(word)) return [word];
  // Of very short words, nearly all are neighbours of others.
  let allowed = word.length < 4 ? -1 : word.length < 8 ? 1 : 2;
  /** @type {string[]} */
  let found = [];
  let known = false;
  yield* each([...vocabulary.keys()], (other) => {
    known ||= other.includes(word);
    if (known || Math.abs(other.length - word.length) > allowed) return;
    const edits = distance(word, other);
    if (edits > allowed) return;
    if (edits < allowed) found = [];
    allowed = edits;
    found.push(other);
  });
  /** @type {(word: string) => number} */
  const often = (one) => vocabulary.get(one) ?? 0;
  return known ? [word] : found.sort((one, other) => often(other) - often(one)).slice(0, 3);
}

/**
 * Counts edits, with a swap of neighbours as one.
 * @param {string} one
 * @param {string} other
 */
function distance(one, other) {
  /** @type {number[]} */
  let before = [];
  let last = Array.from({length: other.length + 1}, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const edit = one[row - 1] === other[column - 1] ? 0 : 1;
      const swaps = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      next[column] = Math.min(
        last[column] + 1, next[column - 1] + 1, last[column - 1] + edit,
        swaps ? before[column - 2] + 1 : Infinity);
    }
    before = last;
    last = next;
  }
  return last[other.length];
}

/**
 * Returns the few errors whose codes look most like a text, if any do: those that have most of
 * its pairs of letters, in whatever order.
 * @param {Entry[]} entries
 * @param {string} text
 */
export function nearest(entries, text) {
  const wanted = wordsOf(text.slice(0, 80)).join('');
  const total = wanted.length - 1;
  const marks = new Uint8Array(1 << 14);
  for (let at = 1; at <= total; at += 1) marks[pair(wanted, at)] = 1;
  /** @type {{entry: Entry, near: number}[]} */
  const found = [];
  for (const entry of total > 0 ? entries : []) {
    const code = textsOf(entry).code;
    let shared = 0;
    for (let at = 1; at < code.length; at += 1) shared += marks[pair(code, at)];
    // What somebody remembers of a code may be a part of it.
    const near = Math.max(2 * shared / (code.length - 1 + total), shared / total - 0.1);
    if (near >= NEAR && !entry.retired) found.push({entry, near});
  }
  return found
    .sort((one, other) => other.near - one.near)
    .slice(0, OFFERED)
    .map(({entry}) => entry);
}

/**
 * Returns a number for two neighbouring letters.
 * @param {string} text
 * @param {number} at
 */
function pair(text, at) {
  return text.charCodeAt(at - 1) % 128 * 128 + text.charCodeAt(at) % 128;
}
