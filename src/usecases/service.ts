// What the use cases are handed: the ports, the campaigns and the clock. Made once in main.ts.
import type { Campaign } from '../domain/campaign.ts';
import type { Answer, Change } from '../domain/change.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Person } from '../domain/people.ts';
import type {
  Bulletin,
  CampaignBook,
  Campaigns,
  ChannelSupport,
  Clock,
  Committer,
  Figured,
  HandOvers,
  Ids,
  InboundEvent,
  Lists,
  Log,
  Notices,
  Obligations,
  Planning,
  Roster,
  Scene,
  Scenes,
  Selfcheck,
} from '../ports.ts';
import type { Findings, SpotChecks, TownReports } from '../ports-city-town.ts';
import type { Holds } from '../ports-delivery.ts';
import type { Registry, SettingRules } from '../ports-office.ts';
import type { People } from '../ports-people.ts';
import type { PhotoRecords, PhotoShelf } from '../ports-photos.ts';
import type { Forms, LinkMaker } from '../ports-web.ts';

export interface Service {
  readonly campaigns: Campaigns;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Chance that nobody can foresee, and that can be shown afterwards: what a draw is made from. */
  readonly seed: () => string;
  /** SHA-256 in hex. */
  readonly digest: (text: string) => string;
  readonly cards: CampaignBook;
  readonly committer: Committer;
  readonly scenes: Scenes;
  readonly roster: Roster;
  readonly planning: Planning;
  readonly obligations: Obligations;
  readonly notices: Notices;
  readonly findings: Findings;
  readonly spotChecks: SpotChecks;
  readonly bulletin: Bulletin;
  readonly townReports: TownReports;
  readonly handOvers: HandOvers;
  readonly selfcheck: Selfcheck;
  readonly figured: Figured;
  readonly lists: Lists;
  readonly links: LinkMaker;
  readonly people: People;
  readonly registry: Registry;
  readonly settingRules: SettingRules;
  readonly forms: Forms;
  readonly photos: PhotoRecords;
  readonly shelf: PhotoShelf;
  readonly supports: (channel: ChannelName) => ChannelSupport;
  readonly log: Log;
  readonly holds: Holds;
  /** There is something new to deliver. */
  readonly wake: () => void;
}

/** One inbound event with all that it is judged by. */
export interface Situation {
  readonly service: Service;
  readonly campaign: Campaign;
  readonly event: InboundEvent;
  readonly scene: Scene;
  readonly person: Person;
  readonly now: Date;
  readonly today: string;
  /** How records name the message they came from. */
  readonly inbound: string;
}

/** What an act comes to: what is written, and what the person sees at once. */
export interface Outcome {
  readonly change: Change;
  readonly answer: Answer | null;
}

type Acting = Pick<Situation, 'campaign' | 'now'> & {
  readonly inbound: string | null;
  readonly person: Pick<Person, 'id' | 'name'>;
};

/** By whom, when and from which message: what each record of an act says (R44). */
export const actOf = ({ now, inbound, person }: Acting): Pick<DomainEvent, 'at' | 'by' | 'inbound'> => ({
  at: now,
  by: { id: person.id, name: person.name },
  inbound,
});

/** An act as it stands in the log: what was done to what, by whoever is acting. `kind`: `noun.past`. */
export const eventOf = (
  acting: Acting,
  kind: string,
  subject: DomainEvent['subject'],
  data: DomainEvent['data'] = {},
): DomainEvent => ({
  ...actOf(acting),
  campaign: acting.campaign.id,
  kind,
  subject,
  data,
});

/** Only words: nothing is written but the inbound row with this answer. */
export const saying = (
  situation: Pick<Situation, 'service' | 'campaign'>,
  key: string,
  data: Readonly<Record<string, unknown>> = {},
): Outcome => ({
  change: {},
  answer: { toast: situation.service.cards(situation.campaign).say(key, data) },
});
