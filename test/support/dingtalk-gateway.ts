// The Stream gateway of DingTalk: tickets that are good once, callbacks that come again until they are acknowledged, and
// connections that end when it likes.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

type Json = Record<string, unknown>;

export interface DingtalkGateway {
  /** A ticket for one connection; so many of the next ones are used already. */
  ticket(): string;
  spoilt: number;
  connections(): number;
  /** How many there have been since it opened. */
  connected(): number;
  /** The most that were open at once. */
  mostConnections(): number;
  /** Sends a callback to a connection that takes it, again after a while to another, until it is acknowledged. */
  stream(topic: string, data: object, messageId?: string): Promise<Json>;
  /** Sends one frame to each connection that takes it, whatever is said to it. */
  push(frame: string): void;
  ping(): Promise<Json>;
  /** Says that all connections end, delivers nothing on them any more, and closes them after `ms`. */
  disconnect(ms: number): void;
  cut(): void;
  /** Nothing is sent and nothing heard on open connections. */
  mute: boolean;
  /** Every frame is sent twice. */
  doubled: boolean;
  /** Connections that end answer no good-bye. */
  deaf: boolean;
  forget(): void;
  close(): void;
}

const AGAIN_MS = 60;

export const openGateway = (http: Server): DingtalkGateway => {
  const tickets = new Set<string>();
  /** Open connections, with whether callbacks still go there. */
  const links = new Map<WebSocket, { takes: boolean }>();
  const answers = new Map<string, (answer: Json) => void>();
  const wss = new WebSocketServer({ noServer: true });
  const repeating = new Set<NodeJS.Timeout>();
  let most = 0;
  let accepted = 0;

  http.on('upgrade', (req: IncomingMessage, socket, head) => {
    const url = new URL(req.url ?? '', 'http://localhost');
    if (url.pathname === '/connect' && tickets.delete(url.searchParams.get('ticket') ?? ''))
      wss.handleUpgrade(req, socket, head, accept);
    else socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
  });

  const accept = (link: WebSocket): void => {
    links.set(link, { takes: true });
    accepted += 1;
    most = Math.max(most, links.size);
    link.on('close', () => links.delete(link));
    link.on('message', (data) => {
      if (gateway.mute) return;
      const { code, headers, data: inner } = JSON.parse(String(data)) as { code: number; headers: Json; data: string };
      answers.get(String(headers.messageId))?.({ code, ...(JSON.parse(inner) as Json) });
    });
  };

  const taking = (): WebSocket[] => [...links].filter(([, { takes }]) => takes).map(([link]) => link);

  const frame = (type: string, topic: string, messageId: string, data: object): string =>
    JSON.stringify({
      specVersion: '1.0',
      type,
      headers: { appId: 'a', connectionId: 'c', contentType: 'application/json', messageId, time: '1', topic },
      data: JSON.stringify(data),
    });

  const asked = (type: string, topic: string, data: object, messageId: string): Promise<Json> =>
    new Promise((resolve) => {
      const deliver = (): void => {
        const all = taking();
        const link = all[Math.floor(Math.random() * all.length)];
        if (gateway.mute || !link) return;
        for (let n = gateway.doubled ? 2 : 1; n > 0; n -= 1) link.send(frame(type, topic, messageId, data));
      };
      const again = setInterval(deliver, AGAIN_MS);
      repeating.add(again);
      answers.set(messageId, (answer) => {
        if (answer.code === 500) return;
        clearInterval(again);
        repeating.delete(again);
        resolve(answer);
      });
      deliver();
    });

  const gateway: DingtalkGateway = {
    mute: false,
    doubled: false,
    deaf: false,
    spoilt: 0,
    ticket() {
      const ticket = randomUUID();
      if (gateway.spoilt > 0) gateway.spoilt -= 1;
      else tickets.add(ticket);
      return ticket;
    },
    connections: () => links.size,
    connected: () => accepted,
    mostConnections: () => most,
    stream: (topic, data, messageId = randomUUID()) => asked('CALLBACK', topic, data, messageId),
    push: (text) => {
      for (const link of taking()) link.send(text);
    },
    ping: () => asked('SYSTEM', 'ping', { opaque: 'abc' }, randomUUID()),
    disconnect(ms) {
      for (const [link, state] of links) {
        if (!state.takes) continue;
        state.takes = false;
        if (gateway.deaf) link.close = () => {};
        link.send(frame('SYSTEM', 'disconnect', randomUUID(), { reason: 'connection is expired' }));
        setTimeout(() => link.terminate(), ms).unref();
      }
    },
    cut: () => {
      for (const link of links.keys()) link.terminate();
    },
    forget: () => {
      gateway.mute = false;
      gateway.doubled = false;
      gateway.deaf = false;
      for (const again of repeating) clearInterval(again);
      repeating.clear();
      most = links.size;
    },
    close: () => {
      gateway.forget();
      for (const link of wss.clients) link.terminate();
      wss.close();
    },
  };
  return gateway;
};
