/** The words of a line: what may be a code, a class, or a word of a message. */

/** A word, or several that a sign joins. */
export const WORD = /[\p{L}\p{N}_$][\p{L}\p{N}_$.:/-]*/gu;

/**
 * Returns a word, and the parts of it that may be a code or a class by themselves, each before
 * its own parts.
 * @param {string} found
 */
export function piecesOf(found) {
  const whole = withoutEnd(found);
  /** @type {[word: string, from: number][]} */
  const pieces = [[whole, 0]];
  split(whole, 0, 0, pieces);
  return pieces;
}

/**
 * @param {string} word
 * @param {number} from
 * @param {number} level of signs, of which those that part most come first
 * @param {[word: string, from: number][]} pieces
 */
function split(word, from, level, pieces) {
  const sign = ':/.'[level];
  if (!sign) return;
  if (!word.includes(sign)) {
    split(word, from, level + 1, pieces);
    return;
  }
  let at = from;
  for (const piece of word.split(sign)) {
    if (piece) {
      pieces.push([piece, at]);
      split(piece, at, level + 1, pieces);
    }
    at += piece.length + 1;
  }
}

/**
 * Returns a word without the signs at its end.
 * @param {string} word
 */
export function withoutEnd(word) {
  let end = word.length;
  // A regular expression would try every sign of a long row as the first.
  while ('.:/-'.includes(word[end - 1])) end -= 1;
  return word.slice(0, end);
}
