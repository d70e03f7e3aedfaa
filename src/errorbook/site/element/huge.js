/** Texts that are too long for a query, or for a box. */

export const HUGE_LETTERS = 20_000;
const HUGE_LINES = 500;
/** Words of what may still be a query. */
const WORDS = 12;

/**
 * Tells whether to lay a text out would take longer than a page may.
 * @param {string} text
 */
export function isHuge(text) {
  return text.length > HUGE_LETTERS || text.split('\n', HUGE_LINES + 1).length > HUGE_LINES;
}

/**
 * Tells whether a text has more lines or words than somebody would search for.
 * @param {string} text
 */
export function isLong(text) {
  return text.includes('\n') || text.split(/\s+/, WORDS + 1).length > WORDS;
}
