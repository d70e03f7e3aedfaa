/**
 * The hash: which error is open, or what was typed and chosen. It is never sent to a server, and
 * themes with instant navigation leave it alone.
 */

/** @typedef {[name: string, value: string][]} Chosen values of facets */

/** Of the name of an error: an address may hold anything. */
const MOST_LETTERS = 200;

/** @param {string} ref */
export function hashOf(ref) {
  return `#error=${encodeURIComponent(ref).replace('%2F', '/')}`;
}

/**
 * @param {string} query
 * @param {Chosen} chosen
 */
export function hashFor(query, chosen) {
  const parts = new URLSearchParams([...query ? [['q', query]] : [], ...chosen]);
  return `#${parts}`.replaceAll('+', '%20').replace(/^#$/, '');
}

/** @param {string[]} facets */
export function readHash(facets) {
  const parts = new URLSearchParams(location.hash.slice(1).replaceAll('+', '%2B'));
  /** @type {Chosen} */
  const chosen = [...parts].filter(([name]) => facets.includes(name));
  const error = (parts.get('error') ?? '').slice(0, MOST_LETTERS);
  const q = parts.get('q');
  return {
    // An address that was cut within a character asks for nothing.
    error: error.includes('\uFFFD') ? '' : error,
    q,
    chosen,
    /** Whether the hash is the explorer's, or empty. */
    ours: !location.hash || parts.has('error') || q !== null || chosen.length > 0,
  };
}
