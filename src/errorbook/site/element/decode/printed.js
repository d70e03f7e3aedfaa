/**
 * What an exception says of itself where it is printed: behind its name, and in its properties.
 *
 * @import {Json} from '../types.js'
 * @import {Fit} from './bodies.js'
 */

import {asSeconds, asStatus, fitWith, valuesOf} from './bodies.js';
import {isObject} from '../envelope.js';

const REQUEST = / \(request ([^()\s]{1,200})\)$/;
const LONGEST_REQUEST = 220;

/**
 * Returns fits with what stands behind the name of an exception: message and request id.
 * @param {Fit[]} fits
 * @param {string} line
 * @param {number} from
 * @param {number} to
 * @returns {Fit[]}
 */
export function withHead(fits, line, from, to) {
  // A log of JSON may have the name by itself before it has the stack.
  const again = line.startsWith(': ', to) ? -1 : line.indexOf(`${line.slice(from, to)}: `, to);
  const start = again < 0 ? from : again;
  const end = start + to - from;
  let [said] = line.slice(end).split('\\n', 1);
  if (/^]?: /.test(said) && line.startsWith('\\n    at ', end + said.length)) {
    fits = fits.filter((fit) => isSaid(fit, line, end));
  }
  const quote = line[start - 1];
  if (quote === '"' || quote === "'") [said] = said.split(quote, 1);
  // As Node names a class that its compiler renamed, or one of another thread.
  if (quote === '[' && said.startsWith(']: ')) said = said.slice(1);
  else if (quote === '[' && said.includes(']')) said = said.slice(0, said.lastIndexOf(']'));
  said = said.trimEnd();
  const [tail = '', request = ''] = REQUEST.exec(said.slice(-LONGEST_REQUEST)) ?? [];
  said = said.slice(0, said.length - tail.length);
  return fits.map((fit) => {
    const lead = `: ${fit.code}: `;
    if (!fit.code || !said.startsWith(lead)) return {...fit, request};
    const message = said.slice(lead.length);
    const values = valuesOf(fit.entry, message);
    return {...fit, request, message, values: values.size ? values : fit.values};
  });
}

/**
 * Tells whether the head of a stack has, behind a class that ends there, its code or message: what
 * has neither is a class of the same name, or is only spoken of.
 * @param {Fit} fit
 * @param {string} text
 * @param {number} end
 */
export function isSaid({code, message}, text, end) {
  return !code || message || [0, 1].some((more) => text.startsWith(`: ${code}`, end + more));
}

/**
 * Returns fits with what the properties of an exception say; none where its code is another: a
 * class of ours has its code, and with another it is a class of the same name.
 * @param {Fit[]} fits
 * @param {Map<string, Json>} facts
 * @returns {Fit[]}
 */
export function withFacts(fits, facts) {
  const code = facts.get('code');
  const status = asStatus(facts.get('status'));
  const request = facts.get('requestId');
  const details = facts.get('details');
  const wait = asSeconds(facts.get('retryAfter'));
  const isCode = typeof code === 'string' || typeof code === 'bigint' || Number.isSafeInteger(code);
  return (isCode ? named(fits, String(code)) : fits).map((fit) => ({
    ...fit, wait,
    status: status ?? fit.status,
    request: typeof request === 'string' ? request : fit.request,
    details: isObject(details) ? new Map(Object.entries(details)) : fit.details,
  }));
}

/**
 * @param {Fit[]} fits
 * @param {string} code
 */
function named(fits, code) {
  const own = fits.filter((fit) => fit.code === code);
  if (own.length) return own;
  // The base class has any code.
  return fits.filter((fit) => !fit.code).map(({api, head, status, request}) => ({
    ...fitWith(api, code, api.entries.get(code) ?? null, head), status, request,
  }));
}
