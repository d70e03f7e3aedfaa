/** Keys: which ones the explorer takes from the page. */

/**
 * Tells whether somebody writes where a key was pressed.
 * @param {Event} event
 */
function isWriting(event) {
  const [target] = event.composedPath();
  return target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'));
}

/**
 * Calls `focus` for a slash that nothing else on the page has claimed.
 * @param {() => void} focus
 * @param {AbortSignal} signal
 */
export function onSlash(focus, signal) {
  window.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.defaultPrevented || isChord(event) || isWriting(event)) return;
    event.preventDefault();
    focus();
  }, {signal});
}

/** @param {KeyboardEvent} event */
export function isChord({isComposing, ctrlKey, metaKey, altKey}) {
  return isComposing || ctrlKey || metaKey || altKey;
}

/**
 * Returns the place a key leads to in a list: -1 before it, undefined for other keys.
 * @param {string} key
 * @param {number} at
 * @param {number} length
 */
export function step(key, at, length) {
  const last = length - 1;
  return {ArrowDown: Math.min(at + 1, last), ArrowUp: at - 1, Home: 0, End: last}[key];
}
