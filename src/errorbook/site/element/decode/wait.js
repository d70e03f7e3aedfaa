/**
 * How long a response asks to wait: `Retry-After` and its like after RFC 9110, section 10.2.3, or
 * a detail of the body.
 *
 * @import {Json} from '../types.js'
 * @import {Fit} from './bodies.js'
 */

/**
 * How long to wait. `seconds` count from the response, `at` is a time in milliseconds; either is
 * null where the paste does not give it: a delta is no time without a `Date`.
 * @typedef {{source: string, said: string, seconds: number | null, at: number | null}} Wait
 */

/** Units of a waiting time, in seconds. @type {Map<string | undefined, number>} */
const UNITS = new Map([
  [undefined, 1],
  ['milliseconds', 0.001],
  ['ms', 0.001],
  ['seconds', 1],
  ['minutes', 60],
  ['hours', 3600],
  ['days', 86400],
]);
const HEADER = 'header:';
const RETRY_AFTER = 'Retry-After';
/** A number above this is a time since 1970, and no delta; above the other, in milliseconds. */
const EPOCH = 1e9;
const EPOCH_MS = 1e11;
/** The end of the year 9999. */
const LAST = 253402300799999;

/**
 * Returns the first waiting time that a response gives; null if it gives none.
 * @param {Fit} fit
 * @returns {Wait | null}
 */
export function waitOf({entry, head, details, values, wait: known}) {
  const sources = entry?.more?.retry?.after ?? [];
  const now = timeOf(head?.headers.get('date') ?? '');
  for (const source of [...sources, HEADER + RETRY_AFTER]) {
    const name = source.startsWith(HEADER) ? source.slice(HEADER.length) : '';
    // A detail may stand in the message alone.
    const from = details.has(source) ? details : values;
    const value = name ? head?.headers.get(name.toLowerCase()) : from.get(source);
    const detail = entry?.more?.details?.find(([known]) => known === source);
    const unit = UNITS.get((name ? undefined : detail?.[2]) || undefined);
    const wait = unit === undefined ? null : read(value, unit, now);
    if (wait) return {...wait, source: name || source, said: String(value)};
  }
  // What an exception of JavaScript's calls it.
  return known === null ? null : {source: 'retryAfter', said: `${known}`, seconds: known, at: null};
}

/**
 * @param {Json} value
 * @param {number} unit in seconds
 * @param {number | null} now
 */
function read(value, unit, now) {
  const text = typeof value === 'string' ? value.trim() : '';
  const number = /^\d{1,13}(?:\.\d{1,9})?$/.test(text) ? Number(text) : value;
  if (typeof number === 'number' && number >= 0 && number <= EPOCH) {
    const milliseconds = Math.floor(number * unit * 1000 + 0.5);
    return {seconds: milliseconds / 1000, at: now === null ? null : within(now + milliseconds)};
  }
  const at = typeof number === 'number' ? within(number * (number > EPOCH_MS ? 1 : 1000)) : timeOf(text);
  return at === null ? null : {seconds: now === null ? null : Math.max(0, (at - now) / 1000), at};
}

/** @param {number} time */
function within(time) {
  return time >= 0 && time <= LAST ? Math.floor(time) : null;
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const DATE = /^\w{3,9},? (?:(\d\d)[ -](\w{3})[ -](\d{2,4})|(\w{3}) ([ \d]\d)) (\d\d):(\d\d):(\d\d)(?: GMT| (\d{4}))$/;
const ISO = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|([+-]\d\d):?(\d\d))$/;

/**
 * Returns the milliseconds since 1970 of a date as headers have it, or of an ISO date.
 * @param {string} text
 */
function timeOf(text) {
  const iso = ISO.exec(text.slice(0, 40));
  if (iso) {
    const [, year, month, day, hours, minutes, seconds, zone = '0', rest = '0'] = iso;
    const ahead = Number(zone) * 60 + Number(zone[0] + rest);
    return utc(Number(year), Number(month), day, hours, minutes, seconds, ahead);
  }
  const [, day, month, year, otherMonth, otherDay, hours, minutes, seconds, otherYear] =
    DATE.exec(text.slice(0, 40)) ?? [];
  const number = MONTHS.indexOf(month ?? otherMonth ?? '?') / 3 + 1;
  const full = Number(year ?? otherYear);
  // The oldest form but one has two digits of the year.
  return utc(full < 100 ? full + (full < 70 ? 2000 : 1900) : full, number, day ?? otherDay, hours, minutes, seconds, 0);
}

/**
 * @param {number} year
 * @param {number} month
 * @param {string} day
 * @param {string} hours
 * @param {string} minutes
 * @param {string} seconds
 * @param {number} ahead minutes
 */
function utc(year, month, day, hours, minutes, seconds, ahead) {
  if (!(year >= 1970 && [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].includes(month))) return null;
  return within(Date.UTC(year, month - 1, Number(day), Number(hours), Number(minutes) - ahead, Number(seconds)));
}
