/**
 * What a search looks through: the texts of an error, and its code without case and separators.
 * @import {Api, Entry, More} from './types.js'
 */
import {family} from './entry.js';

/**
 * What a search looks through; `long` is "" until a shard brings it.
 * @typedef {{code: string, short: string, long: string}} Texts
 */

/** @type {WeakMap<Entry, Texts>} */
const known = new WeakMap();

/** @param {string} text */
export function squeeze(text) {
  const plain = text.toLowerCase().replaceAll('_', '');
  return /[\s."'-]/.test(plain) ? plain.replace(/[\s."'-]+/g, '') : plain;
}

/** @param {string} code */
export function wordsOf(code) {
  const parted = code.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return parted.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/**
 * Returns the code without case and separators, and what else is known of an error.
 * @param {Entry} entry
 */
export function textsOf(entry) {
  let texts = known.get(entry);
  if (!texts) {
    const {code, ref, exceptions, retired, meaning, retry} = entry;
    const words = `${retired ? 'retired' : ''} ${retry === 'unknown' ? '' : retry}`;
    const own = `${ref} ${exceptions.join(' ')} ${words} ${meaning}`;
    texts = {code: squeeze(code), short: ` ${shared(entry)} ${own.toLowerCase()} `, long: ''};
    known.set(entry, texts);
  }
  if (entry.more && !texts.long) texts.long = longText(entry.more);
  return texts;
}

/** @param {More} more */
function longText(more) {
  const {causes, actions, operations, symptoms, details = [], placeholders = {}} = more;
  return [
    more.fix, causes, actions, operations, symptoms, more.reason, more.message,
    details.map(([name, , , , what]) => [name, what]), Object.entries(placeholders),
  ].join(' ').toLowerCase();
}

/** @type {WeakMap<Api, Record<string, string>>} */
const commons = new WeakMap();

/**
 * Returns what errors of the same status, group and exit code have in common: there are few such
 * texts, and many errors.
 * @param {Entry} entry
 */
function shared({api, statuses, exit, group}) {
  const known = commons.get(api) ?? {};
  commons.set(api, known);
  return known[`${statuses} ${exit} ${group}`] ??= [
    `api:${api.id}`, api.title,
    ...statuses.flatMap((status) => [status, family(status), api.statuses[status]]),
    ...exit === null ? [] : [`exit:${exit}`, api.exit_codes[exit]?.[0]],
    `group:${group ?? '-'}`, api.groups[group ?? ''],
  ].join(' ').toLowerCase();
}
