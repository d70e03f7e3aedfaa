/**
 * What in a paste decided, and what in it does not agree.
 *
 * @import {Fit} from './decode/bodies.js'
 * @import {Incident} from './decode/incidents.js'
 * @import {Child} from './dom.js'
 * @import {Shown} from './shown.js'
 */
import {identifier, line, make} from './dom.js';
import {agrees} from './entry.js';
import {placeOfCode} from './envelope.js';

/** What decided, in words. */
const DECIDED = {
  problem: 'The type of the problem ends in the code.',
  exception: 'The exception names the error.',
  code: 'The code stands in the text, which need not mean that the API sent it.',
  message: 'The text is that of its message. Messages may change, so this is likely, not certain.',
  status: 'Only the status is known.',
  exit: 'Only the exit status is known.',
};

/**
 * Says what in a paste decided, and what in it does not agree.
 * @param {Incident} incident
 * @param {Fit} fit
 * @param {Shown} shown
 * @returns {Node[]}
 */
export function evidence({by, exit, line: number}, fit, {excerpt, message}) {
  const {entry, status} = fit;
  const {before, marked, after} = excerpt;
  const nodes = [
    line('eb-x-quiet', ...decidedBy(by, fit)),
    make('p', {class: 'eb-x-evidence'},
      make('span', {class: 'eb-x-quiet'}, `Line ${number}`), ' ',
      make('code', {}, before, make('mark', {}, marked), after)),
  ];
  if (message && by !== 'message') nodes.push(line('eb-x-said', message));
  if (entry && !agrees(entry, status)) {
    const says = `The response has status ${status}, which this error is not known to have.`;
    nodes.push(line('eb-x-notice', says));
  }
  if (entry && exit !== null && entry.exit !== null && entry.exit !== exit) {
    const says = `The command ended with ${exit}, but this error has the exit code ${entry.exit}.`;
    nodes.push(line('eb-x-notice', says));
  }
  return nodes;
}

/**
 * @param {Incident['by']} by
 * @param {Fit} fit
 * @returns {Child[]}
 */
function decidedBy(by, {api, envelope}) {
  if (by !== 'body' && by !== 'headers' && by !== 'nested') return [DECIDED[by]];
  const {length} = api.envelopes;
  const which = length > 1 ? ` (shape ${(envelope ?? 0) + 1} of ${length})` : '';
  const within = by === 'nested' ? ', within other text' : '';
  const place = identifier(placeOfCode(api.envelopes[envelope ?? 0]));
  return ['The code stands in ', place, `, as in errors of the ${api.title}${which}${within}.`];
}
