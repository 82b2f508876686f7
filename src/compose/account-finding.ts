// Each minute a few people of the roster are found by mobile on the platforms that can say whose number it is.
import { randomUUID } from 'node:crypto';
import type { Channel, Clock, Log } from '../ports.ts';
import type { Chore } from '../schedule/slot-runner.ts';
import { makeAccounts } from '../store/accounts.ts';
import { makeLeases } from '../store/leases.ts';
import { makeMobileLookups } from '../store/mobile-lookups.ts';
import { bindByMobile } from '../usecases/bind-by-mobile.ts';
import type { Foundation } from './foundation.ts';

/** Longer than a round takes; another process goes on when this one is gone. */
const LEASE_MS = 5 * 60_000;
/** A platform that refuses is not asked again at once. */
const REST_MS = 10 * 60_000;

/** `campaign`: where the bindings' events are kept. */
export const accountFinding = (
  { pool, prisma }: Foundation,
  channels: readonly Channel[],
  campaign: string,
  clock: Clock,
  log: Log,
): Chore[] => {
  const parts = { lookups: makeMobileLookups(pool), accounts: makeAccounts(prisma), clock, log };
  const leases = makeLeases(pool);
  const holder = randomUUID();
  return channels.flatMap((channel) => {
    const { name, accountByMobile } = channel;
    if (!accountByMobile) return [];
    let restUntil = 0;
    const run = async (): Promise<void> => {
      if (performance.now() < restUntil || !(await leases.hold(`accounts:${name}`, holder, LEASE_MS))) return;
      try {
        await bindByMobile(parts, { channel: name, accountByMobile }, campaign);
      } catch (error) {
        restUntil = performance.now() + REST_MS;
        throw error;
      }
    };
    return [{ name: `accounts of ${name}`, run }];
  });
};
