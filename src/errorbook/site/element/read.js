/**
 * What reads other texts than the index: a paste, or an errors.json. It is a script of its own,
 * which the explorer loads once it stands, so that a page shows errors sooner.
 */
import {decision} from './decode/decision.js';
import {decode} from './decode/decode.js';
import {lineAt} from './decode/lines.js';
import {placeOfCode} from './envelope.js';
import {indexOf} from './errors_json.js';
import {MASK, maskText, maskValue} from './mask.js';
import {ticket} from './ticket.js';
import {waitText} from './wait_text.js';

/** @typedef {typeof reader} Reader */

const reader = {
  decision, decode, indexOf, lineAt, MASK, maskText, maskValue, placeOfCode, ticket, waitText,
};

Object.assign(window, {errorbook: reader});
