/**
 * What in a paste decided, and what in it does not agree.
 *
 * @import {Fit} from './decode/bodies.js'
 * @import {Incident} from './decode/decode.js'
 * @import {Child} from './dom.js'
 * @import {Reader} from './read.js'
 */
import {identifier, line, make} from './dom.js';
import {agrees} from './entry.js';

/** Characters of the paste that are shown. */
const SHOWN = 160;
/** Characters before and after that are looked through for credentials. */
const MASKED = 8192;

/** What decided, in words. */
const DECIDED = {
  problem: 'The type of the problem ends in the code.',
  exception: 'The exception names the error.',
  code: 'The code stands in the text.',
  message: 'The text is that of its message. Messages may change, so this is likely, not certain.',
  status: 'Only the status is known.',
  exit: 'Only the exit status is known.',
};

/**
 * Says what in a paste decided, and what in it does not agree.
 * @param {Reader} reader
 * @param {Incident} incident
 * @param {Fit} fit
 * @param {string} text
 * @param {(said: string) => string} mask
 * @returns {Node[]}
 */
export function evidence(reader, incident, fit, text, mask) {
  const {by, exit} = incident;
  const {entry, status, message} = fit;
  const nodes = [
    line('eb-x-quiet', ...decidedBy(reader, by, fit)),
    excerpt(reader, incident, fit, text, mask),
  ];
  if (message && by !== 'message') nodes.push(line('eb-x-said', mask(message.slice(0, 500))));
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
 * @param {Reader} reader
 * @param {Incident['by']} by
 * @param {Fit} fit
 * @returns {Child[]}
 */
function decidedBy({placeOfCode}, by, {api, envelope}) {
  if (by !== 'body' && by !== 'headers' && by !== 'nested') return [DECIDED[by]];
  const {length} = api.envelopes;
  const which = length > 1 ? ` (shape ${(envelope ?? 0) + 1} of ${length})` : '';
  const within = by === 'nested' ? ', within other text' : '';
  const place = identifier(placeOfCode(api.envelopes[envelope ?? 0]));
  return ['The code stands in ', place, `, as in errors of the ${api.title}${which}${within}.`];
}

/**
 * Shows the part of a paste that decided.
 * @param {Reader} reader
 * @param {Incident} incident
 * @param {Fit} fit
 * @param {string} text
 * @param {(said: string) => string} mask
 */
function excerpt({lineAt}, {by, from, to, line: number}, {code}, text, mask) {
  const within = by === 'body' || by === 'headers' || by === 'nested' || by === 'problem';
  const found = within && code ? text.indexOf(code, from) : from;
  const at = found < 0 || found >= to ? from : found;
  const end = at === found && within ? at + code.length : Math.min(to, at + SHOWN);
  const {from: start, line: whole} = lineAt(text, at);
  const last = start + whole.length;
  const stop = Math.min(end, last);
  // Masked before it is cut: half a credential may not look like one.
  const before = mask(text.slice(Math.max(start, at - MASKED), at)).slice(-SHOWN / 2);
  const after = mask(text.slice(stop, Math.min(last, stop + MASKED))).slice(0, SHOWN / 2);
  const marked = make('mark', {}, mask(text.slice(at, stop)));
  return make('p', {class: 'eb-x-evidence'},
    make('span', {class: 'eb-x-quiet'}, `Line ${number}`), ' ',
    make('code', {}, before.trimStart(), marked, after.trimEnd()));
}
