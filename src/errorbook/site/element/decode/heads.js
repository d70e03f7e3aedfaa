/** What stands before a body: status line and headers, as `curl -i` and `curl -v` print them. */

import {linesOf} from './lines.js';

/** @typedef {{from: number, to: number, status: number, headers: Map<string, string>}} Head */

const STATUS_LINE = /^[> \t]*(?:< ?)?HTTP\/[\d.]+ +(\d{3})\b/;
const HEADER = /^[> \t]*(?:< ?)?([\w-]+):(.*)/;
/** Between headers, curl tells of other things. */
const NOISE = /^(?:\*|[{}] \[)/;

/**
 * Returns the heads of the responses in a text, in order.
 * @param {string} text
 * @returns {Head[]}
 */
export function findHeads(text) {
  /** @type {Head[]} */
  const heads = [];
  let open = false;
  for (const {line, from} of linesOf(text)) {
    if (!open && !line.includes('HTTP/')) continue;
    const [, status] = STATUS_LINE.exec(line) ?? [];
    if (status) {
      heads.push({from, to: from + line.length, status: Number(status), headers: new Map()});
      open = true;
    } else if (open) {
      const head = heads[heads.length - 1];
      const [, name, value] = HEADER.exec(line) ?? [];
      if (name) head.headers.set(name.toLowerCase(), value.trim());
      else if (!NOISE.test(line)) open = false;
      if (open) head.to = from + line.length;
    }
  }
  return heads;
}
