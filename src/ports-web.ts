// What the pages need of the world: one-time links, and the sessions that they open.
import type { Day } from './domain/calendar.ts';
import type { Card } from './domain/card.ts';
import type { Answer } from './domain/change.ts';
import type { Letter } from './domain/letter.ts';
import type { Link, LinkPurpose } from './domain/link.ts';
import type { Person } from './domain/people.ts';
import type { Session, SessionKind } from './domain/session.ts';

export interface LinkOrder {
  readonly purpose: LinkPurpose;
  readonly campaign: string;
  readonly personId: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** An instant of the campaign's clock. */
  readonly now: Date;
  readonly minutes: number;
}

/** Makes links and reads them; nothing here writes. */
export interface LinkMaker {
  /** The row is committed with the message that carries the address (`Change.links`). */
  make(order: LinkOrder): { readonly link: Link; readonly url: string };
  /** The key of a link by what stands in its address; null when it is not one of ours for this purpose. */
  keyOf(purpose: LinkPurpose, token: string): string | null;
}

export interface Links {
  find(key: string): Promise<Link | null>;
}

/** What one-time forms read. */
export interface Forms {
  /** The card as this person sees it now; null when it is gone. */
  shown(card: string, personId: string): Promise<Card | null>;
  /** What was answered to one submission, if it came before. */
  answered(eventId: string): Promise<{ readonly answer: Answer | null } | null>;
  /** Letters of units whose name holds these words, not signed yet. */
  lettersOf(campaign: string, words: string, limit: number): Promise<Letter[]>;
  /** Unsigned letters of one signatory: one form for all of them (E05). */
  lettersFor(campaign: string, personId: string): Promise<Letter[]>;
}

/** A session with who it is now: the person as one campaign sees him today, with the roles that hold. */
export interface OpenSession {
  readonly session: Session;
  readonly person: Person;
}

/** Instants are real time here (DESIGN §1 "Two clocks"). New sessions are written with a change (`Change.sessions`). */
export interface Sessions {
  /** Null for none, for one that is over, and for somebody who has left. */
  find(key: string, at: Date, campaign: string, today: Day): Promise<OpenSession | null>;
  end(key: string): Promise<void>;
  /** Ends every session of a person, or those of one kind. */
  endAll(personId: string, kind?: SessionKind): Promise<void>;
  /** Drops the oldest of a person above `most`, and what is long over. */
  tidy(personId: string, most: number, at: Date): Promise<void>;
}
