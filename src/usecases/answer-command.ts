// /report, /unsigned, /overdue and /help: figures and lists, for those who may see them, with the lesser of the asker's and
// the group's rights (R50, 1.7). Names of late and unsigned people stay out of groups.
import { type Campaign, itemOf, zoneOf } from '../domain/campaign.ts';
import type { ReportCardData } from '../domain/card-data.ts';
import { commands } from '../domain/commands.ts';
import type { Figures, Tally } from '../domain/figures.ts';
import { hasRole, type Person } from '../domain/people.ts';
import { type Act, may } from '../domain/rights.ts';
import { areasIn, type Scope, scopesNamed, subjectOf, widestScope } from '../domain/scope.ts';
import { enterOwn } from './enter-record.ts';
import { findCompound } from './find-compound.ts';
import { replyCard } from './reply-card.ts';
import { type Outcome, type Situation, saying } from './service.ts';

const listed = 20;

/** A group narrows what is answered in it: a zone's group speaks of its zone. */
const groupScope = (s: Situation): Scope | null => {
  const group = s.scene.group;
  if (s.event.chat.kind === 'person' || !group || group.servesKind === 'command' || group.servesKind === 'organisation')
    return null;
  return { kind: group.servesKind, name: group.servesName };
};

const within = (campaign: Campaign, inner: Scope, outer: Scope): boolean => {
  const areas = areasIn(campaign, outer);
  return areasIn(campaign, inner).every((area) => areas.includes(area));
};

/** The scope a text names, if this person may see it here; otherwise what to say instead. */
const scopeAsked = (s: Situation, text: string, act: Act): Scope | Outcome => {
  const limit = groupScope(s);
  const widest = widestScope(s.campaign, s.person, act);
  if (!widest) return saying(s, 'not_allowed_report', { place: text || s.service.cards(s.campaign).say('whole_city') });
  if (text === '') return limit ?? widest;
  const named = scopesNamed(s.campaign, text);
  if (named.length === 0) return saying(s, 'place_unknown', { words: text, nearest: [] });
  const seen = named.filter(
    (scope) => may(s.person, act, subjectOf(s.campaign, scope)) && (!limit || within(s.campaign, scope, limit)),
  );
  if (seen.length === 0)
    return limit ? saying(s, 'other_place_in_group') : saying(s, 'not_allowed_report', { place: text });
  const [first] = seen as [Scope, ...Scope[]];
  // 东区 names a zone and an area; where one holds the other the wider one is meant.
  return seen.find((scope) => seen.every((other) => within(s.campaign, other, scope))) ?? first;
};

const isOutcome = (x: Scope | Outcome): x is Outcome => 'change' in x;

const nameOf = (s: Situation, scope: Scope): string =>
  scope.kind === 'city' ? s.service.cards(s.campaign).say('whole_city') : scope.name;

const figuresOf = (tally: Tally, scope: Scope): Figures => {
  if (scope.kind === 'city') return tally.city;
  if (scope.kind === 'zone') return tally.zones.find((z) => z.zone === scope.name) ?? tally.city;
  return tally.zones.flatMap((z) => z.areas).find((a) => a.area === scope.name) ?? tally.city;
};

const partsOf = (tally: Tally, scope: Scope): { name: string; figures: Figures }[] => {
  if (scope.kind === 'city') return tally.zones.map((z) => ({ name: z.zone, figures: z }));
  if (scope.kind === 'zone')
    return (tally.zones.find((z) => z.zone === scope.name)?.areas ?? []).map((a) => ({ name: a.area, figures: a }));
  return [];
};

export const answerReport = async (s: Situation, text: string): Promise<Outcome> => {
  const scope = scopeAsked(s, text, 'see_figures');
  if (!isOutcome(scope)) return replyCard(s, await reportOf(s, scope));
  if (text === '') return scope;
  const found = await findCompound(s, text);
  const entered = await enterOwn(s, found);
  return entered ?? (await compoundReport(s, text)) ?? (found.kind === 'said' ? found.outcome : scope);
};

