/**
 * What was decided of a paste, as plain JSON: what the shared cases compare, and what a page that
 * embeds the explorer can use.
 *
 * @import {Json} from '../types.js'
 * @import {Fit} from './bodies.js'
 * @import {Decoding} from './decoding.js'
 * @import {Incident} from './incidents.js'
 */
import {refOf} from './bodies.js';
import {add} from './vocabulary.js';
import {waitOf} from './wait.js';

/**
 * @param {Decoding | null} decoding null for a query
 * @returns {Record<string, Json>}
 */
export function decision(decoding) {
  if (!decoding) return {kind: 'query'};
  const {kind, incidents} = decoding;
  if (kind === 'many') return {kind, counts: countsOf(incidents)};
  return incidents.length ? {kind, ...told(incidents[0])} : {kind};
}

/**
 * @param {Incident} incident
 * @returns {Record<string, Json>}
 */
function told({by, line, time, exit, fits, chain}) {
  return {by, line, time, exit, fits: fits.map(fitted), chain: chain.map(told)};
}

/**
 * Returns how often each error stands in a text, the most frequent first.
 * @param {Incident[]} incidents
 */
function countsOf(incidents) {
  /** @type {Map<string, Incident[]>} */
  const byFits = new Map();
  for (const incident of incidents) {
    add(byFits, incident.fits.map(refOf).join(' '), incident);
  }
  return [...byFits.values()].sort((one, other) => other.length - one.length).map((list) => ({
    fits: list[0].fits.map(refOf), kind: kindOf(list[0].fits[0]), count: list.length,
    first: place(list[0]), last: place(list[list.length - 1]),
  }));
}

/** @param {Incident} incident */
function place({line, time}) {
  return {line, time};
}

/** @param {Fit} fit */
function kindOf({entry}) {
  if (!entry) return 'unknown_code';
  return entry.retired ? 'retired' : 'error';
}

/** @param {Fit} fit */
function fitted(fit) {
  const {api, code, envelope, status, message, request, details, values} = fit;
  const wait = waitOf(fit);
  return {
    api: api.id, code, kind: kindOf(fit), envelope, status, message, request,
    details: plain(Object.fromEntries(details)), values: Object.fromEntries(values),
    wait: wait && {
      source: wait.source, seconds: wait.seconds,
      at: wait.at === null ? null : new Date(wait.at).toISOString().replace('.000Z', 'Z'),
    },
  };
}

/**
 * Returns a value without what JSON of JavaScript's cannot hold: long integers become texts.
 * @param {Json} value
 * @returns {Json}
 */
function plain(value) {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}
