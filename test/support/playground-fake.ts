// A stand-in for the service, as far as the playground page can see: serves the built page and plays the playground API with
// a small invented campaign. For tests of the page alone; the real API has tests of its own.

import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import type { LiveEvent } from '../../src/pages/playground/model.ts';
import { type Body, playgroundWorld, type World } from './playground-fake-world.ts';

export interface FakeCall {
  readonly path: string;
  readonly body: Body;
}

/** `post` shows a message of the service (or of a person) to everybody in a chat; `change` changes its card in place. */
export interface PlaygroundFake extends Pick<World, 'post' | 'change'> {
  readonly url: string;
  /** What the page has posted, oldest first. */
  readonly calls: readonly FakeCall[];
  /** The next POST to this path is refused with this problem. */
  refuseNext(path: string, status: number, detail: string): void;
  /** The next POST to this path is done, but its answer breaks off half-way. */
  cutNext(path: string): void;
  /** POSTs to this path wait until the returned function is called. */
  hold(path: string): () => void;
  close(): Promise<void>;
}

interface FakeOptions {
  /** The folder of the built page. */
  readonly pages: string;
  readonly now?: string;
  readonly hints?: boolean;
  /** With a token every call must carry it. */
  readonly token?: string;
  /** Without the stream the page has to look for itself. */
  readonly stream?: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** As strict as the real pages are served, so that a page that needs more is found out here. */
const CSP = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'";

export const startPlaygroundFake = async (options: FakeOptions): Promise<PlaygroundFake> => {
  const calls: FakeCall[] = [];
  const streams = new Map<ServerResponse, string>();
  const refusals = new Map<string, { status: number; detail: string } | 'cut'>();
  const holds = new Map<string, Promise<void>>();
  const answers = new Map<string, unknown>();

  const tell = (event: LiveEvent, concerns: (person: string) => boolean): void => {
    for (const [response, as] of streams) {
      if (concerns(as)) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    }
  };
  const world = playgroundWorld({
    now: options.now ?? '2022-04-19T08:25:00+08:00',
    hints: options.hints ?? false,
    tell,
  });

  const answerApi = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const path = url.pathname.slice('/playground/api'.length);
    if (options.token && request.headers.authorization !== `Bearer ${options.token}`) {
      sendJson(response, 401, { title: '请先输入访问令牌', code: 'unauthorised' });
      return;
    }
    if (path === '/stream' && options.stream !== false) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': open\n\n');
      streams.set(response, url.searchParams.get('as') ?? '');
      response.on('close', () => streams.delete(response));
      return;
    }
    if (request.method === 'GET') {
      const found = world.read(path, url.searchParams);
      sendJson(response, found === null ? 404 : 200, found ?? { title: '没有这个地址', code: 'not-found' });
      return;
    }
    const body = JSON.parse(await readText(request)) as Body;
    calls.push({ path, body });
    await holds.get(path);
    const refusal = refusals.get(path);
    refusals.delete(path);
    if (refusal && refusal !== 'cut') {
      sendJson(response, refusal.status, { ...refusal, title: '没有接受', code: 'refused' });
      return;
    }
    // The same event id delivered twice is one event, and gets the same answer.
    const id = typeof body.id === 'string' ? body.id : `call-${calls.length}`;
    const answer = answers.get(id) ?? world.write(path, body);
    answers.set(id, answer);
    if (refusal === 'cut') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
      response.write('{', () => request.socket.destroy());
    } else sendJson(response, 200, answer);
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    const answering = url.pathname.startsWith('/playground/api')
      ? answerApi(request, response, url)
      : sendPage(response, options.pages, url.pathname);
    answering.catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/playground`,
    calls,
    post: world.post,
    change: world.change,
    refuseNext: (path, status, detail) => refusals.set(path, { status, detail }),
    cutNext: (path) => refusals.set(path, 'cut'),
    hold: (path) => {
      let release = (): void => {};
      holds.set(
        path,
        new Promise((resolve) => {
          release = resolve;
        }),
      );
      return () => {
        holds.delete(path);
        release();
      };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(JSON.stringify(body));
};

const sendPage = async (response: ServerResponse, pages: string, pathname: string): Promise<void> => {
  const name = normalize(pathname.replace(/^\/playground\/?/, '')) || '.';
  const file = join(pages, 'playground', name === '.' ? 'index.html' : name);
  try {
    const bytes = await readFile(file);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-security-policy': CSP }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
};
