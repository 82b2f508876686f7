// The office says which systems hear of the campaign, and how those calls are signed. A secret is told once, to whoever
// made it; the log keeps who changed what, and no secret.
import type { Campaign } from '../domain/campaign.ts';
import type { Person } from '../domain/people.ts';
import { Problem } from '../domain/problem.ts';
import type { Webhook } from '../domain/webhook.ts';
import type { Clock, Committer, Ids } from '../ports.ts';
import type { WebhookDoor, Webhooks } from '../ports-webhooks.ts';

export interface WebhookDesk {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly committer: Committer;
  readonly webhooks: Webhooks;
  readonly door: WebhookDoor;
  readonly newSecret: () => string;
  /** Something may have become due. */
  readonly wake: () => void;
  readonly realNow: () => Date;
}

/** Whose act it is; null = the API's token, which is the office's. */
export interface WebhookActor {
  readonly campaign: Campaign;
  readonly person: Person | null;
}

export interface WebhookSettings {
  readonly title: string;
  readonly url: string;
  readonly types: readonly string[];
}

/** Each record waits for every one of them to be told. */
const MOST = 20;
const OLD_SECRET_MS = 24 * 60 * 60_000;

/** Throws `bad-request` for an address that may not be called, or one webhook too many. */
export const addWebhook = async (desk: WebhookDesk, actor: WebhookActor, given: WebhookSettings): Promise<Webhook> => {
  checkAddress(desk, given.url);
  if ((await desk.webhooks.of(actor.campaign.id)).length >= MOST) throw refused('body', `at most ${MOST} webhooks`);
  const webhook: Webhook = {
    ...given,
    id: desk.ids.next(),
    campaign: actor.campaign.id,
    secret: desk.newSecret(),
    oldSecret: null,
    oldSecretUntil: null,
    addedAt: desk.clock.now(),
    pausedAt: null,
    removedAt: null,
  };
  await keep(desk, actor, webhook, 'webhook.added');
  return webhook;
};

/** Its address, title and types, and whether it rests. Calls that waited while it did are made now, in their order. */
export const changeWebhook = async (
  desk: WebhookDesk,
  actor: WebhookActor,
  id: string,
  given: Partial<WebhookSettings> & { readonly paused?: boolean | undefined },
): Promise<Webhook> => {
  const before = await found(desk, actor, id);
  const { paused = before.pausedAt !== null, ...settings } = given;
  if (settings.url !== undefined) checkAddress(desk, settings.url);
  const pausedAt = paused ? (before.pausedAt ?? desk.realNow()) : null;
  const after = { ...before, ...settings, pausedAt };
  const kind = pausedAt === null && before.pausedAt !== null ? 'webhook.resumed' : 'webhook.changed';
  await keep(desk, actor, after, pausedAt !== null && before.pausedAt === null ? 'webhook.paused' : kind);
  if (pausedAt === null) {
    await desk.webhooks.hurry(id);
    desk.wake();
  }
  return after;
};

/** A new secret; the old one signs beside it for a day, so that the receiver can change over. */
export const rotateWebhookSecret = async (desk: WebhookDesk, actor: WebhookActor, id: string): Promise<Webhook> => {
  const before = await found(desk, actor, id);
  const after = {
    ...before,
    secret: desk.newSecret(),
    oldSecret: before.secret,
    oldSecretUntil: new Date(desk.realNow().getTime() + OLD_SECRET_MS),
  };
  await keep(desk, actor, after, 'webhook.secret_changed');
  return after;
};

/** It hears of nothing any more, not even of what waited. */
export const removeWebhook = async (desk: WebhookDesk, actor: WebhookActor, id: string): Promise<void> => {
  const before = await found(desk, actor, id);
  await keep(desk, actor, { ...before, removedAt: desk.clock.now() }, 'webhook.removed');
};

/** A call that says nothing, to try the way. */
export const testWebhook = async (desk: WebhookDesk, actor: WebhookActor, id: string): Promise<void> => {
  const { campaign } = await found(desk, actor, id);
  const now = desk.clock.now();
  const call = `msg_${desk.ids.next()}`;
  await desk.committer.commit({
    messages: [
      {
        key: `${call}:${id}`,
        campaign,
        to: { channel: 'webhook', chat: id, personId: null },
        kind: 'event',
        about: [{ kind: 'webhook', id }],
        message: { call: { id: call, type: 'webhook.test', timestamp: now.toISOString(), data: { campaign } } },
        notBefore: now,
      },
    ],
  });
  desk.wake();
};

const found = async (desk: WebhookDesk, { campaign }: WebhookActor, id: string): Promise<Webhook> => {
  const webhook = await desk.webhooks.find(id);
  if (!webhook || webhook.campaign !== campaign.id) throw new Problem('not-found', { what: 'webhook', id });
  return webhook;
};

const keep = async (desk: WebhookDesk, actor: WebhookActor, webhook: Webhook, kind: string): Promise<void> => {
  const { campaign, person } = actor;
  const { id, title, types, removedAt } = webhook;
  await desk.committer.commit({
    webhooks: [webhook],
    events: [
      {
        campaign: campaign.id,
        at: desk.clock.now(),
        kind,
        subject: { kind: 'webhook', id },
        by: person && { id: person.id, name: person.name },
        inbound: null,
        // Where it goes, without what its address may hold of keys.
        data: removedAt ? {} : { title, types, host: new URL(webhook.url).host },
      },
    ],
  });
};

const checkAddress = ({ door }: WebhookDesk, url: string): void => {
  const reason = door.refuses(url);
  if (reason) throw refused('body.url', reason);
};

const refused = (path: string, reason: string): Problem => new Problem('bad-request', { faults: [{ path, reason }] });
