/**
 * Message templates: which error a text speaks of, and what it says in the template's holes.
 *
 * @import {Entry} from '../types.js'
 * @import {Part} from '../envelope.js'
 */

import {withoutEnd, WORD} from './tokens.js';

/**
 * The template of a message, and the errors whose it is.
 * @typedef {{parts: Part[], entries: Entry[]}} Template
 */
/** @typedef {{template: Template, values: Map<string, string>, from: number, to: number}} Told */

/** A template of fewer words would be found in any text. */
const FEWEST_WORDS = 3;
/** Templates that one word may lead to: more of them would all be of one kind. */
const MOST_TEMPLATES = 20;

/**
 * Splits a template of a message into constants and holes.
 * @param {string} template
 * @returns {Part[]}
 */
export function parseMessage(template) {
  return template.split(/\{([A-Za-z_][\p{L}\p{N}_.-]*)\}/u)
    .map((part, index) => index % 2 ? {name: part, type: undefined} : part)
    .filter((part) => part !== '');
}

/**
 * Returns the templates of errors by the rarest word that each has.
 * @param {Entry[]} entries
 * @returns {Map<string, Template[]>}
 */
export function templatesOf(entries) {
  /** @type {Map<string, Template & {words: string[]}>} */
  const distinct = new Map();
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const entry of entries) {
    const message = entry.more?.message;
    if (!message) continue;
    const known = distinct.get(message);
    if (known) {
      known.entries.push(entry);
      continue;
    }
    const parts = parseMessage(message);
    const words = wordsOf(parts);
    distinct.set(message, {parts, words, entries: [entry]});
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  /** @type {Map<string, Template[]>} */
  const byWord = new Map();
  for (const template of distinct.values()) {
    const {words} = template;
    if (words.length < FEWEST_WORDS) continue;
    const rarest = words.reduce((one, other) =>
      (counts.get(other) ?? 0) < (counts.get(one) ?? 0) ? other : one);
    const list = byWord.get(rarest) ?? [];
    if (list.length < MOST_TEMPLATES) byWord.set(rarest, [...list, template]);
  }
  return byWord;
}

/**
 * Returns the words that every message of a template has.
 * @param {Part[]} parts
 */
function wordsOf(parts) {
  return parts.flatMap((part, index) => {
    if (typeof part !== 'string') return [];
    // A word beside a hole may be part of a longer one.
    const begin = index > 0 ? part.replace(/^[\p{L}\p{N}_$.:/-]+/u, '') : part;
    const whole = index < parts.length - 1 ? begin.replace(/[\p{L}\p{N}_$.:/-]+$/u, '') : begin;
    return [...whole.matchAll(WORD)].flatMap(({0: word}) =>
      withoutEnd(word).split(/[.:/]+/));
  });
}

/**
 * Finds the text of a template in a line.
 * @param {Template} template
 * @param {string} line
 * @returns {Told | null}
 */
export function findTemplate(template, line) {
  const {parts} = template;
  const opens = typeof parts[0] !== 'string';
  const lead = /** @type {string} */ (parts[opens ? 1 : 0]);
  let start = line.indexOf(lead);
  if (start < 0) return null;
  const next = opens ? undefined : parts[2];
  if (typeof next === 'string') {
    // The lead may stand in the words before as well: what is nearest to the next constant counts.
    const end = line.indexOf(next, start + lead.length + 1);
    start = end < 0 ? start : line.lastIndexOf(lead, end - lead.length - 1);
  }
  // Before a message stand a quote, an equals sign or the words of a log.
  const [before] = opens && /[^\s"'=:([]*$/.exec(line.slice(Math.max(0, start - 200), start)) || [''];
  if (opens && !before) return null;
  const from = start - before.length;
  /** @type {Map<string, string>} */
  const values = new Map();
  let at = from;
  let open = '';
  for (const [index, part] of parts.entries()) {
    if (typeof part !== 'string') {
      open = part.name;
      continue;
    }
    const last = index === parts.length - 1 && open;
    const place = last ? lastPlace(line, part, at) : line.indexOf(part, open ? at + 1 : at);
    if (place < 0 || (!open && place !== at)) return null;
    if (open && !values.has(open)) values.set(open, line.slice(at, place));
    at = place + part.length;
    open = '';
  }
  if (open) {
    const quote = /["']/.test(line[from - 1] ?? '') ? line.indexOf(line[from - 1], at) : -1;
    const end = quote < 0 ? line.trimEnd().length : quote;
    if (end <= at) return null;
    if (!values.has(open)) values.set(open, line.slice(at, end));
    at = end;
  }
  return {template, values, from, to: at};
}

/**
 * Returns the first place of a constant at which a sentence may end.
 * @param {string} line
 * @param {string} constant
 * @param {number} at
 */
function lastPlace(line, constant, at) {
  let place = line.indexOf(constant, at + 1);
  while (place >= 0 && /[^\s"'\\)\]},;]/.test(line[place + constant.length] ?? '')) {
    place = line.indexOf(constant, place + 1);
  }
  return place;
}