/** The figures of a scope and of its parts. */
export const reportOf = async (s: Situation, scope: Scope): Promise<ReportCardData> => {
  const tally = await s.service.figured.tally(s.campaign);
  const book = s.service.cards(s.campaign);
  const rows = partsOf(tally, scope).map(({ name, figures: f }) => ({
    name,
    detail: book.say('zones_line', {
      zone: name,
      covered: f.compounds.covered,
      known: f.compounds.known,
      today: f.compounds.coveredToday,
      overdue: f.findings.overdue,
    }),
  }));
  return {
    title: book.say('report_title', { place: nameOf(s, scope) }),
    cutOffAt: tally.cutOffAt,
    figures: figuresOf(tally, scope),
    rows,
    total: rows.length,
  };
};

/** One compound: its last record and what is to be put right there. Null when the text names none the person may see. */
const compoundReport = async (s: Situation, text: string): Promise<Outcome | null> => {
  const found = await s.service.lists.compounds(s.campaign.id, text, 6);
  const seen = found.filter((c) => may(s.person, 'see_records', { area: c.area, zone: zoneOf(s.campaign, c.area) }));
  const [one, ...more] = seen;
  if (!one) return null;
  if (more.length > 0) return saying(s, 'which_compound', { names: seen.map((c) => `${c.area}${c.name}`) });
  const book = s.service.cards(s.campaign);
  const rows = [
    {
      name: book.say('last_record'),
      detail: one.recordedAt
        ? book.say('record_by', { at: one.recordedAt, by: one.recordedBy })
        : book.say('no_record'),
    },
    ...one.findings.map((f) => ({
      name: itemOf(s.campaign, f.item)?.shortLabel ?? f.item,
      detail: book.say('row_finding', { area: one.area, state: f.state, dueOn: f.dueOn }),
    })),
  ];
  return replyCard(s, { title: one.name, cutOffAt: s.now, figures: null, rows, total: rows.length });
};

export const answerUnsigned = async (s: Situation, text: string): Promise<Outcome> => {
  const scope = scopeAsked(s, text, 'see_letters');
  if (isOutcome(scope)) return scope;
  const { rows, total } = await s.service.lists.unsigned(
    s.campaign.id,
    scope.kind === 'city' ? null : areasIn(s.campaign, scope),
    listed,
  );
  const book = s.service.cards(s.campaign);
  const named = s.event.chat.kind === 'person' || s.campaign.settings.nameLatePeopleInGroups;
  return replyCard(s, {
    title: book.say('unsigned_title', { place: nameOf(s, scope), total }),
    cutOffAt: s.now,
    figures: null,
    rows: named
      ? rows.map((r) => ({
          name: r.unit,
          detail: book.say('row_letter', { area: r.area, state: r.state, reminders: r.reminders }),
        }))
      : [],
    total,
  });
};

export const answerOverdue = async (s: Situation, text: string): Promise<Outcome> => {
  const scope = scopeAsked(s, text, 'see_findings');
  if (isOutcome(scope)) return scope;
  const { rows, total } = await s.service.lists.overdue(s.campaign.id, areasIn(s.campaign, scope), s.today, listed);
  const book = s.service.cards(s.campaign);
  return replyCard(s, {
    title: book.say('overdue_title', { place: nameOf(s, scope), total }),
    cutOffAt: s.now,
    figures: null,
    rows: rows.map((r) => ({
      name: r.compound,
      detail: `${itemOf(s.campaign, r.item)?.shortLabel ?? r.item} · ${book.say('row_finding', { area: r.area, state: r.state, dueOn: r.dueOn })}`,
    })),
    total,
  });
};

/** The commands whose help this person sees. */
export const commandsFor = (person: Person): typeof commands =>
  commands.filter((c) => c.roles.length === 0 || c.roles.some((role) => hasRole(person, role)));

export const answerHelp = (s: Situation): Outcome => {
  const book = s.service.cards(s.campaign);
  const rows = commandsFor(s.person).map((c) => ({
    name: book.say(`help_${c.name}`),
    detail: book.say(`help_${c.name}_does`),
  }));
  return replyCard(s, {
    title: book.say('help_title'),
    cutOffAt: s.now,
    timeless: true,
    figures: null,
    rows: [...rows, { name: book.say('help_answer'), detail: book.say('help_answer_does') }],
    total: rows.length,
  });
};
