/**
 * What may be shown of a paste: its values without credentials, and the part that decided.
 *
 * @import {Fit} from './decode/bodies.js'
 * @import {Incident} from './decode/incidents.js'
 * @import {Json} from './types.js'
 */
import {lineAt} from './decode/lines.js';
import {isObject} from './envelope.js';
import {MASK, maskText, maskValue} from './mask.js';

/** Characters of the paste that are shown, and those around them that may hold a credential. */
const SHOWN = 160;
const AROUND = 8192;
const LONGEST = 500;
/** Details that no catalog describes, of which a body may have thousands. */
const MOST = 50;

/**
 * @typedef {object} Shown
 * @property {(said: string) => string} mask hides credentials, and what the catalog calls sensitive
 * @property {string} code
 * @property {string} message
 * @property {Map<string, string>} details
 * @property {number} left how many details are not among them
 * @property {Map<string, string>} values of the message's placeholders
 * @property {{before: string, marked: string, after: string}} excerpt
 */

/**
 * @param {Incident} incident
 * @param {Fit} fit
 * @param {string} text
 * @returns {Shown}
 */
export function shownOf(incident, fit, text) {
  const sensitive = new Set(incident.fits.flatMap(({entry}) =>
    (entry?.more?.details ?? []).flatMap(([name, , , , , hidden]) => hidden ? [name] : [])));
  /** @type {(name: string) => boolean} */
  const isSecret = (name) => sensitive.has(name) || maskValue(name, '') === MASK;
  const secrets = secretsOf(fit, isSecret);
  /** @type {(said: string) => string} */
  const mask = (said) =>
    maskText(secrets.reduce((left, secret) => left.replaceAll(secret, MASK), said));
  /** @type {(name: string, value: Json) => [string, string]} */
  const show = (name, value) =>
    [name, clipped(mask(maskValue(name, value, isSecret(name))))];
  const described = new Set((fit.entry?.more?.details ?? []).map(([name]) => name));
  const own = [...fit.details].filter(([name]) => described.has(name));
  const others = [...fit.details].filter(([name]) => !described.has(name));
  return {
    mask,
    code: fit.entry ? fit.code : clipped(mask(fit.code)),
    message: clipped(mask(fit.message.slice(0, AROUND))),
    details: new Map([...own, ...others.slice(0, MOST)].map(([name, value]) => show(name, value))),
    left: Math.max(0, others.length - MOST),
    values: new Map([...fit.values].map(([name, value]) => show(name, value))),
    excerpt: excerpt(incident, fit, text, mask),
  };
}

/** @param {string} said */
function clipped(said) {
  return said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said;
}

/**
 * Returns the texts within secret values, as they are and as JSON has them, the longest first.
 * @param {Fit} fit
 * @param {(name: string) => boolean} isSecret
 */
function secretsOf({details, values}, isSecret) {
  /** @type {Json[]} */
  const found = [...details, ...values].flatMap(([name, value]) => isSecret(name) ? [value] : []);
  /** @type {Set<string>} */
  const secrets = new Set();
  for (let at = 0; at < found.length && secrets.size < 2 * MOST; at += 1) {
    const value = found[at];
    if (Array.isArray(value) || isObject(value)) found.push(...Object.values(value).slice(0, MOST));
    else if (String(value).length > 2) {
      secrets.add(String(value));
      secrets.add(JSON.stringify(String(value)).slice(1, -1));
    }
  }
  return [...secrets].sort((one, other) => other.length - one.length);
}

/**
 * Returns the line that decided, around what decided. It is masked before it is cut: half a
 * credential may not look like one.
 * @param {Incident} incident
 * @param {Fit} fit
 * @param {string} text
 * @param {(said: string) => string} mask
 */
function excerpt({by, from, to}, {code}, text, mask) {
  const inJson = by === 'body' || by === 'headers' || by === 'nested' || by === 'problem';
  const found = inJson && code ? text.indexOf(code, from) : from;
  const at = found < 0 || found >= to ? from : found;
  const {from: start, line} = lineAt(text, at);
  const end = start + line.length;
  const stop = Math.min(end, inJson && at === found ? at + code.length : to);
  const first = Math.max(start, at - AROUND);
  const whole = mask(text.slice(first, Math.min(end, stop + AROUND)));
  const before = mask(text.slice(first, at));
  const marked = text.slice(at, stop);
  const place = whole.startsWith(before + marked) ? before.length : whole.indexOf(marked);
  if (place < 0 || marked.length > SHOWN) {
    return {before: '', marked: whole.slice(0, SHOWN), after: ''};
  }
  const next = place + marked.length;
  return {
    before: whole.slice(Math.max(0, place - SHOWN / 2), place).trimStart(),
    marked,
    after: whole.slice(next, next + SHOWN / 2).trimEnd(),
  };
}
