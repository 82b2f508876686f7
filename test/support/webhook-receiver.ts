// Another system on a port of its own: keeps what it was told and how, and answers as it is bidden.
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Heard {
  readonly id: string;
  readonly body: string;
  readonly content: { readonly type: string; readonly timestamp: string; readonly data: Record<string, unknown> };
  readonly headers: IncomingHttpHeaders;
}

export interface Receiver {
  readonly url: string;
  readonly heard: readonly Heard[];
  /** What it answers from now on. */
  answer(status: number, headers?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

export const startReceiver = async (): Promise<Receiver> => {
  const heard: Heard[] = [];
  let status = 204;
  let extra: Readonly<Record<string, string>> = {};
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const id = String(request.headers['webhook-id']);
    heard.push({ id, body, content: JSON.parse(body), headers: request.headers });
    response.writeHead(status, extra).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    heard,
    answer(next, headers = {}) {
      status = next;
      extra = headers;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** Whether one of its signatures was made with this secret. */
export const isSignedWith = (secret: string, { id, body, headers }: Heard): boolean => {
  const content = `${id}.${headers['webhook-timestamp']}.${body}`;
  const due = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(content)
    .digest('base64');
  return String(headers['webhook-signature']).split(' ').includes(`v1,${due}`);
};
