// 接龙: one message in which each line is another person's report. Whoever may enter for these people sends it; each clear
// line becomes that person's record under both names, every other line is listed back, and nothing is guessed (R06).
import type { Assignment } from '../domain/assignment.ts';
import { checklistAsked, checklistOf, inspectingStrand } from '../domain/campaign.ts';
import { allOf, type Change } from '../domain/change.ts';
import { recordInspection } from '../domain/recording.ts';
import { type DoubtfulLine, type RelayEntry, readRelay } from '../domain/reply/relay-list.ts';
import { may } from '../domain/rights.ts';
import type { TeamMember } from '../ports.ts';
import { redrawGroupCards } from './record-answers.ts';
import { replyCard } from './reply-card.ts';
import { seeCompound } from './see-compound.ts';
import { type Outcome, type Situation, saying } from './service.ts';

type Line = { readonly name: string; readonly detail: string };

export const recordRelay = async (s: Situation, text: string): Promise<Outcome> => {
  const team = await s.service.roster.team(s.campaign.id, s.person.id, s.today);
  const mine = team.filter((member) => mayEnterFor(s, member));
  if (mine.length === 0) return saying(s, 'relay_not_allowed');
  const book = s.service.cards(s.campaign);
  const checklist = checklistOf(s.campaign, inspectingStrand(s.campaign, 'zone'));
  const { entries, doubtful } = readRelay(
    text,
    checklist,
    mine.map((member) => member.name),
  );
  const changes: Change[] = [];
  const rows: Line[] = [];
  for (const entry of entries) {
    const member = mine.find((m) => m.name === entry.name);
    const done = member && (await recordLine(s, member, entry));
    if (done) changes.push(done.change);
    rows.push({
      name: entry.name,
      detail: done ? book.say('relay_recorded', { compound: done.compound }) : book.say('relay_unclear'),
    });
  }
  rows.push(...doubtful.map((line) => ({ name: quoted(line), detail: book.say('relay_unclear') })));
  const title = book.say('relay_title', { recorded: changes.length, unclear: rows.length - changes.length });
  const shown = replyCard(s, { title, cutOffAt: s.now, figures: null, rows, total: rows.length }, true);
  return { answer: null, change: allOf([...changes, shown.change]) };
};

const mayEnterFor = (s: Situation, member: TeamMember): boolean =>
  member.id === s.person.id ||
  may(s.person, 'proxy', { zone: member.zone, area: member.area, department: member.department });

const quoted = ({ line }: DoubtfulLine): string => `“${line.trim().slice(0, 30)}”`;

/** The line for the checklist that this assignment asks, where that is not the one given out now (E30). */
const readAgain = (s: Situation, assignment: Assignment, name: string, line: string): RelayEntry['reading'] | null => {
  const asked = checklistAsked(s.campaign, assignment);
  if (asked.id === checklistOf(s.campaign, assignment.strand).id) return null;
  return readRelay(line, asked, [name]).entries[0]?.reading ?? null;
};

/** One line's record: of the compound it names, or of the only one that is open; null when neither is clear. */
const recordLine = async (
  s: Situation,
  member: TeamMember,
  { line, reading: heard }: RelayEntry,
): Promise<{ change: Change; compound: string } | null> => {
  const tasks = await s.service.scenes.openTasks(s.campaign.id, member.id, s.today);
  const named = tasks.filter((task) => line.includes(task.compound));
  const [task, ...others] = named.length > 0 ? named : tasks;
  const compoundId = task?.assignment.compoundId;
  if (!task || !compoundId || others.length > 0) return null;
  const inspector = await s.service.roster.person(member.id, s.campaign.id, s.today);
  const seen = inspector && (await seeCompound(s, compoundId, { inspector }));
  if (!seen) return null;
  const { visit } = seen;
  const reading = readAgain(s, task.assignment, member.name, line) ?? heard;
  const source = { channel: s.event.channel, kind: 'proxy' as const, text: line, spans: reading.spans };
  const enteredBy = member.id === s.person.id ? null : s.person;
  const filled = { answers: reading.answers, note: reading.note, checkOn: s.today, source, enteredBy };
  const recording = recordInspection(visit, filled, s.now, s.inbound, () => s.service.ids.next());
  if (recording.kind !== 'recorded') return null;
  return {
    change: allOf([recording.change, redrawGroupCards(seen.s, recording.change)]),
    compound: visit.compound.name,
  };
};
