/** The form: the box, what it takes, and the filter. */
import {make} from './dom.js';

let made = 0;

/**
 * @param {HTMLTextAreaElement} box
 * @param {HTMLElement} clear
 * @param {HTMLElement} filter
 */
export function form(box, clear, filter) {
  made += 1;
  const id = `eb-x-box-${made}`;
  for (const [name, value] of Object.entries({
    id, 'aria-describedby': `${id}-hint`, autocapitalize: 'off', autocomplete: 'off',
    spellcheck: 'false', placeholder: 'rate_limited, 429, or {"error": …}',
  })) box.setAttribute(name, value);
  return make('search', {class: 'eb-x-form', 'aria-label': 'Errors'},
    make('label', {for: id}, 'Find an error, or paste a response'),
    make('div', {class: 'eb-x-field'}, box, clear),
    make('p', {id: `${id}-hint`, class: 'eb-x-hint'},
      'Takes codes, statuses, exceptions, exit codes and words. ' +
      'A response, a traceback or a log is decoded, and never leaves this page.'),
    filter);
}
