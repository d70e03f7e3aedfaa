/** The lines of a text. */

/** Characters that are searched at once: a longer line is taken for several. */
const LONGEST = 4096;

/** @typedef {{from: number, line: string}} Line a line, or part of one, and where it stands */

/**
 * Yields the lines of a text without what ends them.
 * @param {string} text
 * @returns {Generator<Line>}
 */
export function* linesOf(text) {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    while (to - from > LONGEST) {
      // Not within a word, unless it is as long as that.
      const space = text.slice(from, from + LONGEST).lastIndexOf(' ');
      const next = from + (space > 0 ? space + 1 : LONGEST);
      yield {from, line: text.slice(from, next)};
      from = next;
    }
    yield {from, line: text.slice(from, text[to - 1] === '\r' ? to - 1 : to)};
    from = to + 1;
  }
}

/**
 * Returns the line that holds a place of a text.
 * @param {string} text
 * @param {number} at
 * @returns {Line}
 */
export function lineAt(text, at) {
  const from = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return {from, line: text.slice(from, end < 0 ? text.length : end)};
}

/**
 * Returns number, begin and end of the lines that hold some places, which must be in order. The first
 * line is 1.
 * @param {string} text
 * @param {number[]} places
 */
export function lineNumbers(text, places) {
  let number = 1;
  let from = 0;
  let next = text.indexOf('\n');
  return places.map((at) => {
    while (next >= 0 && next < at) {
      number += 1;
      from = next + 1;
      next = text.indexOf('\n', from);
    }
    return {number, from, to: next < 0 ? text.length : next};
  });
}
