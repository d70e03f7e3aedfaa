/**
 * Incidents: what happened once, put together from all that tells of it.
 *
 * @import {By, Fit} from './bodies.js'
 * @import {Sighting} from './sightings.js'
 * @import {Stack} from './stacks.js'
 * @import {Clue} from './words.js'
 */
import {refOf} from './bodies.js';
import {TRACEBACK} from './frames.js';
import {lineNumbers} from './lines.js';

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

/** What decides is the one of these that comes first. */
const STRENGTH = ['body', 'headers', 'problem', 'nested', 'exception', 'code', 'message'];
/** Lines within which one error may be told twice. */
const APART = 60;
/** Lines within which the words of a log are of one error, as code and message. */
const APART_WORDS = 2;
/** Lines within which the name of an exception stands before its stack. */
const APART_NAME = 8;
/** How a text tells the exit status of a command. */
export const EXIT = new RegExp(`(?:${[
  /exit(?:ed|s)?(?:[ _-]?(?:status|code))?(?: with)?(?: (?:exit )?(?:status|code))?["']?[ :=(]{1,3}/,
  /\b(?:rc|return(?:ed|s)? ?code)["']?[ :=]{1,3}/,
  /\$\?["']?[ \t]?=?[ \t\r\n]{0,3}/,
  /\*\*\* \[[^\]\n]{1,200}\] Error /,
].map(({source}) => source).join('|')})(\\d{1,3})\\b`, 'gi');
const CHAINED =
  /During handling of the above exception|The above exception was the direct cause/g;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/;

/**
 * Puts together what belongs to the same incident, and orders what could be several errors.
 * @param {string} text
 * @param {Sighting[]} sightings in the order of the text
 * @param {Map<number, Stack['causes']>} causes
 * @returns {Incident[]}
 */
export function incidentsOf(text, sightings, causes) {
  const lines = lineNumbers(text, sightings.map(({from}) => from));
  const chained = [...text.matchAll(CHAINED)].map(({index}) => index).reverse();
  /** @type {(Incident & {kinds: Set<string>})[]} */
  const incidents = [];
  for (const [index, sighting] of sightings.entries()) {
    const last = incidents[incidents.length - 1];
    const {number, from: begin, to: end} = lines[index];
    const cause = last && causes.get(last.from);
    const isCause = cause && sighting.by === 'exception' && cause.from <= sighting.from &&
      sighting.from < cause.to;
    const both = last && !isCause ? together(last, sighting, number - last.line) : [];
    const isNamed = last && isNamedBefore(text, last, sighting, number - last.line);
    const [{request}] = sighting.fits;
    if (last && both.length && request === last.fits[0].request && request &&
      last.by === 'exception' && sighting.by === last.by) {
      // It was printed again: whichever was with more.
      if (!last.fits[0].status && sighting.fits[0].status) last.fits = left(sighting, last);
      continue;
    }
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
    if (last && isCause) {
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
