// Checks a module under each target of the compiler: as functions, as classes, with fields.
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const ts = require("typescript");

const source = readFileSync(process.argv[2], "utf8");
for (const target of ["ES5", "ES2015", "ES2020", "ES2022", "ESNext"]) {
  const compilerOptions = {
    target: ts.ScriptTarget[target],
    module: ts.ModuleKind.CommonJS,
    downlevelIteration: true,
  };
  const { outputText } = ts.transpileModule(source, { compilerOptions });
  const made = { exports: {} };
  new Function("module", "exports", "require", outputText)(made, made.exports, require);
  const { ArtifactaError, RateLimitedError, fromResponse } = made.exports;
  const error = fromResponse(429, [], '{"error": {"code": "rate_limited", "message": "m"}}');
  for (const above of [RateLimitedError, ArtifactaError, Error]) {
    assert.equal(error instanceof above, true, target);
  }
  assert.deepEqual([error.name, error.code, error.message], ["RateLimitedError", "rate_limited", "m"]);
  assert.match(error.stack, /^RateLimitedError: rate_limited: m\n/);
  class OwnError extends RateLimitedError {}
  assert.equal(new OwnError() instanceof OwnError, true, target);
}
