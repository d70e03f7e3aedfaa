/** Long work in slices, so that the page answers to keys in between. */

const SLICE_MS = 8;

/**
 * Runs work up to its end: at once if it is short, else in slices.
 * @template Result
 * @param {Generator<void, Result>} work yields where it may pause
 * @param {(result: Result) => void} done
 * @returns {() => void} abandons the work
 */
export function inSlices(work, done) {
  // Timers wait longer the more of them follow each other; messages do not.
  const {port1, port2} = new MessageChannel();
  const stop = () => port1.close();
  const slice = () => {
    const end = performance.now() + SLICE_MS;
    let step = work.next();
    while (!step.done && performance.now() < end) step = work.next();
    return step;
  };
  /** @param {Result} result */
  const finish = (result) => {
    stop();
    done(result);
  };
  const first = slice();
  if (first.done) finish(first.value);
  else {
    port1.onmessage = () => {
      const step = slice();
      // What follows long work has a slice of its own.
      if (step.done) port1.onmessage = () => finish(step.value);
      port2.postMessage(0);
    };
    port2.postMessage(0);
  }
  return stop;
}

/**
 * Passes items on, with a place to pause now and then.
 * @template Item
 * @param {Item[]} items
 * @param {(item: Item) => void} visit
 * @returns {Generator<void, void>}
 */
export function* each(items, visit) {
  for (let at = 0; at < items.length; at += 1) {
    visit(items[at]);
    if (at % 32 === 31) yield;
  }
}
