// A receiver of Dudao's webhooks: checks the signature, drops what it has seen, and prints one JSON line for each new call.
// Needs nothing but Node 20 or newer:   WEBHOOK_SECRET=whsec_… PORT=8080 node webhook-receiver.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const key = Buffer.from((process.env.WEBHOOK_SECRET ?? '').replace(/^whsec_/, ''), 'base64');
const TOLERANCE_SECONDS = 5 * 60;
/** Keep these where they outlive a restart: a call whose answer was lost comes again, with the same id. */
const seen = new Set();

/** Over the bytes as they came: JSON that was parsed and written anew is another text. */
const isGenuine = (headers, body) => {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  if (!id || !(Math.abs(Date.now() / 1000 - Number(timestamp)) < TOLERANCE_SECONDS)) return false;
  const due = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  // Several while a secret is being changed: one that fits is enough.
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice('v1,'.length), 'base64'))
    .some((given) => given.length === due.length && timingSafeEqual(given, due));
};

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!isGenuine(request.headers, body)) return response.writeHead(401).end();
  const id = request.headers['webhook-id'];
  if (!seen.has(id)) {
    seen.add(id);
    // Put it where your own work finds it, and answer at once: the next call waits for this answer.
    process.stdout.write(`${JSON.stringify({ id, ...JSON.parse(body.toString('utf8')) })}\n`);
  }
  response.writeHead(204).end();
});
server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? '127.0.0.1', () => {
  process.stderr.write(`listening on ${server.address().port}\n`);
});
