// Who of the roster is which account, asked of the platform by the mobile numbers that the office imported. Slowly, and
// never twice for the same number: a platform that is asked for many unknown numbers answers nobody for a day.

import type { ChannelName } from '../domain/message.ts';
import { Problem } from '../domain/problem.ts';
import type { Clock, Log } from '../ports.ts';
import type { Accounts, MobileLookups } from '../ports-listings.ts';

export interface LookUp {
  readonly channel: ChannelName;
  /** The account of a mobile number; null when the platform knows none. Throws when it does not answer. */
  accountByMobile(mobile: string): Promise<string | null>;
}

export interface BindByMobile {
  readonly lookups: MobileLookups;
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly log: Log;
}

/** In one minute; a roster of a thousand takes less than an hour. */
const mostAtOnce = 20;
/** Unknown numbers in a day before the platform is left alone: this many, or this share of the known ones. */
const unknownAllowed = 10;
const unknownShare = 0.1;

/** Whether one more unknown number in these 24 hours could be one too many (wecom-app.md §9: a fifth of the corp locks it). */
export const mayAsk = ({ found, unknown }: { readonly found: number; readonly unknown: number }): boolean =>
  unknown < Math.max(unknownAllowed, found * unknownShare);

/** Binds whom the platform knows. `campaign`: where the events are kept. Stops at the first failure; the next minute goes on. */
export const bindByMobile = async (
  { lookups, accounts, clock, log }: BindByMobile,
  { channel, accountByMobile }: LookUp,
  campaign: string,
): Promise<void> => {
  const day = { ...(await lookups.lastDay(channel)) };
  for (const person of mayAsk(day) ? await lookups.next(channel, mostAtOnce) : []) {
    if (!mayAsk(day)) return;
    const externalId = await accountByMobile(person.mobile);
    if (externalId === null) day.unknown += 1;
    else day.found += 1;
    if (externalId !== null) {
      await accounts.bindPerson(campaign, person.id, { channel, externalId }, clock.now()).catch((error) => {
        // Two of the roster with one account: the first stays, the office sees the second among the unbound.
        if (!(error instanceof Problem)) throw error;
        log.warn({ channel, person: person.id, code: error.code }, 'an account found by mobile could not be bound');
      });
    }
    await lookups.note(channel, person, externalId !== null);
  }
};
