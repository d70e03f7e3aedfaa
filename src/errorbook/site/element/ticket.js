/**
 * What is copied to hand a paste over to somebody else: plain text, without credentials.
 *
 * @import {Catalog} from './catalog.js'
 * @import {Fit} from './decode/bodies.js'
 * @import {Shown} from './shown.js'
 */
import {hashOf} from './address.js';

const LONGEST = 4000;

/**
 * @param {Catalog} catalog
 * @param {Fit} fit
 * @param {Shown} shown
 * @param {string} wait what the response says of a retry, or ""
 * @param {string} text that was pasted
 */
export function ticket({words}, fit, {mask, code, message, values, details}, wait, text) {
  const {api, entry, status, request} = fit;
  const name = api.exit_codes[entry?.exit ?? -1]?.[0] ?? '';
  const address = entry ? location.href.replace(/#.*/, '') + hashOf(entry.ref) : '';
  /** @type {[string, string | number | null | undefined][]} */
  const facts = [
    ['Error', `${code || 'no code'} (${api.title})${entry ? '' : ', not in the catalog'}`],
    ['HTTP status', status],
    ['Meaning', (entry?.meaning ?? '').replace(/\\([\\`])/g, '$1')],
    ['Message', message],
    ['Request', request],
    ...values, ...details,
    ['Exception', entry?.exceptions.join(', ')],
    ['Exit code', `${entry?.exit ?? ''} ${name}`.trim()],
    ['What to do', entry?.actions.map((word) => words.actions[word]?.[0] ?? word).join('; ')],
    ['Retry', [entry && words.retry[entry.retry]?.[1], wait].filter(Boolean).join('; ')],
    ['Reference', address],
  ];
  const lines = facts.flatMap(([key, value]) => value ? [`${key}: ${mask(String(value))}`] : []);
  const hidden = mask(text);
  const left = hidden.length - LONGEST;
  const cut = left > 0 ? `${hidden.slice(0, LONGEST)}\n… ${left} more characters` : hidden;
  return `${lines.join('\n')}\n\n${cut.trim().replace(/^/gm, '    ')}\n`;
}
