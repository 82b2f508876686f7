// What the playground needs of the database. It plays the platform, so it keeps what a vendor's servers would keep: the
// messages of its chats, and who has read how far.
import type { Day } from './domain/calendar.ts';
import type { Campaign } from './domain/campaign.ts';
import type { Card } from './domain/card.ts';
import type { RoleName } from './domain/people.ts';

export interface PlaygroundSpeaker {
  readonly id: string;
  readonly name: string;
}

export interface PlaygroundPost {
  readonly id: string;
  readonly chat: string;
  readonly at: Date;
  /** Null = the service itself. */
  readonly from: PlaygroundSpeaker | null;
  readonly text: string | null;
  /** A data URL. */
  readonly image: string | null;
  readonly card: Card | null;
}

export interface PlaygroundMessage extends PlaygroundPost {
  readonly changedAt: Date;
  /** The place among everything that came or changed; grows with each change. */
  readonly seq: number;
  /** The place at which it came. */
  readonly born: number;
}

export interface PlaygroundMessages {
  /** The same id twice is one message: the first stands, and is returned. */
  put(post: PlaygroundPost): Promise<PlaygroundMessage>;
  /** Changes it in place, so that whoever polls sees it again. False when there is no such message. */
  change(id: string, content: Pick<PlaygroundPost, 'text' | 'card'>, at: Date): Promise<boolean>;
  /** Somebody's own view of a card is another now: whoever polls sees its message again. */
  touchCard(chat: string, card: string, at: Date): Promise<void>;
  /** The words of a message, for a reply that quotes it. */
  words(chat: string, id: string): Promise<string | null>;
  /** Who acts, and whether what is acted on is there. A private chat is there for its owner, and for nobody in particular. */
  look(
    as: string | null,
    chat: string,
    card: string | null,
  ): Promise<{ person: PlaygroundSpeaker | null; chat: boolean; card: boolean }>;
}

export interface PlaygroundMember extends PlaygroundSpeaker {
  readonly roles: readonly RoleName[];
}

export interface PlaygroundChat {
  readonly id: string;
  readonly title: string;
  readonly kind: 'group' | 'person';
  readonly members: readonly PlaygroundMember[];
  readonly unread?: number;
  readonly last?: { readonly at: Date; readonly text: string };
}

export interface PlaygroundPerson extends PlaygroundSpeaker {
  readonly roles: readonly { readonly role: RoleName; readonly scope: string | null }[];
  readonly organisation: string | null;
  readonly department: string | null;
}

export interface PlaygroundRooms {
  person(id: string): Promise<PlaygroundSpeaker | null>;
  /** The chats of one person, or all of them; who sits in a group follows from the roles of these campaigns. */
  chats(campaigns: readonly string[], today: Day, as: string | null): Promise<PlaygroundChat[]>;
  /** What came or changed after a place, in the order of changes, as `as` sees it (null: as one who has not acted). */
  messages(chat: string, as: string | null, after: number, limit: number): Promise<PlaygroundMessage[]>;
  /** Everything up to a place is read. */
  read(person: string, chat: string, seq: number): Promise<void>;
  unread(person: string, chat: string): Promise<number>;
  /**
   * People who may be acted as, by words that fit name, role, scope or office. `labels` says how roles are called.
   * Without a word: one for each role, of the campaign's first zone where possible.
   */
  people(
    campaign: Campaign,
    today: Day,
    words: readonly string[],
    labels: Readonly<Record<string, string>>,
    limit: number,
  ): Promise<PlaygroundPerson[]>;
}

export interface PlaygroundGroup {
  readonly id: string;
  readonly title: string;
  readonly servesKind: 'zone' | 'area' | 'organisation' | 'command';
  readonly servesName: string;
}

export interface PlaygroundDoors {
  /** Opens these groups, and an account for everybody who is not marked as having none. Again changes nothing. */
  open(groups: readonly PlaygroundGroup[], at: Date): Promise<{ groups: number; people: number }>;
}
