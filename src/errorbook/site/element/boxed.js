/** What the box shows of a text that is pasted. */
import {HUGE_LETTERS, isHuge} from './huge.js';
import {maskText} from './mask.js';

const LETTERS = 10_000;
const LINES = 200;

/**
 * Returns a text without its credentials; of a huge one, the beginning.
 * @param {string} text
 */
export function boxed(text) {
  if (!isHuge(text)) return maskText(text);
  // Masked before it is cut: half a credential would not be known as one.
  const lines = maskText(text.slice(0, HUGE_LETTERS)).slice(0, LETTERS).split('\n', LINES);
  const left = text.split('\n').length - lines.length;
  return `${lines.join('\n')}\n…${left ? ` ${left} more lines` : ''}`;
}
