// Other systems connected: what the delivery worker sends through, and what the office manages them with.
import type { Config } from '../config.ts';
import type { Clock, Log, Outlet } from '../ports.ts';
import { makeCommitter } from '../store/commit.ts';
import { makeWebhooks } from '../store/webhooks.ts';
import type { WebhookDesk } from '../usecases/manage-webhooks.ts';
import { makeAddresses } from '../webhooks/addresses.ts';
import { makePost, webhookDoor } from '../webhooks/post.ts';
import { makeWebhookSender } from '../webhooks/sender.ts';
import { newWebhookSecret } from '../webhooks/signature.ts';
import type { Foundation } from './foundation.ts';
import { newIds } from './service.ts';

export const openWebhooks = (
  { webhookNetworks, proxy }: Pick<Config, 'webhookNetworks' | 'proxy'>,
  { pool }: Pick<Foundation, 'pool'>,
  clock: Clock,
  log: Log,
  wake: () => void,
): { readonly outlet: Outlet; readonly desk: WebhookDesk } => {
  const addresses = makeAddresses(webhookNetworks);
  const webhooks = makeWebhooks(pool);
  return {
    outlet: makeWebhookSender({ notes: webhooks, post: makePost(addresses, proxy), log }),
    desk: {
      clock,
      ids: newIds,
      committer: makeCommitter(pool),
      webhooks,
      door: webhookDoor(addresses),
      newSecret: newWebhookSecret,
      wake,
      realNow: () => new Date(),
    },
  };
};
