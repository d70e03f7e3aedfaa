/**
 * Values as Node's `util.inspect` prints them: JSON's, with names without quotes, and more.
 *
 * @import {Json} from '../types.js'
 */

import {parse} from './brackets.js';

/** Characters of a value that is read. */
export const LONGEST = 1 << 14;
/** Levels of one; Node itself prints three, unless it is asked for more. */
const DEEPEST = 16;
// What lacks its second quote goes on to the end, lest each quote in it be tried as a first.
const PART = new RegExp([
  /'(?:[^'\\]|\\[^])*'?|"(?:[^"\\]|\\[^])*"?|`(?:[^`\\]|\\[^])*`?/,
  /\[(?:[A-Z]\w*|Object: null prototype|(?:Circular|Function|Getter|Symbol)[^\]\n]{0,80})\]/,
  /\.\.\. \d+ more \w+|<ref \*\d+>|\d{4}-\d\d-\d\dT[\d:.]+Z/,
  /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?n?|[A-Za-z_$][\w$]*(?:\(\d+\))?|[^ \t\n\r\f\v]/,
].map(({source}) => source).join('|'), 'gu');
const NUMBER = /^(-?\d{1,300}(?:\.\d{1,300})?(?:e[+-]?\d{1,3})?)n?$/;
/** @type {Record<string, string>} */
const LETTERS = {n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v'};

/**
 * Returns a value; null for one that cannot be read, and for what is undefined.
 * @param {string} text
 * @returns {Json}
 */
export function readInspected(text) {
  const parts = text.length > LONGEST ? [] : text.match(PART) ?? [];
  try {
    return valueOf(parts.reverse(), 0);
  } catch {
    return null;
  }
}

/**
 * @param {string[]} parts of which the last is the next
 * @param {number} depth
 * @returns {Json}
 */
function valueOf(parts, depth) {
  let word = take(parts);
  // The class of an object stands before its bracket.
  while (/^[{[]$/.test(parts.at(-1) ?? '') && !/^[{[]$/.test(word)) word = take(parts);
  if (depth > DEEPEST) throw word;
  if (word === '[') {
    /** @type {Json[]} */
    const items = [];
    while (goesOn(parts, ']')) items.push(valueOf(parts, depth + 1));
    return items;
  }
  return word === '{' ? objectOf(parts, depth + 1) : plain(parts, word);
}

/**
 * @param {string[]} parts
 * @param {number} depth
 */
function objectOf(parts, depth) {
  /** @type {Map<string, Json>} */
  const found = new Map();
  while (goesOn(parts, '}')) {
    const key = take(parts);
    if (take(parts) !== ':') throw key;
    const value = valueOf(parts, depth);
    if (value !== null) found.set(/^["']/.test(key) ? unquoted(key) : key, value);
  }
  return Object.fromEntries(found);
}

/**
 * @param {string[]} parts
 * @param {string} word
 * @returns {Json}
 */
function plain(parts, word) {
  if (/^["'`][^]/.test(word)) {
    let text = unquoted(word);
    // A long text is printed in several, one a line.
    while (parts.at(-1) === '+') {
      parts.pop();
      text += unquoted(take(parts));
    }
    return text;
  }
  const [, number] = NUMBER.exec(word) ?? [];
  if (number) return parse(number) ?? null;
  if (/^(?:null|undefined|NaN|Infinity)$/.test(word)) return null;
  if (/^(?:true|false)$/.test(word)) return word === 'true';
  if ([...word].length > 1) return word;
  throw word;
}

/**
 * Tells whether another item follows, and reads up to it, or the end.
 * @param {string[]} parts
 * @param {string} end
 */
function goesOn(parts, end) {
  while (/^(?:,$|\.\.\. )/.test(parts.at(-1) ?? '')) parts.pop();
  if (parts.at(-1) !== end) return true;
  parts.pop();
  return false;
}

/** @param {string[]} parts */
function take(parts) {
  const word = parts.pop();
  if (!word) throw word;
  return word;
}

/** @param {string} word */
function unquoted(word) {
  return word.slice(1, -1).replace(/\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|([^]))/g,
    (_, short, long, letter) => letter === undefined
      ? String.fromCharCode(parseInt(short ?? long, 16)) : LETTERS[letter] ?? letter);
}
