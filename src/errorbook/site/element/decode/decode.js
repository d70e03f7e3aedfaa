/**
 * Which error of which API a text is about: a body, a response as curl prints it, a traceback,
 * what a command printed, lines of a log, or many of these. errorbook/decode/ decides the same;
 * both are tested with the same cases.
 *
 * Time is linear in the length of the text, whatever it holds.
 *
 * @import {Catalog} from '../catalog.js'
 * @import {Api} from '../types.js'
 * @import {By, Fit} from './bodies.js'
 * @import {Span} from './brackets.js'
 * @import {Head} from './heads.js'
 * @import {Stack} from './stacks.js'
 * @import {Clue} from './words.js'
 */

import {fitWith, MOST_WITHIN, readBody, refOf} from './bodies.js';
import {findJson} from './brackets.js';
import {framesOf, outside, TRACEBACK} from './frames.js';
import {findHeads} from './heads.js';
import {lineNumbers, linesOf} from './lines.js';
import {mentionsOf} from './mentions.js';
import {isObject} from '../envelope.js';
import {withFacts} from './printed.js';
import {stacksOf} from './stacks.js';
import {vocabularyOf} from './vocabulary.js';
import {readLine, statusOf} from './words.js';

/**
 * Something that happened once, as far as the text tells. Of `fits` the best is the first; `by`
 * is what decided, and stands from `from` to `to`.
 * @typedef {object} Incident
 * @property {Fit[]} fits
 * @property {By | Clue | 'status' | 'exit'} by
 * @property {number} from
 * @property {number} to
 * @property {number} line
 * @property {string} time that stands in that line, or ""
 * @property {number | null} exit status of the command
 * @property {Incident[]} chain exceptions during whose handling this one was raised
 */
/** @typedef {Omit<Incident, 'line' | 'time' | 'exit' | 'chain'>} Sighting */
/**
 * @typedef {object} Decoding
 * @property {'error' | 'retired' | 'unknown_code' | 'several' | 'many' | 'no_envelope'
 *   | 'not_json'} kind
 * @property {Incident[]} incidents in the order of the text
 */

/** What decides is the one of these that comes first. */
const STRENGTH = ['body', 'headers', 'problem', 'nested', 'exception', 'code', 'message'];
/** Lines within which one error may be told twice. */
const APART = 60;
/** Lines within which the words of a log are of one error, as code and message. */
const APART_WORDS = 2;
/** Lines within which the name of an exception stands before its stack. */
const APART_NAME = 8;
/** A code of more characters is none. */
const LONGEST = 128;
const EXIT = new RegExp(`(?:${[
  /exit(?:ed|s)?(?:[ _-]?(?:status|code))?(?: with)?(?: (?:exit )?(?:status|code))?["']?[ :=(]{1,3}/,
  /\b(?:rc|return(?:ed|s)? ?code)["']?[ :=]{1,3}/,
  /\$\?["']?[ \t]?=?[ \t\r\n]{0,3}/,
  /\*\*\* \[[^\]\n]{1,200}\] Error /,
].map(({source}) => source).join('|')})(\\d{1,3})\\b`, 'gi');
const CHAINED =
  /During handling of the above exception|The above exception was the direct cause/g;
