// /correct 阳光花园 第4项改为否: one's own record, or one of those over whom one stands; also its basic information: 物业企业,
// 部门, 检查日期 (E10, R19). The older version is kept.
import { basicWords } from '../domain/basics.ts';
import { checklistAsked } from '../domain/campaign.ts';
import { mayCorrect } from '../domain/correction.ts';
import { editDistance } from '../domain/edit-distance.ts';
import type { Inspection } from '../domain/inspection.ts';
import { spokenDay } from '../domain/spoken-day.ts';
import { askWhich } from './ask-which.ts';
import { checklistForm } from './checklist-form.ts';
import { findCompound } from './find-compound.ts';
import { checkDay, read } from './read-typed-answer.ts';
import { correct } from './record-answers.ts';
import { seeCompound } from './see-compound.ts';
import { type Outcome, type Situation, saying } from './service.ts';
import { show } from './show-card.ts';

const nearestCompanies = 3;

export const answerCorrect = async (s: Situation, text: string): Promise<Outcome> => {
  if (text === '') return saying(s, 'correct_how');
  const found = await findCompound(s, text);
  if (found.kind === 'said') return found.outcome;
  if (found.kind === 'none') return saying(s, 'compound_unknown', { words: text.slice(0, 20) });
  const meant = await recordMeant(s, found.compound.id, found.compound.name, found.rest);
  if ('change' in meant) return meant;
  return meant.rest === '' ? showForm(s, meant.record) : applied(s, meant.record, meant.rest);
};

interface Meant {
  readonly record: Inspection;
  readonly rest: string;
}

/** One's own record there; else the only one that one may correct, or the inspector's who is named. */
const recordMeant = async (s: Situation, compoundId: string, name: string, rest: string): Promise<Meant | Outcome> => {
  const { scenes, roster } = s.service;
  const own = await scenes.lastRecord(s.campaign.id, s.person.id, compoundId);
  const all = await scenes.otherRecords(s.campaign.id, compoundId, own?.id ?? '');
  const organisations = await Promise.all(all.map((r) => roster.person(r.inspectorId, s.campaign.id, s.today)));
  const open = all.filter((r, i) =>
    mayCorrect(s.campaign, s.person, r, organisations[i]?.organisation ?? null, s.today),
  );
  const named = open.find((r) => rest.startsWith(r.inspectorName));
  if (named) return { record: named, rest: rest.slice(named.inspectorName.length).trim() };
  if (own) return { record: own, rest };
  const [one, ...others] = open;
  if (one && others.length === 0) return { record: one, rest };
  if (!one) return saying(s, all.length > 0 ? 'correction_closed' : 'no_record_to_correct', { role: 'liaison' });
  const typed = s.event.body.kind === 'text' ? s.event.body.text : '';
  const label = (r: Inspection) =>
    s.service.cards(s.campaign).say('record_by', { at: r.enteredAt, by: r.inspectorName });
  return askWhich(
    s,
    'which_person',
    name,
    open.map((r) => ({ label: label(r), says: typed.replace(name, `${name} ${r.inspectorName}`) })),
  );
};

/** Without a word of what is wrong: the form, for this record. */
const showForm = async (s: Situation, record: Inspection): Promise<Outcome> => {
  const [compound] = await s.service.scenes.compounds([record.compoundId], s.today);
  if (!compound) return saying(s, 'card_refreshed');
  const { strand, checklist } = record;
  const unplanned = { strand, checklist, reasons: [], to: null, kind: 'extra' as const };
  return show(s, {
    kind: 'checklist',
    draws: checklistForm(s.campaign, compound, record.inspectorName, record.checkOn, unplanned, false),
    data: { compound: compound.id, inspection: record.id, correcting: record.id, strand, checklist },
  });
};

const applied = async (s: Situation, record: Inspection, text: string): Promise<Outcome> => {
  const words = basicWords(text);
  const company = words.company == null ? words.company : await companyMeant(s, words.company);
  if (typeof company === 'object' && company !== null) return company;
  const day = dayMeant(s, words.rest);
  if (day && 'change' in day) return day;
  const basics = {
    ...(company === undefined ? {} : { company }),
    ...(words.department === undefined ? {} : { department: words.department }),
    ...(day ? { checkOn: day.day } : {}),
  };
  const reading = read(checklistAsked(s.campaign, record), `更正：${words.rest}`, []);
  const says = Object.values(reading.answers).some((value) => value !== null) || reading.note !== null;
  if (!says && Object.keys(basics).length === 0)
    return saying(s, 'answers_unclear', { words: text, compound: `/更正 ${record.compoundName}` });
  const seen = await seeCompound(s, record.compoundId, { checkOn: day?.day ?? s.today });
  if (!seen) return saying(s, 'card_refreshed');
  return correct(seen.s, seen.visit, record.id, {
    answers: says ? reading.answers : {},
    note: says ? reading.note : null,
    source: { channel: s.event.channel, kind: 'text', text },
    ...basics,
  });
};

/** 检查日期 4月20日, 昨天查的, or the day alone. */
const dayMeant = (s: Situation, rest: string): ReturnType<typeof checkDay> => {
  const alone = spokenDay(rest.replace(/^(?:检查)?日期(?:改|应)?(?:为|是|[:：])?/u, ''), s.today, 'back');
  return checkDay(s, alone ? `检查日期${alone.words}` : rest);
};

/** A company of the registry: a record names none that does not exist. */
const companyMeant = async (s: Situation, words: string): Promise<string | Outcome> => {
  const names = (await s.service.roster.units(s.today)).map((unit) => unit.name);
  if (names.includes(words)) return words;
  const holding = names.filter((name) => name.includes(words));
  const [only, ...others] = holding;
  if (only !== undefined && others.length === 0) return only;
  const near = (holding.length > 0 ? holding : names)
    .map((name) => ({ name, far: editDistance(name, words) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, nearestCompanies);
  return saying(s, 'company_unknown', { words, nearest: near.map(({ name }) => name) });
};
