/**
 * What one can tell of an error without its card.
 * @import {Entry} from './types.js'
 */

/** @param {number} status */
export function family(status) {
  return `${Math.floor(status / 100)}xx`;
}

/**
 * Tells whether an error may come with a status; it may where one of them says none.
 * @param {Entry} entry
 * @param {number | null} status
 */
export function agrees({statuses}, status) {
  return !status || !statuses.length || statuses.includes(status);
}

/**
 * @param {Entry} entry
 * @returns {string} title of its group, or ""
 */
export function groupOf({api, group}) {
  return api.groups[group ?? ''] ?? '';
}