/** What colours a terminal; as many spaces take its place. */
const COLOUR = /\x1b\[[\d;]*m/g;
/** What no query has. */
const SHOWN = /[\n=({]|: |<title/;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/;

/**
 * Says what a text is about; null for a text that looks like a query, and for one that says
 * nothing.
 * @param {Catalog} catalog
 * @param {string} written
 * @param {boolean} [always] whether no text is taken for a query
 * @returns {Decoding | null}
 */
export function decode(catalog, written, always = false) {
  const text = written.replace(COLOUR, (sequence) => ' '.repeat(sequence.length));
  const {stacks, covered: printed} = stacksOf(written);
  const frames = [...framesOf(text), ...printed].sort((one, other) => one.from - other.from);
  const spans = outside(findJson(text), frames);
  const heads = findHeads(text);
  const {sightings, covered} = readSpans(catalog, text, spans, heads);
  const skipped = [...covered, ...frames].sort((one, other) => one.from - other.from);
  for (const sighting of readWords(catalog, text, skipped, heads)) sightings.push(sighting);
  sightings.sort((one, other) => one.from - other.from);
  const {told, causes} = tellFacts(sightings, stacks);
  const order = mentionsOf(text);
  told.forEach(order);
  const incidents = incidentsOf(text, told, causes);
  const begin = text.trim();
  const shown = spans.length || heads.length || begin === '{}' || begin === '[]';
  const isQuery = !always && !shown && looksLikeQuery(begin);
  if (!incidents.length && !isQuery) {
    incidents.push(...readNumbers(catalog, text, heads));
    incidents.forEach(order);
  }
  if (incidents.length) {
    return isQuery && incidents[0].by !== 'message' ? null : {kind: kindOf(incidents), incidents};
  }
  if (shown) return {kind: 'no_envelope', incidents};
  return /^[{[]/.test(begin) ? {kind: 'not_json', incidents} : null;
}

/**
 * Tells whether somebody asks for an error, rather than showing one.
 * @param {string} text
 */
function looksLikeQuery(text) {
  return !SHOWN.test(text) && text.split(/\s+/).length <= 6;
}

/** @param {Incident[]} incidents */
function kindOf(incidents) {
  if (incidents.length > 1) return 'many';
  const [{fits: [{entry}], by}] = incidents;
  // Others than these may have the number, so it is never more than a guess.
  if (by === 'status' || by === 'exit') return 'several';
  if (!entry) return 'unknown_code';
  return entry.retired ? 'retired' : 'error';
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

/**
 * Gives exceptions what their properties say; returns, too, where their causes stand, by where
 * they stand themselves.
 * @param {Sighting[]} sightings in the order of the text
 * @param {Stack[]} stacks
 */
function tellFacts(sightings, stacks) {
  const told = [...sightings];
  /** @type {Map<number, Stack['causes']>} */
  const causes = new Map();
  let next = 0;
  for (const {from, to, facts, causes: own} of [...stacks].sort((one, other) => one.to - other.to)) {
    while (next < told.length && told[next].from < to) next += 1;
    const sighting = told[next - 1];
    if (sighting?.by !== 'exception' || sighting.from < from) continue;
    if (facts.size) sighting.fits = withFacts(sighting.fits, facts);
    causes.set(sighting.from, own);
  }
  return {told: told.filter(({fits}) => fits.length), causes};
}

/**
 * Puts together what belongs to the same incident, and orders what could be several errors.
 * @param {string} text
 * @param {Sighting[]} sightings in the order of the text
 * @param {Map<number, Stack['causes']>} causes
 * @returns {Incident[]}
 */
function incidentsOf(text, sightings, causes) {
  const lines = lineNumbers(text, sightings.map(({from}) => from));
  const chained = [...text.matchAll(CHAINED)].map(({index}) => index).reverse();
  /** @type {(Incident & {kinds: Set<string>})[]} */
  const incidents = [];
  for (const [index, sighting] of sightings.entries()) {
    const last = incidents[incidents.length - 1];
    const {number, from: begin, to: end} = lines[index];
    const both = last ? together(last, sighting, number - last.line) : [];
    const isNamed = last && isNamedBefore(text, last, sighting, number - last.line);
    if (last && both.length && (isNamed || !last.kinds.has(sighting.by))) {
      const stronger = isNamed || STRENGTH.indexOf(sighting.by) < STRENGTH.indexOf(last.by);
      if (stronger) Object.assign(last, sighting, {fits: left(sighting, last)});
      else last.fits = both;
      last.kinds.add(sighting.by);
      continue;
    }
    while (chained.length && last && chained[chained.length - 1] < last.from) chained.pop();
    const link = chained[chained.length - 1];
    const inChain = last?.kinds.has('exception') && sighting.by === 'exception' &&
      link < sighting.from && !text.slice(last.to, link).includes(TRACEBACK);
    const [time = ''] = TIME.exec(text.slice(begin, Math.min(end, begin + 200))) ?? [];
    /** @type {Incident[]} */
    let chain = [];
    const cause = last && causes.get(last.from);
    if (cause && sighting.by === 'exception' && cause.from <= sighting.from && sighting.from < cause.to) {
      const {fits, by, from, to} = sighting;
      last.chain.push({fits, by, from, to, line: number, time, exit: null, chain});
      continue;
    }
    if (inChain) {
      incidents.pop();
      // One list for all, which may be long.
      [chain, last.chain] = [last.chain, chain];
      chain.push(last);
    }
    const {fits, by, from, to} = sighting;
    // Copied by name: there may be many, and spread syntax is slow.
    incidents.push({fits, by, from, to, line: number, time, exit: null, chain, kinds: new Set([by])});
  }
  let place = 0;
  for (const {1: number, index} of incidents.length ? text.matchAll(EXIT) : []) {
    while (place + 1 < incidents.length && incidents[place + 1].from < index) place += 1;
    incidents[place].exit = Number(number);
  }
  preferKnownApis(incidents);
  return incidents;
}

/**
 * Returns the fits of one incident that agree with a sighting, if they stand close enough: words
 * of a log are counted line by line.
 * @param {Incident} incident
 * @param {Sighting} sighting
 * @param {number} apart lines
 */
function together(incident, sighting, apart) {
  const strength = Math.min(STRENGTH.indexOf(incident.by), STRENGTH.indexOf(sighting.by));
  return apart < APART && (strength < 5 || apart <= APART_WORDS) ? left(incident, sighting) : [];
}

/**
 * Tells whether a log has the name of an exception by itself before it has its stack.
 * @param {string} text
 * @param {Sighting} last
 * @param {Sighting} sighting
 * @param {number} apart lines
 */
function isNamedBefore(text, last, sighting, apart) {
  return last.by === 'exception' && sighting.by === 'exception' && apart <= APART_NAME &&
    isQuoted(text, last) && !isQuoted(text, sighting);
}

/**
 * @param {string} text
 * @param {Sighting} sighting
 */
function isQuoted(text, {from, to}) {
  return /^["']{2}$/.test(`${text[from - 1]}${text[to]}`);
}

/**
 * Returns the fits of the first that the second has as well, with the message of either.
 * @param {{fits: Fit[]}} first
 * @param {{fits: Fit[]}} second
 */
function left(first, second) {
  const others = new Map(second.fits.map((fit) => [refOf(fit), fit]));
  return first.fits.flatMap((fit) => {
    const other = others.get(refOf(fit));
    if (!other) return [];
    const {message, values} = fit.message ? fit : other;
    return [{...fit, message, values}];
  });
}

/**
 * Where lines could be of several APIs, puts those first that other lines are of for certain.
 * @param {Incident[]} incidents
 */
function preferKnownApis(incidents) {
  const sure = new Set(incidents.flatMap(({fits}) => fits.length > 1 ? [] : [fits[0].api]));
  if (!sure.size) return;
  for (const incident of incidents) {
    const {fits, by} = incident;
    if (by !== 'code' && by !== 'message') continue;
    const likely = fits.filter(({api}) => sure.has(api));
    if (likely.length) incident.fits = likely;
  }
}

/**
 * Returns the errors that have the status or exit status in a text that names none.
 * @param {Catalog} catalog
 * @param {string} text
 * @param {Head[]} heads
 * @returns {Incident[]}
 */
function readNumbers(catalog, text, heads) {
  const head = heads[heads.length - 1] ?? null;
  const said = head ?? firstStatus(text);
  const status = said?.status ?? 0;
  const ending = [...text.matchAll(EXIT)].pop();
  const exit = ending ? Number(ending[1]) : null;
  const live = catalog.entries.filter(({retired}) => !retired);
  const ofStatus = live.filter(({statuses}) => statuses.includes(status));
  const both = ofStatus.filter((entry) => exit !== null && entry.exit === exit);
  const entries = both.length ? both
    : ofStatus.length ? ofStatus : live.filter((entry) => exit !== null && entry.exit === exit);
  if (!entries.length) return [];
  const fits = entries.map((entry) =>
    ({...fitWith(entry.api, entry.code, entry, head), status: status || null}));
  const from = ofStatus.length && said ? said.from : ending?.index ?? 0;
  const to = ofStatus.length && said ? said.to : from + (ending?.[0].length ?? 0);
  const [{number: line}] = lineNumbers(text, [from]);
  return [{fits, by: ofStatus.length ? 'status' : 'exit', from, to, line, time: '', exit, chain: []}];
}

/** @param {string} text */
function firstStatus(text) {
  for (const {from, line} of linesOf(text)) {
    const status = statusOf(line);
    if (status) return {from, to: from + line.length, status};
  }
  return null;
}
