/**
 * Credentials: never shown, never copied. Each pattern takes linear time.
 *
 * @import {Json} from './types.js'
 */

export const MASK = '•••';

const SECRET =
  '(?:authorization|cookie|passw(?:or)?d|passphrase|pwd|secret|credentials?|signature|sig' +
  '|(?:api|access|private|secret|auth|session)[_-]?key(?:[_-]?id)?|session[_-]?id|jwt' +
  '|(?:access|refresh|id|auth|api|session|bearer|csrf|xsrf|x[_-]?auth)?[_-]?token)';
const NAME = new RegExp(`(?:^|[^a-z])${SECRET}$`, 'i');

const SCHEME = '(?:(?:bearer|basic|digest|token|apikey|negotiate) )?';
/** What stands between a name and its value, within quotes that may be escaped. */
const IS = '\\\\?["\']?\\s{0,3}[:=,]\\s{0,3}\\[?\\\\?["\']?';

/**
 * @param {string} before what is kept
 * @param {string} secret
 * @returns {RegExp}
 */
function hidden(before, secret) {
  return new RegExp(`(${before})${secret}`, 'gi');
}

const PATTERNS = [
  /()-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
  // Headers: the name of a scheme tells nothing.
  hidden(`authorization${IS}${SCHEME}`, `[^\\r\\n"'\\\\]+`),
  hidden(`cookie${IS}`, `[^\\r\\n"'\\\\]+`),
  hidden(`(?:x-[\\w-]{0,40}(?:key|token|secret|signature)|api-?key)\\\\?["']?: ?\\\\?["']?`,
    `[^\\r\\n"'\\\\]+`),
  /\b((?:Bearer|Basic) )(?=[\w.~+/-]{0,64}[\d=+/_])[\w.~+/=-]{8,}/g,
  // Fields of JSON, of Python, of an address or a command line.
  hidden(`${SECRET}s?["']\\s{0,3}[:=]\\s{0,3}\\[?\\s{0,3}"`, `[^"\\\\]+(?:\\\\.[^"\\\\]*)*`),
  hidden(`${SECRET}s?["']\\s{0,3}[:=]\\s{0,3}"(?=\\\\)`, `(?:\\\\.[^"\\\\]*)+`),
  hidden(`${SECRET}s?\\\\["']\\s{0,3}[:=]\\s{0,3}\\\\"`, `[^"\\\\]*(?:\\\\[^"][^"\\\\]*)*`),
  hidden(`${SECRET}s?["']\\s{0,3}[:=]\\s{0,3}\\[?'`, `[^']+`),
  hidden(`${SECRET}["']\\s{0,3}:\\s{0,3}`, `\\d+`),
  hidden(`${SECRET}(?: ?= ?|%3D)["']?${SCHEME}`, `[^\\s"'&;,]+`),
  hidden(`${SECRET}: ["']?`, `(?=[^\\s"']{0,64}\\d)[^\\s"'&;,]{8,}`),
  hidden(`(?:passw(?:or)?d|passphrase|pwd): ?`, `(?=[^\\s"']{0,64}[\\d!@#$%^&*_])[^\\s"'&;,]+`),
  /((?:\s-u|--user)[= ]?["']?[^\s:"']{1,256}:)[^\s"']+/g,
  /(:\/\/[^\s/:@]{1,256}:)[^\s/@]{1,256}(?=@)/g,
  /(:\/\/)[^\s/:@]{8,256}(?=@)/g,
  // Keys that tell by their form what they are.
  /()(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
  new RegExp(`()(?<![\\w-])(?:${[
    '[a-z]{2,5}_(?:live|test|prod)_', 'gh[opsur]_', 'github_pat_', 'glpat-', 'sk-', 'xox[abeoprs]-',
    'whsec_', 'npm_', 'hf_', 'AIza', 'A(?:KIA|SIA)(?=[A-Z\\d]{12})',
  ].join('|')})[\\w-]{6,}`, 'g'),
];

/**
 * Returns a text without the credentials in it.
 * @param {string} text
 */
export function maskText(text) {
  return PATTERNS.reduce((masked, pattern) => masked.replace(pattern, `$1${MASK}`), text);
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
