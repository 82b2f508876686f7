// What is true at one compound for one inspector, read anew: for a compound that words named, for somebody else whose record
// is entered (R06), for a check of another day (E25). The card that was pressed stays the presser's.
import type { Day } from '../domain/calendar.ts';
import type { Person } from '../domain/people.ts';
import type { Visit } from '../domain/visit.ts';
import type { Situation } from './service.ts';

interface Sight {
  readonly s: Situation;
  readonly visit: Visit;
}

export const visitOf = (s: Situation, person: Person = s.person): Visit | null =>
  s.scene.compound && {
    campaign: s.campaign,
    person,
    compound: s.scene.compound,
    own: s.scene.own,
    colleagues: s.scene.colleagues,
    previous: s.scene.previous,
    coverage: s.scene.coverage,
    findings: s.scene.findings,
  };

export const seeCompound = async (
  s: Situation,
  compoundId: string,
  { inspector = s.person, checkOn = s.today }: { readonly inspector?: Person; readonly checkOn?: Day } = {},
): Promise<Sight | null> => {
  const scene = await s.service.scenes.scene({
    event: s.event,
    cardId: s.scene.card?.id ?? null,
    compoundId,
    ...(inspector.id === s.person.id ? {} : { personId: inspector.id }),
    campaign: s.campaign.id,
    day: s.today,
    dayStart: s.campaign.calendar.instant(s.today, '00:00'),
  });
  const seen: Situation = { ...s, scene: { ...scene, card: s.scene.card, view: s.scene.view } };
  const visit = visitOf(seen, inspector);
  return visit && { s: seen, visit: checkOn === s.today ? visit : await onDay(s, visit, checkOn) };
};

/** As things stood on the day of the check: who managed the compound (E03), and whether the inspector lived there (E16). */
const onDay = async (s: Situation, visit: Visit, checkOn: Day): Promise<Visit> => {
  const [[then], homes] = await Promise.all([
    s.service.scenes.compounds([visit.compound.id], checkOn),
    s.service.people.formerHomes(visit.person.id),
  ]);
  const livedThere = homes.some((home) => home.compoundId === visit.compound.id && checkOn <= home.until);
  return { ...visit, compound: then ?? visit.compound, livedThere };
};
