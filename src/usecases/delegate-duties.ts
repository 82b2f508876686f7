// /delegate 李工: my open inspections are his to do; /delegate 李工 4月25日-27日: he holds my seats on these days. A
// department head or zone lead names both: /delegate 张工 李工 (E13). The signature of a letter is nobody's but the head's.
import { allOf, type Change } from '../domain/change.ts';
import { delegableSeats, type Handover, handovers } from '../domain/delegation.ts';
import { hasRole, type Person } from '../domain/people.ts';
import { may } from '../domain/rights.ts';
import { inWorkingHours } from '../domain/sending.ts';
import { spokenSpan } from '../domain/spoken-day.ts';
import { cardMessage, sending } from './card-message.ts';
import { checklistForm } from './checklist-form.ts';
import { findPerson } from './find-person.ts';
import { dutiesMoved } from './move-duties.ts';
import { actOf, eventOf, type Outcome, type Situation, saying } from './service.ts';

const mayDelegateFor = (s: Situation, person: Person): boolean =>
  may(s.person, 'delegate', {
    personId: person.id,
    department: person.department === null ? null : `${person.organisation ?? ''}/${person.department}`,
    area: person.area,
  }) || person.roles.some((held) => held.scopeKind === 'zone' && may(s.person, 'delegate', { zone: held.scope }));

/** Colleagues: of the same organisation, or of the same zone. */
const areColleagues = (a: Person, b: Person): boolean =>
  a.id !== b.id &&
  ((a.organisation !== null && a.organisation === b.organisation) ||
    a.roles.some((held) => held.scopeKind === 'zone' && hasZone(b, held.scope)));
const hasZone = (person: Person, zone: string): boolean =>
  person.roles.some((held) => held.scopeKind === 'zone' && held.scope === zone);

export const answerDelegate = async (s: Situation, text: string): Promise<Outcome> => {
  const span = spokenSpan(text, s.today);
  if (span && !span.days) return saying(s, 'days_wrong', { words: span.words });
  const words = span?.rest ?? text;
  const [one, two] = words.split(/[\s，,、]+/u).filter((word) => word !== '');
  if (one === undefined) return saying(s, 'delegate_how');
  const named = two === undefined ? null : await findPerson(s, words, (person) => mayDelegateFor(s, person));
  if (named?.kind === 'said') return named.outcome;
  const principal = named?.person ?? s.person;
  const deputy = await findPerson(s, named?.rest ?? words, (person) => areColleagues(principal, person));
  if (deputy.kind === 'said') return deputy.outcome;
  const days = span?.days ?? null;
  return days ? delegateSeats(s, principal, deputy.person, days) : delegateDuties(s, principal, deputy.person);
};

/** Why there is nothing to hand over. */
const nothing = (s: Situation, principal: Person): Outcome =>
  saying(s, hasRole(principal, 'signatory') ? 'delegate_no_signature' : 'delegate_nothing', { name: principal.name });

const delegateSeats = (
  s: Situation,
  principal: Person,
  deputy: Person,
  { from, to }: { readonly from: string; readonly to: string },
): Outcome => {
  if (to < s.today) return saying(s, 'days_over');
  const held = delegableSeats(principal.roles).filter(
    (seat) => !deputy.roles.some((own) => own.role === seat.role && own.scope === seat.scope),
  );
  if (held.length === 0) return nothing(s, principal);
  const holdings = held.map(({ role, scopeKind, scope }) => ({
    id: s.service.ids.next(),
    personId: deputy.id,
    role,
    // A seat is handed over in the campaign that was spoken in; zones of the same name may be another's there.
    campaign: s.campaign.id,
    scopeKind,
    scope,
    from,
    to,
    batch: null,
    deputyFor: principal.id,
  }));
  return {
    ...saying(s, 'delegated_seats', {
      name: principal.name,
      deputy: deputy.name,
      from,
      to,
      roles: [...new Set(held.map((seat) => seat.role))],
    }),
    change: {
      holdings,
      events: [
        eventOf(
          s,
          'person.deputised',
          { kind: 'person', id: principal.id },
          { deputy: deputy.id, from, to, roles: holdings.map((h) => h.id) },
        ),
      ],
    },
  };
};

const delegateDuties = async (s: Situation, principal: Person, deputy: Person): Promise<Outcome> => {
  if (!may(deputy, 'inspect', { personId: deputy.id })) return saying(s, 'deputy_inspects_not', { name: deputy.name });
  const tasks = await s.service.scenes.openTasks(s.campaign.id, principal.id, s.today);
  const moved = handovers(
    tasks.map((task) => task.assignment),
    deputy.id,
    s.today,
    s.now,
    () => s.service.ids.next(),
  );
  if (moved.length === 0) return nothing(s, principal);
  const change: Change = {
    assignments: moved.map(({ taken }) => taken),
    events: moved.map(({ taken: { id, compoundId, standsFor } }) =>
      eventOf(
        s,
        'assignment.given',
        { kind: 'assignment', id },
        { person: deputy.id, compound: compoundId, standsFor },
      ),
    ),
  };
  const steps = moved.map(({ before, given }) => ({ before, after: given }));
  return {
    ...saying(s, 'delegated_duties', {
      name: principal.name,
      deputy: deputy.name,
      compounds: tasks.filter((t) => moved.some((m) => m.before.id === t.assignment.id)).map((t) => t.compound),
    }),
    change: allOf([change, dutiesMoved(s.service, steps, actOf(s)), await cardsFor(s, principal, deputy, moved)]),
  };
};

/** The deputy gets the checklist of each, which says for whom it is: in working hours, as nothing he asked for. */
const cardsFor = async (
  s: Situation,
  principal: Person,
  deputy: Person,
  moved: readonly Handover[],
): Promise<Change> => {
  const { roster, scenes } = s.service;
  const [reach, compounds] = await Promise.all([
    roster.reach([deputy.id]),
    scenes.compounds(
      moved.flatMap(({ taken }) => taken.compoundId ?? []),
      s.today,
    ),
  ]);
  const to = reach.get(deputy.id)?.to;
  if (!to) return {};
  return sending(
    moved.flatMap(({ taken }) => {
      const compound = compounds.find((c) => c.id === taken.compoundId);
      if (!compound) return [];
      const draws = checklistForm(s.campaign, compound, deputy.name, s.today, { ...taken, kind: 'zone' }, false);
      return cardMessage(s.service, s.campaign, s.now, {
        key: `deputy:${taken.id}`,
        to,
        kind: 'checklist',
        as: 'assignment',
        draws: { ...draws, onBehalfOf: principal.name },
        data: { assignment: taken.id, compound: compound.id, strand: taken.strand, checklist: taken.checklist },
        about: [{ kind: 'assignment', id: taken.id }],
        window: inWorkingHours(s.campaign.calendar, s.campaign.settings, s.now),
      });
    }),
  );
};
