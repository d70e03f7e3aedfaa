/** The frames of tracebacks, whose source code may name any error. */

import {linesOf} from './lines.js';

export const TRACEBACK = 'Traceback (most';

/**
 * Returns where the frames' lines stand: further in than the head of their traceback.
 * @param {string} text
 */
export function framesOf(text) {
  /** @type {{from: number, to: number}[]} */
  const frames = [];
  let margin = Infinity;
  for (const {from, line} of text.includes(TRACEBACK) ? linesOf(text) : []) {
    if (!line) continue;
    const before = /^[ \t|+>]*/.exec(line)?.[0].length ?? 0;
    if (before > margin) frames.push({from, to: from + line.length});
    else margin = line.includes(TRACEBACK) ? before : Infinity;
  }
  return frames;
}

/**
 * Returns what does not lie within one of the frames. Both must be in order.
 * @template {{from: number, to: number}} Item
 * @param {Item[]} items
 * @param {{from: number, to: number}[]} frames
 */
export function outside(items, frames) {
  let next = 0;
  return items.filter(({from, to}) => {
    while (next < frames.length && frames[next].to <= from) next += 1;
    return next === frames.length || from < frames[next].from || to > frames[next].to;
  });
}
