// What people of the one-day scenario do, in the words of the scenario; how it is done on each platform is the player's.
import type { Channel, OnEvent } from '../../../src/ports.ts';
import type { PlatformPorts } from '../platform-service.ts';

export interface Named {
  readonly id: string;
  /** As cards show it. */
  readonly label: string;
}

export interface DayPlayer {
  /** The zone's group there. */
  readonly group: string;
  /** The account of a person of the roster; `n` counts the people of the scenario. */
  accountOf(person: string, n: number): string;
  /** An account that nobody is bound to; null where everybody is known. */
  readonly stranger: string | null;
  /** Starts the platform's side and the channel on it. */
  open(ports: PlatformPorts): Promise<Channel>;
  /** The way in, once the service has it. */
  enter(onEvent: OnEvent): void;
  /** 全部落实 on the group's card, for this compound or for none. */
  allOk(account: string, compound: Named | null): Promise<void>;
  /** Ticks one item as not done and hands it in `times` times at once: on the group's card, or at home where `compound` is null. */
  notDone(account: string, compound: Named | null, item: Named, times?: number): Promise<void>;
  /** A button of the private card that says `on`. */
  press(account: string, on: string, label: string): Promise<void>;
  /** Words to the bot in private. */
  say(account: string, text: string): Promise<void>;
  /** Everything this person alone was shown: private messages, toasts, cards of his or her own. */
  shownTo(account: string): Promise<string>;
  /** Everything that stands in the group for all. */
  inGroup(): Promise<string>;
  close(): Promise<void>;
}
