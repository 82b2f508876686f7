// /fixed, /verify, /reopen and /refer: a finding is named by its compound and item and moved at once; where several fit, or
// none is named, the card offers those that this person may act on (R39, R40, R43).
import { areasOf } from '../domain/campaign.ts';
import { allOf } from '../domain/change.ts';
import { type FindingWords, readFindingWords } from '../domain/finding-words.ts';
import { scopesOf } from '../domain/people.ts';
import type { NotedFinding } from '../ports-city-town.ts';
import { findingForm, recheckForm } from './finding-card.ts';
import { lookBackTasks, type Move, mayMove, moveFinding, refusedMove, startsFrom } from './move-finding.ts';
import { type Outcome, type Situation, saying } from './service.ts';
import { show } from './show-card.ts';

const mostOnCard = 20;

/** Which of the moves a command means for this person: a town reports, others only claim. */
type Command = 'fixed' | 'verify' | 'reopen' | 'refer';
const movesOf: Readonly<Record<Command, readonly Move[]>> = {
  fixed: ['report', 'claim'],
  verify: ['verify'],
  reopen: ['reopen'],
  refer: ['refer'],
};

interface Possible {
  readonly move: Move;
  readonly noted: NotedFinding;
}

const answering =
  (command: Command) =>
  async (s: Situation, text: string): Promise<Outcome> => {
    const states = movesOf[command].flatMap((move) => startsFrom[move]);
    const tasks = await lookBackTasks(s);
    const possible = (noted: readonly NotedFinding[]): Possible[] =>
      noted.flatMap((one) => {
        const move = movesOf[command].find(
          (m) => startsFrom[m].includes(one.finding.state) && mayMove(s, m, one, tasks),
        );
        return move ? [{ move, noted: one }] : [];
      });

    if (text === '') {
      const own = await s.service.findings.noted({
        campaign: s.campaign.id,
        states,
        areas: [...scopesOf(s.person, 'town_contact'), ...scopesOf(s.person, 'town_head')],
        zones: scopesOf(s.person, 'supervisor'),
        units: scopesOf(s.person, 'signatory'),
        limit: mostOnCard,
      });
      const offered = [...own, ...(await atTasks(s, states, tasks, own))];
      return offer(s, command, possible(offered));
    }

    const meant = await compoundMeant(s, text);
    if ('change' in meant) return meant;
    const { compounds, words } = meant;
    if (words.unknown.length > 0) return saying(s, 'item_unknown', { nums: words.unknown, most: itemsOf(s).length });
    const there = (await notedAt(s, compounds)).filter(
      ({ finding }) => words.items.length === 0 || words.items.includes(finding.item),
    );
    const ready = there.filter(({ finding }) => states.includes(finding.state));
    const [first] = there;
    if (ready.length === 0) return first ? whyNot(s, command, first, tasks) : nothingThere(s, meant);
    const mine = possible(ready);
    const [one] = mine;
    if (!one) return refusedMove(s, (movesOf[command] as readonly [Move])[0], ready[0] as NotedFinding);
    if (mine.length === 1 || words.items.length > 0) return moveAll(s, mine, words.remark);
    return offer(s, command, mine);
  };

export const answerFixed = answering('fixed');
export const answerVerify = answering('verify');
export const answerReopen = answering('reopen');
export const answerRefer = answering('refer');

const itemsOf = (s: Situation) => s.campaign.checklists.flatMap((checklist) => checklist.items);

const atTasks = async (
  s: Situation,
  states: Parameters<Situation['service']['findings']['noted']>[0]['states'],
  tasks: ReadonlySet<string>,
  known: readonly NotedFinding[],
): Promise<NotedFinding[]> => {
  if (tasks.size === 0) return [];
  const found = await s.service.findings.noted({
    campaign: s.campaign.id,
    states,
    compounds: [...tasks],
    limit: mostOnCard,
  });
  return found.filter((one) => !known.some((other) => other.finding.id === one.finding.id));
};

interface Meant {
  readonly name: string;
  readonly compounds: readonly string[];
  readonly words: FindingWords;
}

/** The compounds of the longest name in the text, and what else it says; a name nobody has gets the nearest ones. */
const compoundMeant = async (s: Situation, text: string): Promise<Meant | Outcome> => {
  const named = await s.service.lists.compoundsIn(text, areasOf(s.campaign));
  const [longest] = named;
  if (!longest) {
    const [word = text] = text.split(/\s+/);
    const near = await s.service.lists.compounds(s.campaign.id, word.slice(0, 20), 4);
    return near.length > 0
      ? saying(s, 'compound_near', { words: word.slice(0, 20), names: near.map((c) => c.name) })
      : saying(s, 'compound_unknown', { words: word.slice(0, 20) });
  }
  const same = named.filter((c) => c.words === longest.words);
  // 东区街道阳光花园: an area that is written says which of two compounds of one name is meant.
  const inArea = same.filter((c) => text.includes(c.area));
  const meant = inArea.length > 0 ? inArea : same;
  const rest = meant.reduce((words, c) => words.replace(c.area, ' '), text.replace(longest.words, ' '));
  return {
    name: longest.words,
    compounds: meant.map((c) => c.id),
    words: readFindingWords(itemsOf(s), rest),
  };
};

const notedAt = (s: Situation, compounds: readonly string[]): Promise<NotedFinding[]> =>
  s.service.findings.noted({
    campaign: s.campaign.id,
    states: ['open', 'notified', 'claimed', 'reported', 'reopened', 'verified', 'fixed_on_spot'],
    compounds,
    limit: mostOnCard,
  });

const nothingThere = (s: Situation, { name }: Meant): Outcome => saying(s, 'no_finding_there', { compound: name });

/** It stands in another state: whoever may act hears who was faster. */
const whyNot = async (
  s: Situation,
  command: Command,
  noted: NotedFinding,
  tasks: ReadonlySet<string>,
): Promise<Outcome> => {
  const [move] = movesOf[command];
  const allowed = movesOf[command].find((m) => mayMove(s, m, noted, tasks));
  return allowed ? moveFinding(s, allowed, noted, '') : refusedMove(s, move as Move, noted);
};

const moveAll = async (s: Situation, all: readonly Possible[], remark: string): Promise<Outcome> => {
  const done = await Promise.all(all.map(({ move, noted }) => moveFinding(s, move, noted, remark)));
  return {
    change: allOf(done.map((one) => one.change)),
    answer: { toast: done.flatMap((one) => one.answer?.toast ?? []).join('\n') },
  };
};

/** The card with what this person may act on; in a group it goes to the person alone. */
const offer = async (s: Situation, command: Command, all: readonly Possible[]): Promise<Outcome> => {
  const noted = all.map((one) => one.noted);
  const [first] = all;
  if (!first) return saying(s, 'nothing_to_move', { usage: usageOf(s, command) });
  const ids = noted.map((one) => one.finding.id);
  const areas = [...new Set(noted.map((one) => one.finding.area))];
  const place = areas.length === 1 ? (areas[0] as string) : (noted[0]?.finding.zone ?? '');
  if (command === 'refer') return saying(s, 'refer_which', { names: noted.map((n) => n.finding.compoundName) });
  if (command === 'fixed')
    return show(s, {
      kind: 'finding',
      draws: findingForm(s.campaign, place, noted, s.today, s.now, first.move === 'report' ? 'report' : 'claim'),
      data: { findings: ids },
    });
  return show(s, { kind: 'recheck', draws: recheckForm(s.campaign, place, noted), data: { findings: ids } });
};

const usageOf = (s: Situation, command: Command): string => s.service.cards(s.campaign).say(`help_${command}`);
