// An act of the office: asked of `may()`, decided on the records as they stand, and committed with its event. Two of the
// office who act at once do so one after the other: the second one decides anew on what the first one did.
import type { Campaign } from '../../domain/campaign.ts';
import type { Change } from '../../domain/change.ts';
import type { Person } from '../../domain/people.ts';
import { Problem } from '../../domain/problem.ts';
import { may } from '../../domain/rights.ts';
import { raiseObligations } from '../raise-obligations.ts';
import type { Service, Situation } from '../service.ts';

/** Who acts, in which campaign, when: what each event says. */
export type OfficeActing = Pick<Situation, 'service' | 'campaign' | 'now' | 'today'> & {
  readonly person: Pick<Person, 'id' | 'name'>;
  /** The message it came from; null for pages and the API. */
  readonly inbound: string | null;
};

export interface Decided<T> {
  readonly change: Change;
  readonly answer: T;
}

export interface OfficeOrder {
  readonly campaign: Campaign;
  /** Null = the API's token, which acts as the office (REQUIREMENTS 1.7). */
  readonly by: Person | null;
}

const attempts = 5;

/** Throws `not-allowed`, and whatever `decide` finds wrong; `stale` if others were faster again and again. */
export const actAsOffice = async <T>(
  service: Service,
  { campaign, by }: OfficeOrder,
  decide: (acting: OfficeActing) => Promise<Decided<T>>,
): Promise<T> => {
  const { office } = campaign.organisation;
  if (by && !may(by, 'administer')) throw new Problem('not-allowed', { who: office });
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const now = service.clock.now();
    const { change, answer } = await inTurn(
      {
        service,
        campaign,
        now,
        today: campaign.calendar.dayOf(now),
        person: by ?? { id: 'api', name: office },
        inbound: null,
      },
      decide,
    );
    if ((await service.committer.commit(change)) === 'stale') continue;
    if (changesCampaigns(change)) await service.campaigns.refresh?.();
    // Whoever came, left or took a seat owes accordingly, from now on and not only from tomorrow's morning.
    if (changesObligations(change)) await raiseObligations(service, campaign, service.clock.now());
    service.wake();
    return answer;
  }
  throw new Problem('stale');
};

/** The decision with the turn it takes: to be committed as it is, or with the message that asked for it. */
export const inTurn = async <T>(
  acting: OfficeActing,
  decide: (acting: OfficeActing) => Promise<Decided<T>>,
): Promise<Decided<T>> => {
  // Read first: what changes after it makes the commit stale.
  const turn = await acting.service.registry.turn();
  const { change, answer } = await decide(acting);
  return { change: { ...change, turns: [{ id: 'registry', version: turn + 1 }] }, answer };
};

const changesObligations = ({ holdings, units, peopleChanged, homes }: Change): boolean =>
  [holdings, units, peopleChanged, homes].some((rows) => rows !== undefined && rows.length > 0);

/** What the campaigns in memory are read anew for. */
export const changesCampaigns = (change: Change): boolean =>
  [change.phaseChanges, change.settingChanges, change.zoneAreas].some((rows) => rows !== undefined && rows.length > 0);
