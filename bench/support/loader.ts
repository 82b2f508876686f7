// The crowd, in a process of its own: posts what it is given over so many connections at once for so long, and tells how
// it went.
import { Agent, request } from 'node:http';

export interface Order {
  readonly url: string;
  readonly connections: number;
  readonly forMs: number;
  readonly bodies: readonly string[];
  /** What follows the url for each body, such as a signed query. */
  readonly queries?: readonly string[];
}

export interface Crowd {
  readonly done: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

const post = (url: string, body: string, agent: Agent): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

const crowd = async ({ url, connections, forMs, bodies, queries = [] }: Order): Promise<Crowd> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const took: number[] = [];
  let next = 0;
  let failed = 0;
  const begin = performance.now();
  const one = async (): Promise<void> => {
    while (performance.now() - begin < forMs && next < bodies.length) {
      const body = bodies[next] as string;
      const at = next;
      next += 1;
      const from = performance.now();
      if ((await post(`${url}${queries[at] ?? ''}`, body, agent)) === 200) took.push(performance.now() - from);
      else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  const seconds = (performance.now() - begin) / 1000;
  agent.destroy();
  took.sort((a, b) => a - b);
  const tail = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return { done: took.length, failed, perSecond: took.length / seconds, p50: tail(0.5), p99: tail(0.99) };
};

process.on('message', async (order: Order) => {
  process.send?.(await crowd(order));
  process.disconnect();
});
