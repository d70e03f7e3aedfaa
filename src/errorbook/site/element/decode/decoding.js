/**
 * Which error of which API a text is about: a body, a response as curl prints it, a traceback,
 * what a command printed, lines of a log, or many of these. errorbook/decode/ decides the same;
 * both are tested with the same cases.
 *
 * Time is linear in the length of the text, whatever it holds.
 *
 * @import {Catalog} from '../catalog.js'
 * @import {Head} from './heads.js'
 * @import {Incident} from './incidents.js'
 */
import {fitWith} from './bodies.js';
import {findJson} from './brackets.js';
import {framesOf, outside} from './frames.js';
import {findHeads} from './heads.js';
import {EXIT, incidentsOf} from './incidents.js';
import {lineNumbers, linesOf} from './lines.js';
import {mentionsOf} from './mentions.js';
import {sightingsOf, withProperties} from './sightings.js';
import {stacksOf} from './stacks.js';
import {statusOf} from './words.js';

/**
 * @typedef {object} Decoding
 * @property {'error' | 'retired' | 'unknown_code' | 'several' | 'many' | 'no_envelope'
 *   | 'not_json'} kind
 * @property {Incident[]} incidents in the order of the text
 */

/** What colours a terminal; as many spaces take its place. */
const COLOUR = /\x1b\[[\d;]*m/g;
/** What no query has. */
const SHOWN = /[\n=({]|: |<title/;

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
  const sightings = sightingsOf(catalog, text, spans, frames, heads);
  const {told, causes} = withProperties(text, sightings, stacks);
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
