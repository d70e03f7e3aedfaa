/**
 * Parts of a text that say which error it is: responses, JSON, and words.
 *
 * @import {Catalog} from '../catalog.js'
 * @import {Api} from '../types.js'
 * @import {Span} from './brackets.js'
 * @import {Fit} from './bodies.js'
 * @import {Head} from './heads.js'
 * @import {Incident} from './incidents.js'
 * @import {Stack} from './stacks.js'
 */
import {isObject} from '../envelope.js';
import {MOST_WITHIN, readBody} from './bodies.js';
import {findJson} from './brackets.js';
import {linesOf} from './lines.js';
import {isSaid, withFacts} from './printed.js';
import {vocabularyOf} from './vocabulary.js';
import {readLine} from './words.js';

/** @typedef {Omit<Incident, 'line' | 'time' | 'exit' | 'chain'>} Sighting */

/** A code of more characters is none. */
const LONGEST = 128;

/**
 * Returns what the JSON spans, heads and words of a text say, in its order; words of frames name
 * none.
 * @param {Catalog} catalog
 * @param {string} text
 * @param {Span[]} spans
 * @param {{from: number, to: number}[]} frames
 * @param {Head[]} heads
 */
export function sightingsOf(catalog, text, spans, frames, heads) {
  const {sightings, covered} = readSpans(catalog, text, spans, heads);
  const skipped = [...covered, ...frames].sort((one, other) => one.from - other.from);
  for (const sighting of readWords(catalog, text, skipped, heads)) sightings.push(sighting);
  return sightings.sort((one, other) => one.from - other.from);
}

/**
 * Gives exceptions what their properties say; returns, too, where their causes stand, by where
 * they stand themselves.
 * @param {string} text
 * @param {Sighting[]} sightings in the order of the text
 * @param {Stack[]} stacks
 */
export function withProperties(text, sightings, stacks) {
  const told = [...sightings];
  /** @type {Map<number, Stack['causes']>} */
  const causes = new Map();
  let next = 0;
  for (const {from, to, facts, causes: own, isWhole} of [...stacks].sort((one, other) => one.to - other.to)) {
    while (next < told.length && told[next].from < to) next += 1;
    const sighting = told[next - 1];
    if (sighting?.by !== 'exception' || sighting.from < from) continue;
    if (facts.size) sighting.fits = withFacts(sighting.fits, facts);
    if (isWhole && !facts.has('code')) {
      sighting.fits = sighting.fits.filter((fit) => isSaid(fit, text, sighting.to));
    }
    causes.set(sighting.from, own);
  }
  return {told: told.filter(({fits}) => fits.length), causes};
}

/**
 * Reads the JSON of a text, and the responses that have none.
 * @param {Catalog} catalog
 * @param {string} text
 * @param {Span[]} spans
 * @param {Head[]} heads
 */
function readSpans(catalog, text, spans, heads) {
  /** @type {Sighting[]} */
  const sightings = [];
  /** @type {{from: number, to: number}[]} */
  const covered = [...heads];
  const bare = new Set(heads);
  let next = 0;
  for (const span of spans) {
    /** @type {Head | null} */
    let head = null;
    while (next < heads.length && heads[next].to <= span.from) head = heads[next++];
    // A header may hold JSON as well.
    if (next < heads.length && heads[next].from < span.from) continue;
    const {from, to, value} = span;
    const whole = readBody(catalog, value, head);
    // A list may be a body, but also a list of bodies.
    const parts = Array.isArray(value) && !(isKnown(whole) && whole.by === 'body')
      ? value.filter(isObject).map((item) => readBody(catalog, item, head)) : [whole];
    const credible = parts.flatMap(({fits, by}) => {
      const left = fits.filter(isCredible);
      return left.length ? [{fits: left, by}] : [];
    });
    // What the words within say is better than an unknown code.
    if (!credible.some(isKnown) && saysMore(catalog, text.slice(from, to), credible)) continue;
    if (credible.length) covered.push(span);
    if (credible.length && head) bare.delete(head);
    for (const {fits, by} of credible) sightings.push({fits, by, from, to});
  }
  const last = heads[heads.length - 1];
  for (const head of bare) {
    // A redirect, or what a proxy said first, is not the answer.
    if (head.status < 400 && head !== last) continue;
    const {fits, by} = readBody(catalog, undefined, head);
    if (fits.length) sightings.push({fits, by, from: head.from, to: head.to});
  }
  return {sightings, covered};
}

/** @type {WeakMap<Api, boolean>} */
const spaced = new WeakMap();

/**
 * Tells a code, be it known or not, from a sentence in the place of a code.
 * @param {Fit} fit
 */
function isCredible({api, code, entry}) {
  if (entry || (code.length <= LONGEST && !/\s/.test(code))) return true;
  if (!spaced.has(api)) spaced.set(api, [...api.entries.keys()].some((known) => /\s/.test(known)));
  return code.length <= LONGEST && Boolean(spaced.get(api));
}

/** @param {{fits: Fit[]}} read */
function isKnown({fits}) {
  return fits.some(({entry}) => entry);
}

/**
 * Tells whether the words of a body name an error otherwise than by the codes it has.
 * @param {Catalog} catalog
 * @param {string} text
 * @param {{fits: Fit[]}[]} read
 */
function saysMore(catalog, text, read) {
  const vocabulary = vocabularyOf(catalog);
  const codes = new Set(read.flatMap(({fits}) => fits.map(({code}) => code)));
  for (const {line} of codes.size ? linesOf(text) : []) {
    const said = readLine(vocabulary, line);
    if (said?.fits[0].entry && !codes.has(said.fits[0].code)) return true;
  }
  return false;
}

/**
 * Reads the lines outside of what is covered, whose places must be in order.
 * @param {Catalog} catalog
 * @param {string} text
 * @param {{from: number, to: number}[]} covered
 * @param {Head[]} heads
 */
function readWords(catalog, text, covered, heads) {
  const vocabulary = vocabularyOf(catalog);
  const isCurl = heads.some(({from}) => text[from] === '<');
  /** @type {Sighting[]} */
  const sightings = [];
  let next = 0;
  for (const {from, line} of linesOf(text)) {
    if (!line) continue;
    while (next < covered.length && covered[next].to <= from) next += 1;
    if (next < covered.length && covered[next].from < from + line.length) continue;
    // What curl sent is not the answer.
    if (isCurl && /^[>*] /.test(line)) continue;
    const said = readEscaped(catalog, line) ?? readLine(vocabulary, line);
    if (said) sightings.push({fits: said.fits, by: said.by, from: from + said.from, to: from + said.to});
  }
  return sightings;
}

/**
 * Reads JSON that stands within quotes, as in logs.
 * @param {Catalog} catalog
 * @param {string} line
 * @returns {Sighting | null}
 */
function readEscaped(catalog, line) {
  if (!line.includes('{\\')) return null;
  for (const {value} of findJson(unescaped(line), MOST_WITHIN)) {
    const {fits} = readBody(catalog, value, null);
    if (isKnown({fits})) return {fits, by: 'nested', from: 0, to: line.length};
  }
  return null;
}

/** @param {string} line */
function unescaped(line) {
  return line.replace(/\\+"?/g, (signs) => signs.endsWith('"') ? '"' : signs);
}
