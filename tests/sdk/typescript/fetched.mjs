// Prints, as JSON, what a module makes of what a running server answers: its path is the first
// argument, addresses the others. What cannot be fetched at all is tried at the end.
import { pathToFileURL } from "node:url";

const [path, ...addresses] = process.argv.slice(2);
const { fromFetch } = await import(pathToFileURL(path).href);
const found = [];
for (const address of addresses) {
  const response = await fetch(address, { headers: { Authorization: "Bearer s3cret" } });
  found.push((await fromFetch(response)).toJSON());
}
const read = new Response('{"error": {}}', { status: 418, headers: { "X-Request-Id": "r" } });
await read.text();
const broken = new Response(
  new ReadableStream({
    start(controller) {
      controller.error(new TypeError("the line is cut"));
    },
  }),
  { status: 503 },
);
const odd = [read, broken, null, undefined, {}, 5, { status: "x", text: () => 1 }];
for (const one of odd) {
  found.push((await fromFetch(one)).toJSON());
}
process.stdout.write(JSON.stringify(found));
