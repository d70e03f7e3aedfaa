// Prints, as JSON, what generated modules make of responses: for tests in Python, which compare.
// The first argument is a file of {modules: {name: path}, cases: [{name, status, headers, body}]};
// a body is {text}, {bytes} in base64 or {json}, in a header too: {bytes}. A case of {name, example}
// asks for the example of that code.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { modules, cases } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const loaded = {};
const classes = {};
for (const [name, path] of Object.entries(modules)) {
  loaded[name] = await import(pathToFileURL(path).href);
  const exported = Object.values(loaded[name]).filter((one) => one?.prototype instanceof Error);
  classes[name] = new Set(exported);
}

function given(part) {
  if (Array.isArray(part)) {
    return part.map(given);
  }
  if (typeof part === "object" && part !== null && typeof part.bytes === "string") {
    return new Uint8Array(Buffer.from(part.bytes, "base64"));
  }
  return part;
}

function bodyOf(body) {
  if (body === null) {
    return undefined;
  }
  if ("text" in body) {
    return body.text;
  }
  return "bytes" in body ? given(body) : body.json;
}

function members(error) {
  const found = {};
  for (let one = error; one !== Object.prototype; one = Object.getPrototypeOf(one)) {
    for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(one))) {
      if (get !== undefined && !(name in found)) {
        found[name] = error[name] ?? null;
      }
    }
  }
  return found;
}

function errorOf({ name, example, status, headers, body }) {
  return example === undefined
    ? loaded[name].fromResponse(status, given(headers), bodyOf(body))
    : loaded[name].example(example);
}

function answer(one) {
  const { name } = one;
  const error = errorOf(one);
  const data = error.toJSON();
  structuredClone(data);
  return {
    data,
    name: error.name,
    class: error.constructor.name,
    code: error.code ?? null,
    details: error.details,
    message: error.message,
    members: members(error),
    text: String(error),
    stack: error.stack.split("\n")[0],
    kept: JSON.stringify([error.details, error.headers, error.body, data, error.stack]),
    isOne: error instanceof Error && classes[name].has(error.constructor),
  };
}

process.stdout.write(JSON.stringify(cases.map(answer)));
