// A press on a card about findings: the town reports, needs longer or disputes the record; somebody else looks again.
import { textOf } from '../domain/card.ts';
import type { CardDataOf } from '../domain/card-data.ts';
import { allOf } from '../domain/change.ts';
import type { FindingState } from '../domain/finding.ts';
import { may } from '../domain/rights.ts';
import type { NotedFinding } from '../ports-city-town.ts';
import { askWhetherWrong } from './doubt-record.ts';
import { findingForm, recheckForm } from './finding-card.ts';
import { lookBackTasks, type Move, mayMove, moveFinding, putOff, refusedMove } from './move-finding.ts';
import { type Outcome, type Situation, saying } from './service.ts';
import { show, shownData } from './show-card.ts';

const everyState: readonly FindingState[] = [
  'open',
  'notified',
  'claimed',
  'reported',
  'verified',
  'reopened',
  'fixed_on_spot',
  'withdrawn',
];

/** The findings of the card, the chosen one first: the one chosen is what is acted on. */
interface Chosen {
  readonly one: NotedFinding;
  readonly ids: readonly string[];
}

const idsOn = (s: Situation): string[] => {
  const ids = shownData(s).findings;
  return Array.isArray(ids) ? (ids as string[]) : [];
};

const notedOn = (s: Situation, ids: readonly string[]): Promise<NotedFinding[]> =>
  s.service.findings.noted({ campaign: s.campaign.id, ids, states: everyState, limit: ids.length });

const chosen = async (s: Situation): Promise<Chosen | Outcome> => {
  const ids = idsOn(s);
  if (ids.length === 0 || s.event.body.kind !== 'press') return saying(s, 'card_closed');
  const named = textOf(s.event.body.values, 'finding');
  const id = named !== '' ? ids.find((x) => x === named) : ids.length === 1 ? ids[0] : undefined;
  if (id === undefined) return saying(s, 'choose_finding');
  const [one] = await notedOn(s, [id]);
  return one ? { one, ids } : saying(s, 'card_closed');
};

const isOutcome = (x: Chosen | Outcome): x is Outcome => 'change' in x;

/** What was said beside the button: the town's card calls it 说明, that of a look-back 情况. */
const remarkOf = (s: Situation): string => {
  const values = s.event.body.kind === 'press' ? s.event.body.values : {};
  return textOf(values, 'note') || textOf(values, 'remark');
};

const moving =
  (move: Move) =>
  async (s: Situation): Promise<Outcome> => {
    const found = await chosen(s);
    if (isOutcome(found)) return found;
    const tasks = move === 'verify' || move === 'reopen' ? await lookBackTasks(s) : new Set<string>();
    if (!mayMove(s, move, found.one, tasks)) return refusedMove(s, move, found.one);
    return withCard(s, found, await moveFinding(s, move, found.one, remarkOf(s)));
  };

export const claimFix = moving('claim');
/** 已整改，上报: claims and reports in one tap; the two-day clock stops. */
export const reportFix = moving('report');
export const verifyFix = moving('verify');
export const reopenFix = moving('reopen');

export const askForTime = async (s: Situation): Promise<Outcome> => {
  const found = await chosen(s);
  if (isOutcome(found)) return found;
  if (!mayMove(s, 'report', found.one, new Set())) return refusedMove(s, 'report', found.one);
  const on = s.event.body.kind === 'press' ? textOf(s.event.body.values, 'promised_on') : '';
  return withCard(s, found, await putOff(s, found.one, on, remarkOf(s)));
};

/** 记录有误: those who recorded it look at their record again; the finding and its day stand until it is corrected (E10). */
export const recordWasWrong = async (s: Situation): Promise<Outcome> => {
  const found = await chosen(s);
  if (isOutcome(found)) return found;
  if (!mayMove(s, 'report', found.one, new Set())) return refusedMove(s, 'report', found.one);
  return askWhetherWrong(s, found.one.finding, remarkOf(s));
};

/** The card in the place of the one that was pressed: what is settled stands there as settled. */
const withCard = async (s: Situation, { ids }: Chosen, done: Outcome): Promise<Outcome> => {
  const kind = s.scene.card?.kind;
  const said = done.answer?.toast;
  if (said === undefined || (kind !== 'finding' && kind !== 'recheck')) return done;
  const moved = new Map((done.change.findings ?? []).map((f) => [f.id, f]));
  const noted = (await notedOn(s, ids)).map((n) => {
    const finding = moved.get(n.finding.id);
    return finding ? { ...n, finding, remark: remarkOf(s) || n.remark } : n;
  });
  const draws = drawsOf(s, kind, noted);
  const open = draws.findings.some((f) => !f.settled);
  const shown = show(s, { kind, draws, data: {}, state: open ? 'open' : 'answered', said });
  return { answer: shown.answer, change: allOf([done.change, shown.change]) };
};

const drawsOf = <K extends 'finding' | 'recheck'>(
  s: Situation,
  kind: K,
  noted: readonly NotedFinding[],
): CardDataOf[K] => {
  const area = noted[0]?.finding.area ?? '';
  const forms = {
    finding: () =>
      findingForm(s.campaign, area, noted, s.today, s.now, may(s.person, 'report_fix', { area }) ? 'report' : 'claim'),
    recheck: () => recheckForm(s.campaign, area, noted),
  };
  return forms[kind]() as CardDataOf[K];
};
