// A new requirement handed on (R05a, R36): to which zones, in which version, and who of those it is for has read it.
import { areasOf, type Campaign, zonesOf } from './campaign.ts';
import type { Person } from './people.ts';
import { may } from './rights.ts';

export interface Notice {
  readonly id: string;
  readonly campaign: string;
  readonly version: number;
  /** The earlier version this one stands in the place of. */
  readonly replacesId: string | null;
  readonly text: string;
  readonly urgent: boolean;
  readonly zones: readonly string[];
  readonly byId: string;
  readonly byName: string;
  readonly at: Date;
}

export interface NoticeReading {
  readonly noticeId: string;
  readonly personId: string;
  readonly readAt: Date;
}

/** The zones whose people this person may tell something; urgent matters may come from more people. */
export const zonesToTell = (campaign: Campaign, person: Person, urgent: boolean): string[] =>
  zonesOf(campaign).filter((zone) => may(person, urgent ? 'notice_urgent' : 'notice', { zone }));

export interface NoticeOrder {
  readonly urgent: boolean;
  readonly correcting: boolean;
  /** Empty = all the person may tell. */
  readonly zones: readonly string[];
  readonly text: string;
}

/** The words that stand before a notice's own: 紧急, 更正, and the zones it is for, in any order. */
export interface NoticeWords {
  readonly urgent: readonly string[];
  readonly correction: readonly string[];
  readonly everywhere: readonly string[];
}

/** What a command asks to be told: `紧急 东区组团 4月22日起…`. */
export const readNotice = (campaign: Campaign, typed: string, words: NoticeWords): NoticeOrder => {
  const zones = new Set<string>();
  let urgent = false;
  let correcting = false;
  let text = typed.trim();
  for (;;) {
    const [word = ''] = text.split(/[\s，,、：:]+/, 1);
    const named = zonesOf(campaign).filter((zone) => zone === word || zone === `${word}组团`);
    if (words.urgent.includes(word)) urgent = true;
    else if (words.correction.includes(word)) correcting = true;
    else if (named.length > 0) for (const zone of named) zones.add(zone);
    else if (!words.everywhere.includes(word)) return { urgent, correcting, zones: [...zones], text };
    text = text.slice(word.length).replace(/^[\s，,、：:]+/, '');
  }
};

const longestTitle = 24;

/** The first clause stands as the card's title: what is wanted is read first (VOICE 1). */
export const titleOf = (text: string): string => {
  const [clause = text] = text.split(/[。；;\n]/, 1);
  return clause.length <= longestTitle ? clause : `${clause.slice(0, longestTitle)}…`;
};

/** The areas of the zones it is for: their towns are told too. */
export const areasTold = (campaign: Campaign, notice: Pick<Notice, 'zones'>): string[] =>
  notice.zones.flatMap((zone) => areasOf(campaign, zone));
