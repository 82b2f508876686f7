// Calls other systems, as the delivery worker's outlet: each webhook is a chat, so its calls keep their order. A system that
// is away holds its own lane until it is back; after a day its webhook is paused, and nothing of it is lost.
import { ChannelRefused, type Log, type Outlet } from '../ports.ts';
import type { WebhookNotes } from '../ports-webhooks.ts';
import type { Answered, Post } from './post.ts';
import { signatureHeaders } from './signature.ts';

export interface SenderParts {
  readonly notes: WebhookNotes;
  readonly post: Post;
  readonly log: Log;
  readonly realNow?: () => Date;
  /** In [0, 1), for the spread of retries. */
  readonly chance?: () => number;
}

/** A failure as long as this, and the webhook is paused. */
const PAUSE_AFTER_MS = 24 * 60 * 60_000;
const FIRST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 5 * 60;
/** Whoever resumes it does not wait for this. */
const PAUSED_SECONDS = 60 * 60;

/** It is this call that the receiver cannot take, and another one may be well: tried a few times, then given up. */
const aboutTheCall: readonly number[] = [400, 413, 415, 422];
const GONE = 410;

export const makeWebhookSender = ({
  notes,
  post,
  log,
  realNow = () => new Date(),
  chance = Math.random,
}: SenderParts): Outlet => {
  const pause = async (id: string, why: string): Promise<never> => {
    await notes.pause(id, why);
    log.error({ webhook: id, why }, 'a webhook is paused; what it is to hear waits until somebody resumes it');
    throw paused();
  };

  const failed = async (id: string, { error, retryAfterSeconds }: Failure): Promise<never> => {
    const { failures, failingMs } = await notes.failed(id, error);
    if (failingMs > PAUSE_AFTER_MS) return pause(id, error);
    const backOff = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** Math.min(failures - 1, 10));
    const wait = Math.max(backOff / 2 + (backOff / 2) * chance(), retryAfterSeconds ?? 0);
    throw new ChannelRefused('webhook', error, { held: true, retryAfterSeconds: wait });
  };

  return {
    name: 'webhook',
    supports: {
      update: 'never',
      ticks: 0,
      choices: 0,
      textField: false,
      ownView: false,
      mention: false,
      image: false,
      // By the id of the call.
      recognisesRepeats: true,
    },

    async send(id, { call }) {
      const webhook = await notes.find(id);
      if (!webhook || !call) throw new ChannelRefused('removed', 'this webhook was removed', { fatal: true });
      if (webhook.pausedAt) throw paused();
      const { id: callId, ...content } = call;
      const body = JSON.stringify(content);
      const answered = await post(webhook.url, body, {
        'content-type': 'application/json',
        'user-agent': 'Dudao',
        ...signatureHeaders(webhook, callId, body, realNow()),
      });
      if (answered.status !== null && answered.status >= 200 && answered.status < 300) {
        await notes.gotThrough(id);
        return { status: String(answered.status) };
      }
      if (answered.status === GONE) return pause(id, 'HTTP 410');
      if (answered.status !== null && aboutTheCall.includes(answered.status))
        throw new ChannelRefused('webhook', `HTTP ${answered.status}`);
      return failed(id, failureOf(answered));
    },

    async update() {
      throw new ChannelRefused('webhook', 'what was told is not changed', { fatal: true });
    },
  };
};

interface Failure {
  readonly error: string;
  readonly retryAfterSeconds: number | null;
}

const failureOf = (answered: Answered): Failure => {
  if (answered.status === null) return { error: answered.why, retryAfterSeconds: null };
  const { status, retryAfterSeconds } = answered;
  const redirects = status >= 300 && status < 400 ? ': redirects are not followed' : '';
  return { error: `HTTP ${status}${redirects}`, retryAfterSeconds };
};

const paused = (): ChannelRefused =>
  new ChannelRefused('webhook', 'paused', { held: true, retryAfterSeconds: PAUSED_SECONDS });
