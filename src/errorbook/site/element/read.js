/**
 * What reads other texts than the index: a paste, or an errors.json. It is a script of its own,
 * which the explorer loads once it stands, so that a page shows errors sooner.
 */
import {boxed} from './boxed.js';
import {counts} from './counts.js';
import {decision} from './decode/decision.js';
import {decode} from './decode/decoding.js';
import {indexOf} from './errors_json.js';
import {evidence} from './evidence.js';
import {maskText, maskValue} from './mask.js';
import {shownOf} from './shown.js';
import {ensureStyles} from './styles.js';
import {ticket} from './ticket.js';
import {unread} from './unread.js';
import {waitText} from './wait_text.js';

/** @typedef {typeof reader} Reader */

const reader = {
  boxed, counts, decision, decode, ensureStyles, evidence, indexOf, maskText, maskValue, shownOf,
  ticket, unread, waitText,
};

Object.assign(window, {errorbook: reader});
