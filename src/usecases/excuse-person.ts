// /excuse 张工 4月25日-27日 病假: leave is recorded by whoever answers for the person; /excuse 张工 取消 ends it (E13).
import { type Absence, cutShort, dutiesExcused, dutiesOwedAgain } from '../domain/absence.ts';
import { allOf, type Change } from '../domain/change.ts';
import type { Person } from '../domain/people.ts';
import { may } from '../domain/rights.ts';
import { spokenSpan } from '../domain/spoken-day.ts';
import { findPerson } from './find-person.ts';
import { dutiesMoved } from './move-duties.ts';
import { actOf, eventOf, type Outcome, type Situation, saying } from './service.ts';

const withdrawn = /^(?:取消|撤销|销假|cancel)$/iu;
const longestReason = 50;

const mayExcuse = (s: Situation, person: Person): boolean =>
  person.id !== s.person.id &&
  may(s.person, 'excuse', {
    organisation: person.organisation,
    department: person.department === null ? null : `${person.organisation ?? ''}/${person.department}`,
    area: person.area,
  });

export const answerExcuse = async (s: Situation, text: string): Promise<Outcome> => {
  if (text === '') return saying(s, 'excuse_how');
  const found = await findPerson(s, text, (person) => mayExcuse(s, person));
  if (found.kind === 'said') return found.outcome;
  const { person, rest } = found;
  if (withdrawn.test(rest)) return endLeave(s, person);
  const span = spokenSpan(rest, s.today);
  if (!span) return saying(s, 'excuse_days', { name: person.name });
  if (!span.days) return saying(s, 'days_wrong', { words: span.words });
  return recordLeave(s, person, span.days, span.rest.slice(0, longestReason) || null);
};

const dutiesAndLeave = async (s: Situation, person: Person) => {
  const campaigns = s.service.campaigns.all().map((campaign) => campaign.id);
  const [duties, absences] = await Promise.all([
    s.service.people.homeDuties(campaigns, [person.id], s.today),
    s.service.people.absences(person.id, s.today),
  ]);
  return { duties, absences };
};

const recordLeave = async (
  s: Situation,
  person: Person,
  days: { readonly from: string; readonly to: string },
  reason: string | null,
): Promise<Outcome> => {
  const { duties, absences } = await dutiesAndLeave(s, person);
  if (absences.some((a) => a.from === days.from && a.to === days.to))
    return saying(s, 'excuse_known', { name: person.name, ...days });
  const absence: Absence = {
    id: s.service.ids.next(),
    personId: person.id,
    ...days,
    reason,
    byId: s.person.id,
    at: s.now,
  };
  const steps = dutiesExcused(duties, [...absences, absence]);
  const change: Change = {
    absences: [absence],
    events: [eventOf(s, 'person.excused', { kind: 'person', id: person.id }, { ...days, reason })],
  };
  return {
    ...saying(s, 'excused', { name: person.name, ...days, duty: steps.length > 0 }),
    change: allOf([change, dutiesMoved(s.service, steps, actOf(s))]),
  };
};

const endLeave = async (s: Situation, person: Person): Promise<Outcome> => {
  const { duties, absences } = await dutiesAndLeave(s, person);
  if (absences.length === 0) return saying(s, 'excuse_none', { name: person.name });
  const ended = absences.map((absence) => cutShort(absence, s.today));
  const change: Change = {
    absences: ended,
    events: [
      eventOf(
        s,
        'person.returned',
        { kind: 'person', id: person.id },
        { absences: ended.map((absence) => absence.id) },
      ),
    ],
  };
  return {
    ...saying(s, 'excuse_ended', { name: person.name }),
    change: allOf([change, dutiesMoved(s.service, dutiesOwedAgain(duties, ended, s.today), actOf(s))]),
  };
};
