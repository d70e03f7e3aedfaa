"""The time in a page of a browser, which a test need not wait for."""

from __future__ import annotations

from playwright.sync_api import Page

CLOCK = """(() => {
    const {setTimeout, clearTimeout, requestAnimationFrame, cancelAnimationFrame} = window;
    const waiting = new Map();
    let ahead = 0;
    let last = 2 ** 30;
    const now = () => performance.now() + ahead;
    const wait = (delay, call, start, stop) => {
        const id = last += 1;
        const run = () => waiting.delete(id) && call();
        const real = start(run);
        waiting.set(id, {at: now() + delay, run, cancel: () => stop(real)});
        return id;
    };
    const cancel = (id, otherwise) => {
        if (waiting.has(id)) waiting.get(id).cancel();
        else otherwise(id);
        waiting.delete(id);
    };
    window.setTimeout = (call, delay = 0, ...values) =>
        wait(delay, () => call(...values), (run) => setTimeout(run, delay), clearTimeout);
    window.clearTimeout = (id) => cancel(id, clearTimeout);
    window.requestAnimationFrame = (call) =>
        wait(16, () => call(now()), requestAnimationFrame, cancelAnimationFrame);
    window.cancelAnimationFrame = (id) => cancel(id, cancelAnimationFrame);
    window.leap = async (milliseconds) => {
        const end = now() + milliseconds;
        for (;;) {
            const due = [...waiting.values()].sort((one, other) => one.at - other.at)[0];
            if (!due || due.at > end) break;
            ahead = Math.max(ahead, due.at - performance.now());
            due.cancel();
            due.run();
            // Whatever follows from it without a wait comes before the next one.
            await new Promise((done) => setTimeout(done));
        }
        ahead = Math.max(ahead, end - performance.now());
    };
})()"""
"""Makes waits known, so that they can be cut short. Playwright's own clock does so, too, and many
other things: each page takes a third longer with it, and remembers every leap of those before."""


def leap(page: Page, milliseconds: int) -> None:
    """Let time pass in a page at once: what waits for it happens now, in order."""
    page.evaluate("milliseconds => leap(milliseconds)", milliseconds)
