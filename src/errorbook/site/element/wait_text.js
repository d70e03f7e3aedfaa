/**
 * How long a response asks to wait, in words.
 *
 * @import {Fit} from './decode/bodies.js'
 */
import {waitOf} from './decode/wait.js';

/**
 * Says when the response allows the next attempt; "" where it does not say.
 * @param {Fit} fit
 */
export function waitText(fit) {
  const wait = waitOf(fit);
  if (!wait) return '';
  const {seconds, at} = wait;
  if (seconds === 0) return 'at once';
  const after = seconds === null ? [] : [`${duration(seconds)} after the response`];
  const time = at === null ? [] : [`at ${clock(at)}`];
  return [...after, ...time].join(', ');
}

/** @param {number} time in milliseconds since 1970 */
function clock(time) {
  return new Date(time).toISOString().replace('T', ' ').replace(/(?:\.000)?Z/, ' UTC');
}

/** @param {number} seconds */
function duration(seconds) {
  if (seconds < 120) return `${Math.round(seconds * 1000) / 1000} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  /** @type {[number, string][]} */
  const parts = [
    [Math.floor(minutes / 60), 'h'], [minutes % 60, 'min'], [whole % 60, 's'],
  ];
  return parts.filter(([number]) => number).map((part) => part.join(' ')).join(' ');
}
