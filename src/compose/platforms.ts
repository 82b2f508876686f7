// The work-chat platforms that are configured, each behind the one port, with the rows they share over replicas.
import { randomUUID } from 'node:crypto';
import { makeDingtalkChannel } from '../channels/dingtalk/channel.ts';
import { feishuRate, makeFeishuChannel } from '../channels/feishu/channel.ts';
import { makeTelegramChannel, telegramRate } from '../channels/telegram/channel.ts';
import { makeWecomChannel } from '../channels/wecom/channel.ts';
import type { Config } from '../config.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Metrics } from '../http/metrics.ts';
import type { Channel, Clock, Log } from '../ports.ts';
import type { SendRate } from '../ports-delivery.ts';
import { makeChatMoves } from '../store/chat-moves.ts';
import { makeFollowUps } from '../store/follow-ups.ts';
import { makeGroupWays } from '../store/group-ways.ts';
import { makeLeases, makeSingleUse } from '../store/leases.ts';
import { makeMonthlyUse } from '../store/monthly-use.ts';
import { makeReachability } from '../store/reachability.ts';
import { makeSendBudget } from '../store/send-budget.ts';
import { makeShownCards } from '../store/shown-cards.ts';
import type { Foundation } from './foundation.ts';

/** What each platform takes over all chats and processes together. */
export const platformRates: Partial<Readonly<Record<ChannelName, SendRate>>> = {
  telegram: telegramRate,
  feishu: feishuRate,
};

export const openPlatforms = (
  config: Config,
  { pool, settings }: Foundation,
  clock: Clock,
  log: Log,
  wake: () => void,
  metrics: Pick<Metrics, 'allowance'>,
): Channel[] => {
  const channels: Channel[] = [];
  const followUps = makeFollowUps(pool, clock, wake);
  const reachability = makeReachability(pool);
  const shared = { log, clock, budget: makeSendBudget(pool), memory: settings, leases: makeLeases(pool) };
  if (config.wecomApp || config.wecomBot) {
    channels.push(
      makeWecomChannel(
        { app: config.wecomApp, bot: config.wecomBot, apiBase: config.wecomApiBase },
        {
          ...shared,
          singleUse: makeSingleUse(pool),
          followUps,
          groups: makeGroupWays(pool, clock),
          reachability,
          holder: randomUUID(),
          pageUrl: config.publicUrl,
        },
      ),
    );
  }
  if (config.telegram) {
    channels.push(
      makeTelegramChannel(
        { ...config.telegram, publicUrl: config.publicUrl },
        { ...shared, cards: makeShownCards(pool), moves: makeChatMoves(pool), reach: reachability },
      ),
    );
  }
  if (config.dingtalk) {
    channels.push(
      makeDingtalkChannel(
        { ...config.dingtalk, publicUrl: config.publicUrl },
        {
          ...shared,
          followUps,
          reachability,
          use: makeMonthlyUse(pool),
          onUse: (what, used, most) => metrics.allowance('dingtalk', what, used, most),
        },
      ),
    );
  }
  if (config.feishu) {
    channels.push(
      makeFeishuChannel(config.feishu, {
        ...shared,
        cards: makeShownCards(pool),
        followUps,
        singleUse: makeSingleUse(pool),
        reach: reachability,
      }),
    );
  }
  return channels;
};
