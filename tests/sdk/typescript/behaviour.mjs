// What errors do beside saying what a response did; the argument is the folder of the bundles.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";

const load = (name) => import(pathToFileURL(`${process.argv[2]}/${name}/errors.mjs`).href);
const shop = await load("artifacta");
const families = await load("families");
const renamed = await load("renamed");
const foreign = await load("foreign");
const secrets = await load("secrets");
const exits = await load("exits");

// Made by hand, as in a test.
const made = new shop.RateLimitedError({ details: { retry_after_seconds: 5 }, cause: "why" });
assert.deepEqual([made.code, made.status, made.message, made.cause], ["rate_limited", 429, "", "why"]);
assert.equal(made.retryAfterSeconds, 5);
assert.equal("cause" in new shop.RateLimitedError(), false);
assert.equal(new shop.RateLimitedError({ code: "other" }).code, "rate_limited");
assert.equal(new shop.ArtifactaError({ code: "other" }).code, "other");
assert.equal(Object.keys(made).includes("message"), false);
assert.match(inspect(made), /RateLimitedError: rate_limited/);

// Plain data can be sent to a worker; the error itself keeps what any error does.
assert.deepEqual(structuredClone(made.toJSON()), made.toJSON());
assert.equal(structuredClone(made) instanceof Error, true);
assert.equal(structuredClone(made).code, undefined);

// What holds itself, fails or is no data does no harm.
const looped = { error: { code: "rate_limited" } };
looped.error.self = looped;
assert.equal(JSON.parse(JSON.stringify(shop.fromResponse(429, [], looped))).code, "rate_limited");
const bomb = new Proxy({}, {
  get() { throw new RangeError("bomb"); },
  has() { throw new RangeError("bomb"); },
  ownKeys() { throw new RangeError("bomb"); },
  getOwnPropertyDescriptor() { throw new RangeError("bomb"); },
});
const trap = { get error() { throw new RangeError("trap"); } };
for (const [status, headers, body] of [
  [500, bomb, "{}"], [500, [], bomb], [bomb, [], ""], [500, new Map([["a", bomb]]), trap],
  [500, [[bomb, bomb]], { error: bomb }], [500, 5, Symbol("s")], [500, [], () => 1],
  [500, [], { error: { code: 10n, a: 10n, b: () => 1, c: new Date(), d: new Map(), e: NaN } }],
  [429, [], { error: { code: "rate_limited", deep: bomb } }],
]) {
  const error = shop.fromResponse(status, headers, body);
  assert.equal(error instanceof shop.ArtifactaError, true);
  structuredClone(JSON.parse(JSON.stringify(error.toJSON())));
  String(error);
}
assert.equal(shop.fromResponse(500, [], { error: { code: 10n } }).code, "10");
assert.equal(shop.fromResponse(1, new Headers({ "X-Request-Id": "r" }), "").requestId, "r");
assert.equal({}.polluted, undefined);
assert.equal(Object.prototype.toString.call({}), "[object Object]");

// Headers and bodies in the forms that clients have them; some come from another context, as in Jest.
const text = '{"error": {"code": "rate_limited"}}';
const bytes = new TextEncoder().encode(text);
const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
shared.set(bytes);
const elsewhere = runInNewContext("new Uint8Array(bytes)", { bytes: [...bytes] });
assert.equal(elsewhere instanceof Uint8Array, false);
for (const body of [
  text, JSON.parse(text), bytes, Buffer.from(text), bytes.buffer, new DataView(bytes.buffer),
  Buffer.from(`  ${text}  `).subarray(1, -1), shared, shared.buffer, elsewhere, elsewhere.buffer,
]) {
  for (const headers of [
    { "Retry-After": "3" }, [["retry-after", "3"]], new Map([["RETRY-AFTER", "3"]]),
    new Headers({ "retry-after": "3" }), { "retry-after": ["3", "4"], "set-cookie": ["s3cret"] },
    Object.assign(Object.create(null), { "retry-after": 3, cookie: undefined }),
  ]) {
    const error = shop.fromResponse(429, headers, body);
    assert.deepEqual([error.code, error.retryAfter], ["rate_limited", 3]);
    assert.deepEqual(Object.keys(error.headers), ["retry-after"]);
  }
}

