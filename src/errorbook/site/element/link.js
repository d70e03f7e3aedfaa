/**
 * The way from an error that is named to its card.
 *
 * @import {Child} from './dom.js'
 * @import {Entry} from './types.js'
 */
import {hashOf} from './address.js';
import {make} from './dom.js';

/**
 * @param {Entry} entry
 * @param {...Child} children
 */
export function linkTo({ref}, ...children) {
  return make('a', {href: hashOf(ref), 'data-ref': ref}, ...children);
}
