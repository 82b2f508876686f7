// What people do in DingTalk on its server: the fields they see on a card, and a form handed in as the client does.
import { type DingtalkChannel, makeDingtalkChannel } from '../../src/channels/dingtalk/channel.ts';
import { makeFollowUps } from '../../src/store/follow-ups.ts';
import { makeMonthlyUse } from '../../src/store/monthly-use.ts';
import { makeReachability } from '../../src/store/reachability.ts';
import { makeSettings } from '../../src/store/settings.ts';
import type { DingtalkServer, ServedCard } from './dingtalk-server.ts';
import { configFor, quickTimes } from './dingtalk-stage.ts';
import type { PlatformPorts } from './platform-service.ts';

/** A day is played in a few seconds; what DingTalk takes in one is deliveries.test.ts's. */
const noBudget = { take: async () => 0, hold: async () => {} };

export const dingtalkOn = (server: DingtalkServer, { pool, clock, log, wake }: PlatformPorts): DingtalkChannel =>
  makeDingtalkChannel(
    configFor(server),
    {
      log,
      clock,
      followUps: makeFollowUps(pool, clock, wake),
      budget: noBudget,
      memory: makeSettings(pool),
      reachability: makeReachability(pool),
      use: makeMonthlyUse(pool),
    },
    { times: quickTimes, patienceMs: 5_000 },
  );

interface Field {
  readonly name: string;
  readonly type: string;
  readonly defaultValue?: string;
  readonly options?: readonly { readonly value: string; readonly text: string }[];
}

/** The fields that somebody sees on a card now. */
export const fieldsOf = (server: DingtalkServer, card: ServedCard, userId: string): Field[] =>
  JSON.parse(server.viewOf(card.outTrackId, userId).form ?? '{}').fields ?? [];

export const optionsOf = (
  server: DingtalkServer,
  card: ServedCard,
  userId: string,
  field: string,
): NonNullable<Field['options']> => fieldsOf(server, card, userId).find(({ name }) => name === field)?.options ?? [];

/** Submits as the client does, hidden fields too. What the presser sees then. */
export const submitForm = async (
  server: DingtalkServer,
  card: ServedCard,
  userId: string,
  filled: object,
): Promise<ReturnType<DingtalkServer['viewOf']>> => {
  const hidden = fieldsOf(server, card, userId).flatMap(({ name, defaultValue }) =>
    defaultValue ? [[name, defaultValue]] : [],
  );
  await server.press(card.outTrackId, userId, { ...Object.fromEntries(hidden), ...filled });
  return server.viewOf(card.outTrackId, userId);
};