// A body that cannot be read leaves the status, and says why.
const broken = new Error("cut");
const half = await shop.fromFetch({ status: 503, headers: {}, text: () => Promise.reject(broken) });
assert.deepEqual([half.status, half.code, half.cause], [503, undefined, broken]);
assert.equal(Object.keys(half).includes("cause"), false);
assert.equal("cause" in (await shop.fromFetch(new Response(text, { status: 429 }))), false);
const locked = new Response(text, { status: 429 });
locked.body.getReader();
assert.equal((await shop.fromFetch(locked)).cause instanceof TypeError, true);

// A second copy, as one that a bundler made small: its names stay, its classes are others.
const small = await load("small");
const foreigner = small.fromResponse(429, {}, text);
assert.equal(foreigner.name, "RateLimitedError");
assert.notEqual(foreigner.constructor.name, "RateLimitedError");
assert.match(foreigner.stack, /^RateLimitedError: rate_limited\n/);
assert.equal(small.isArtifactaError(foreigner), true);
assert.equal(shop.isArtifactaError(foreigner), false);

// What is read can be changed by nobody else.
made.facts.actions.length = 0;
assert.equal(made.facts.actions.length, 1);
assert.deepEqual([...shop.FACTS.keys()].sort(), [...Object.values(shop.Code)].sort());
assert.equal(shop.FACTS.get("rate_limited").exception, "RateLimitedError");
assert.equal(shop.isArtifactaError(made), true);
assert.equal(shop.isArtifactaError(new families.FamilyError()), false);
assert.equal(shop.isKnown(made), true);
assert.equal(shop.isKnown(new shop.ArtifactaError({ code: "later" })), false);
assert.equal(shop.isKnown(new shop.ArtifactaError({ code: "rate_limited" })), false);
assert.equal(families.isKnown(families.fromResponse(404, [], '{"code": "silent"}')), true);
assert.equal(families.isKnown(families.fromResponse(404, [], '{"code": "later"}')), false);

// Classes above those of errors: of a status and of a group, and of what is not known yet.
const many = families.fromResponse(429, [], '{"code": "too_many"}');
for (const above of ["ClientError", "LimitError", "FamilyError", "TooManyError"]) {
  assert.equal(many instanceof families[above], true, above);
}
assert.equal(many instanceof families.TooBigError, false);
assert.equal(many instanceof families.ServerError, false);
const denied = families.fromResponse(403, [], '{"code": "denied"}');
assert.equal(denied instanceof families.LimitError, false);
assert.equal(families.fromResponse(404, [], '{"code": "later"}').constructor, families.AbsentError);
assert.equal(families.fromResponse(418, [], '{"code": "later"}').constructor, families.ClientError);
assert.equal(families.fromResponse(404, [], '{"code": "silent"}').constructor, families.AbsentError);
assert.equal(null instanceof families.LimitError, false);

// Names of before are the same class; a class of the SDK stands above all.
assert.equal(renamed.FormerError, renamed.CurrentError);
assert.equal(renamed.BeforeError, renamed.CurrentError);
assert.equal(renamed.fromResponse(400, [], '{"code": "before"}').code, "current");
assert.equal(foreign.fromResponse(500, [], '{"code": "broken"}').house, "ours");

// What is secret is not shown, however it is looked at.
const declined = secrets.fromResponse(402, { "X-Card": "4111-1111" }, JSON.stringify({
  code: "declined", card: "4111-1111", pin: 9182, owner: { name: "Ada" },
  message: "Card 4111-1111 with 9182 of Ada was declined.",
}));
const held = inspect(declined, { depth: 9, showHidden: true }) + JSON.stringify(declined);
for (const text of ["4111-1111", "9182", "Ada"]) {
  assert.equal(held.includes(text), false, text);
}

const exact = secrets.fromResponse(402, [], { code: "declined", pin: 9182n, message: "Not 9182." });
assert.equal(exact.message, "Not [redacted].");

assert.deepEqual({ ...exits.EXIT_CODES }, {
  success: 0, network: 3, timeout: 3, usage: 1, interrupt: 130, unknown: 70,
});
assert.equal(exits.ExitCode.SPECIAL, 5);
