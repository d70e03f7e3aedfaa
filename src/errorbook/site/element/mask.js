/**
 * Credentials: never shown, never copied. Each pattern is bounded, so that time stays linear.
 *
 * @import {Json} from './types.js'
 */

export const MASK = '•••';

const SECRET =
  '(?:authorization|cookie|passw(?:or)?d|passphrase|pwd|secret|credentials?|signature|sig' +
  '|(?:api|access|private|secret|auth|session)[_-]?key(?:[_-]?id)?|session[_-]?id|jwt' +
  '|(?:access|refresh|id|auth|api|session|bearer|csrf|xsrf|x[_-]?auth)?[_-]?token)';
const NAME = new RegExp(`(?:^|[^a-z])${SECRET}$`, 'i');

/** @type {[pattern: RegExp, kept: string][]} */
const PATTERNS = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, ''],
  // Headers: the name of a scheme tells nothing.
  [/^([<>]? {0,2}(?:proxy-)?authorization: ?(?:(?:bearer|basic|digest|token|apikey) )?)[^\r\n]+/gim, '$1'],
  [/^([<>]? {0,2}(?:(?:set-)?cookie|x-[\w-]{0,40}(?:key|token|secret|signature)|api-?key): ?)[^\r\n]+/gim, '$1'],
  [/\b((?:Bearer|Basic) )(?=[\w.~+/-]{0,64}[\d=+/_])[\w.~+/=-]{8,4096}/g, '$1'],
  // Fields of JSON, of Python, of an address or a command line.
  [new RegExp(`(${SECRET}["']\\s{0,3}[:=]\\s{0,3}")(?:[^"\\\\]|\\\\.){1,4096}`, 'gi'), '$1'],
  [new RegExp(`(${SECRET}\\\\["']\\s{0,3}[:=]\\s{0,3}\\\\")(?:[^"\\\\]|\\\\[^"]){1,4096}`, 'gi'), '$1'],
  [new RegExp(`(${SECRET}["']\\s{0,3}[:=]\\s{0,3}')[^']{1,4096}`, 'gi'), '$1'],
  [new RegExp(`(${SECRET}=["']?)[^\\s"'&;,]{1,4096}`, 'gi'), '$1'],
  [new RegExp(`(${SECRET}: ["']?)(?=[^\\s"']{0,64}\\d)[^\\s"'&;,]{8,4096}`, 'gi'), '$1'],
  [/((?:\s-u|--user)[= ]?["']?[^\s:"']{1,256}:)[^\s"']{1,256}/g, '$1'],
  [/(:\/\/[^\s/:@]{1,256}:)[^\s/@]{1,256}(?=@)/g, '$1'],
  // Keys that tell by their form what they are.
  [/(?<![\w-])eyJ[\w-]{8,4096}\.[\w-]{8,4096}(?:\.[\w-]{0,4096})?/g, ''],
  [/(?<![\w-])(?:[a-z]{2,5}_(?:live|test|prod)_|gh[opsur]_|github_pat_|glpat-|sk-|xox[abeoprs]-|AIza|A(?:KIA|SIA)(?=[A-Z\d]{12}))[\w-]{6,512}/g, ''],
];

/**
 * Returns a text without the credentials in it.
 * @param {string} text
 */
export function maskText(text) {
  return PATTERNS.reduce((masked, [pattern, kept]) => masked.replace(pattern, kept + MASK), text);
}

/**
 * Returns what may be shown of a value, which its name may say to be a secret.
 * @param {string} name
 * @param {Json} value
 * @param {boolean} [sensitive] whether the catalog says so
 */
export function maskValue(name, value, sensitive = false) {
  if (sensitive || NAME.test(name.replace(/([a-z])([A-Z])/g, '$1_$2'))) return MASK;
  if (typeof value === 'string') return maskText(value);
  const text = JSON.stringify(value, (_, one) => typeof one === 'bigint' ? String(one) : one);
  return maskText(text ?? '');
}
