/**
 * What a decoded body says: which APIs send such a body, and which error it names.
 *
 * @import {Catalog} from '../catalog.js'
 * @import {Api, Entry, Json} from '../types.js'
 * @import {Found} from '../envelope.js'
 * @import {Head} from './heads.js'
 */

import {isObject, matchEnvelope, matchParts} from '../envelope.js';
import {findJson} from './brackets.js';
import {readLogged} from './logged.js';
import {parseMessage} from './templates.js';
import {agrees} from '../entry.js';
import {byCode} from './vocabulary.js';

/**
 * A way to read a paste: the API it comes from, and the error it is.
 * @typedef {object} Fit
 * @property {Api} api
 * @property {string} code
 * @property {Entry | null} entry null where the API is not known to send the code
 * @property {number | null} envelope which of the API's envelopes fits
 * @property {number | null} status
 * @property {string} message what the server says
 * @property {string} request id of the request
 * @property {Map<string, Json>} details
 * @property {Map<string, string>} values of the message's placeholders
 * @property {number | null} wait seconds that an exception says to wait
 * @property {Head | null} head
 */

/** @typedef {'body' | 'headers' | 'nested' | 'problem' | 'exception'} By */

const NO_DETAILS = ['code', 'message', 'status', 'details', 'request_id'];
/** Objects within a body that are looked at. */
const MOST_NESTED = 10_000;
/** JSON within a text of a body that is looked at. */
export const MOST_WITHIN = 100;
/** @type {Map<string, string>} */
const NO_HEADERS = new Map();
/** Characters of a type's end that may be a code. */
const LONGEST = 200;
const PROBLEM = ['title', 'status', 'detail', 'instance'];

/**
 * Returns every way to read a body, the best first, and what speaks for them.
 * @param {Catalog} catalog
 * @param {Json} body undefined where a response has none
 * @param {Head | null} head
 * @returns {{fits: Fit[], by: By}}
 */
export function readBody(catalog, body, head) {
  const logged = readLogged(catalog, body);
  if (logged.length) return {fits: logged, by: 'exception'};
  const whole = catalog.apis.flatMap((api) => bestFit(api, body, head) ?? []);
  if (body === undefined) return {fits: best(whole), by: 'headers'};
  if (isKnown(whole)) return {fits: best(whole), by: 'body'};
  const problem = readProblem(catalog, body, head);
  if (problem.length) return {fits: best(problem), by: 'problem'};
  let left = MOST_NESTED;
  for (const value of nested(body)) {
    const inner = readLogged(catalog, value);
    if (inner.length) return {fits: inner, by: 'exception'};
    const within = catalog.apis.flatMap((api) => bestFit(api, value, head) ?? []);
    if (isKnown(within)) return {fits: best(within), by: 'nested'};
    if ((left -= 1) < 0) break;
  }
  return {fits: best(whole), by: 'body'};
}

/** @param {Fit[]} fits */
function isKnown(fits) {
  return fits.some(({entry}) => entry);
}

/**
 * An API that knows the code wins over those that merely send bodies of this shape.
 * @param {Fit[]} fits
 */
function best(fits) {
  const known = fits.filter(({entry}) => entry);
  return (known.length ? known : fits).sort((one, other) => doubt(one) - doubt(other));
}

/**
 * Returns what the first envelope that gives a known code says, else the first that fits.
 * @param {Api} api
 * @param {Json} body
 * @param {Head | null} head
 */
function bestFit(api, body, head) {
  const fits = api.envelopes.flatMap((envelope, index) => {
    // Of a response without a body, as HEAD has it, headers may say all.
    const pattern = body === undefined ? {...envelope, body: null} : envelope;
    const found = matchEnvelope(pattern, head?.headers ?? NO_HEADERS, body);
    if (!found || (body === undefined && !found.has('code'))) return [];
    return [fitOf(api, index, found, head)];
  });
  return fits.find(({entry}) => entry) ?? fits[0];
}

/**
 * @param {Api} api
 * @param {number} envelope
 * @param {Found} found
 * @param {Head | null} head
 * @returns {Fit}
 */
