// What both parts of the channel are handed. No code.
import type { Clock, Log } from '../../ports.ts';
import type {
  ChannelMemory,
  FollowUps,
  GroupWays,
  Leases,
  Reachability,
  SendBudget,
  SingleUse,
} from '../../ports-channels.ts';

export interface WecomDeps {
  readonly log: Log;
  readonly clock: Clock;
  readonly leases: Leases;
  readonly singleUse: SingleUse;
  readonly followUps: FollowUps;
  readonly groups: GroupWays;
  readonly budget: SendBudget;
  readonly memory: ChannelMemory;
  readonly reachability: Reachability;
  /** Names this process among the replicas. */
  readonly holder: string;
  /** The page that cards without buttons lead to; null = WeCom's own home page. */
  readonly pageUrl: string | null;
  /** Real time in ms, for tokens, signatures and leases (DESIGN §1 "Two clocks"). */
  readonly realNow?: () => number;
  /** In [0, 1), for the spread of retries. */
  readonly chance?: () => number;
}

const wecomHome = 'https://work.weixin.qq.com/';

export const homeUrlOf = ({ pageUrl }: Pick<WecomDeps, 'pageUrl'>): string => pageUrl ?? wecomHome;
