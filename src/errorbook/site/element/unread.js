/**
 * What to say of a paste that looks like a response, and in which no error is found.
 *
 * @import {Catalog} from './catalog.js'
 * @import {Decoding} from './decode/decoding.js'
 * @import {View} from './dom.js'
 */
import {findHeads} from './decode/heads.js';
import {identifier, line, make} from './dom.js';
import {placeOfCode} from './envelope.js';

/**
 * @param {Decoding['kind']} kind
 * @param {Catalog} catalog
 * @param {string} text
 * @returns {View}
 */
export function unread(kind, catalog, text) {
  if (kind === 'not_json') {
    return note(kind, 'This begins like JSON, but it is not complete.', 'Not complete');
  }
  const status = findHeads(text).pop()?.status ?? null;
  const shapes = catalog.apis.flatMap(({title, envelopes}) => envelopes.map((envelope) =>
    make('li', {}, `${title}: the code stands in `, identifier(placeOfCode(envelope)))));
  const fine = status !== null && status < 400;
  const says = `No error body known here looks like this${
    status === null || fine ? '' : `, and no known error has the status ${status}`}.`;
  return note(kind, fine ? `The status ${status} is that of no error. ${says}` : says,
    'No known error body', make('ul', {}, ...shapes));
}

/**
 * @param {string} kind
 * @param {string} says
 * @param {string} message
 * @param {...Node} more
 * @returns {View}
 */
function note(kind, says, message, ...more) {
  const lead = line('eb-x-lead', says);
  lead.dataset.kind = kind;
  return {nodes: [lead, ...more], message};
}