function fitOf(api, envelope, found, head) {
  const code = String(found.get('code') ?? '');
  const beside = found.get('details');
  const holes = [...found].filter(([name]) => !NO_DETAILS.includes(name));
  const fit = fitWith(api, code, api.entries.get(code) ?? null, head, asText(found.get('message')));
  fit.envelope = envelope;
  fit.status = asStatus(found.get('status')) ?? fit.status;
  fit.request = asText(found.get('request_id'));
  fit.details = new Map([...(isObject(beside) ? Object.entries(beside) : []), ...holes]);
  return fit;
}

/**
 * Returns a fit of which no more is known than this.
 * @param {Api} api
 * @param {string} code
 * @param {Entry | null} entry
 * @param {Head | null} head
 * @param {string} [message]
 * @returns {Fit}
 */
export function fitWith(api, code, entry, head, message = '') {
  return {
    api, code, entry, head, message, envelope: null, status: head?.status ?? null, request: '',
    details: new Map(), values: valuesOf(entry, message), wait: null,
  };
}

/** @param {Fit} fit */
export function refOf({api, code}) {
  return `${api.id}/${code}`;
}

/** @param {Json | undefined} value */
export function asText(value) {
  return typeof value === 'string' ? value : '';
}

/** @param {Json} value */
export function asStatus(value) {
  return typeof value !== 'object' && /^[1-5]\d\d$/.test(String(value)) ? Number(value) : null;
}

/**
 * Returns a waiting time that an exception knows, if it is one.
 * @param {Json} value
 */
export function asSeconds(value) {
  return typeof value === 'number' && value >= 0 ? value : null;
}

/**
 * Returns the values that a message has for the placeholders of its error's template.
 * @param {Entry | null} entry
 * @param {string} message
 * @returns {Map<string, string>}
 */
export function valuesOf(entry, message) {
  /** @type {Found} */
  const found = new Map();
  const template = entry?.more?.message;
  if (!template || !message || !matchParts(parseMessage(template), message, found)) return new Map();
  return /** @type {Map<string, string>} */ (found);
}

/**
 * Returns how little a fit explains: a retired code, a status that is not the error's, details
 * it must have and does not, details nobody knows, a message of other words. Each weighs more
 * than all that follow.
 * @param {Fit} fit
 */
export function doubt({entry, status, details, message, values}) {
  if (!entry) return 0;
  const described = entry.more?.details ?? [];
  const known = new Map(described.map(([name, , , required]) => [name, required]));
  const missing = [...known].filter(([name, required]) => required && !details.has(name)).length;
  const unknown = [...details.keys()].filter((name) => !known.has(name)).length;
  const template = entry.more?.message;
  const says = !template || template === message || values.size > 0;
  const doubts = [
    says ? 0 : 1, unknown, missing, agrees(entry, status) ? 0 : 1, entry.retired ? 1 : 0,
  ];
  return doubts.reduce((sum, one, place) => sum + Math.min(one, 999) * 1000 ** place, 0);
}

/**
 * Reads a problem of RFC 9457, whose type ends in the code.
 * @param {Catalog} catalog
 * @param {Json} body
 * @param {Head | null} head
 */
function readProblem(catalog, body, head) {
  if (!isObject(body) || typeof body.type !== 'string' || body.type === 'about:blank') return [];
  if (!PROBLEM.some((name) => Object.hasOwn(body, name))) return [];
  const tail = /[^/#?:=]*$/.exec(body.type.slice(-LONGEST).replace(/[/#]+$/, ''))?.[0] ?? '';
  const {type, title, status, detail, instance, ...others} = body;
  return byCode(catalog, tail).map((entry) => ({
    ...fitWith(entry.api, entry.code, entry, head, asText(detail) || asText(title)),
    status: asStatus(status) ?? head?.status ?? null,
    details: new Map(Object.entries(others)),
  }));
}

/**
 * Yields the objects within a body, those of upper levels first; also those in its texts, as a
 * log holds the answer of another service.
 * @param {Json} body
 */
function* nested(body) {
  let level = [body];
  for (let depth = 0; level.length && depth < 32; depth += 1) {
    /** @type {Json[]} */
    const below = [];
    for (const value of level) {
      if (depth && isObject(value)) yield value;
      if (typeof value === 'object' && value !== null) {
        for (const inner of Object.values(value)) below.push(inner);
      } else if (typeof value === 'string' && value.includes('{')) {
        for (const span of findJson(value, MOST_WITHIN)) below.push(span.value);
      }
    }
    level = below;
  }
}
