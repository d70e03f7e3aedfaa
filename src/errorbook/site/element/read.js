/**
 * What reads other texts than the index: a paste, or an errors.json. It is a script of its own,
 * which the explorer loads once it stands, so that a page shows errors sooner.
 */
import {boxed} from './boxed.js';
import {decision} from './decode/decision.js';
import {decode} from './decode/decode.js';
import {findHeads} from './decode/heads.js';
import {placeOfCode} from './envelope.js';
import {indexOf} from './errors_json.js';
import {maskText, maskValue} from './mask.js';
import {shownOf} from './shown.js';
import {ensureStyles} from './styles.js';
import {ticket} from './ticket.js';
import {waitText} from './wait_text.js';

/** @typedef {typeof reader} Reader */

/**
 * Returns the status of the last response in a text.
 * @param {string} text
 */
function statusIn(text) {
  const [head] = findHeads(text).slice(-1);
  return head ? head.status : null;
}

const reader = {
  boxed, decision, decode, ensureStyles, indexOf, maskText, maskValue, placeOfCode, shownOf,
  statusIn, ticket, waitText,
};

Object.assign(window, {errorbook: reader});
