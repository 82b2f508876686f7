// /phase: which phases there are; for the office, a new last day of one (E31). What is not late yet gets the new day; what
// is late already stays late, whatever the new end, and is told apart in the answer.
import type { Day } from '../domain/calendar.ts';
import { type Phase, phaseOn, type Strand } from '../domain/campaign.ts';
import type { PhaseChange } from '../domain/phase-change.ts';
import { may } from '../domain/rights.ts';
import { spokenSpan } from '../domain/spoken-day.ts';
import { replyCard } from './reply-card.ts';
import { eventOf, type Outcome, type Situation, saying } from './service.ts';

/** Typed instead of a day, in both languages. */
const words = { endNow: /结束|end/i, open: /长期|持续|open/i };

export const answerPhase = async (s: Situation, text: string): Promise<Outcome> => {
  if (text === '') return listPhases(s);
  if (!may(s.person, 'administer')) return saying(s, 'phase_not_allowed');
  const span = spokenSpan(text, s.today);
  const rest = span ? span.rest : text;
  const strand = s.campaign.strands.find((one) => one.phases.length > 0 && isNamed(one, rest));
  if (!strand)
    return saying(s, 'phase_unknown', {
      words: rest,
      nearest: s.campaign.strands.filter((one) => one.phases.length > 0).map((one) => bare(one.name)),
    });
  const phase = phaseMeant(strand, rest, s.today);
  if (!phase) return listPhases(s);
  const ends = endMeant(s, span, rest);
  if (ends.kind === 'said') return ends.outcome;
  if (ends.endOn !== null && ends.endOn < phase.start)
    return saying(s, 'phase_before_start', { start: phase.start, day: ends.endOn });
  return move(s, strand, phase, ends.endOn);
};

const bare = (name: string): string => name.replace(/[“”"]/g, '');

const isNamed = (strand: Strand, text: string): boolean =>
  text.includes(bare(strand.name)) ||
  strand.phases.some((p) => text.includes(p.id)) ||
  text.split(/\s+/).some((word) => word === strand.id || (word.length >= 2 && bare(strand.name).includes(word)));

/** The phase that is named; else the one that runs; else the last that has begun. */
const phaseMeant = (strand: Strand, text: string, today: Day): Phase | null =>
  strand.phases.find((p) => text.includes(p.id) || (p.label !== null && text.includes(p.label))) ??
  phaseOn(strand, today) ??
  strand.phases.findLast((p) => p.start <= today) ??
  null;

type End = { readonly kind: 'end'; readonly endOn: Day | null } | { readonly kind: 'said'; readonly outcome: Outcome };

const endMeant = (s: Situation, span: ReturnType<typeof spokenSpan>, rest: string): End => {
  const said = (outcome: Outcome): End => ({ kind: 'said', outcome });
  if (!span) {
    if (words.open.test(rest)) return { kind: 'end', endOn: null };
    return words.endNow.test(rest) ? { kind: 'end', endOn: s.today } : said(saying(s, 'phase_form'));
  }
  const day = span.days?.to;
  if (day === undefined) return said(saying(s, 'day_unknown', { words: span.words, today: s.today }));
  return day < s.today ? said(saying(s, 'day_past', { day, today: s.today })) : { kind: 'end', endOn: day };
};

const move = async (s: Situation, strand: Strand, phase: Phase, endOn: Day | null): Promise<Outcome> => {
  const facts = { strand: bare(strand.name), phase: phase.label ?? '', before: phase.end, endOn };
  if (endOn === phase.end) return saying(s, 'phase_same', facts);
  const over = phase.end !== null && phase.end < s.today;
  const owed =
    phase.end === null || endOn === null ? null : await s.service.obligations.dueOn(s.campaign.id, phase.end);
  const duties = strand.id === 'home' ? (owed?.duties ?? []) : [];
  const letters = strand.id === 'letter' ? (owed?.letters ?? []) : [];
  const change: PhaseChange = {
    id: s.service.ids.next(),
    campaign: s.campaign.id,
    strand: strand.id,
    phase: phase.id,
    endOn,
    byId: s.person.id,
    at: s.now,
  };
  const n = duties.length + letters.length;
  return {
    ...saying(s, 'phase_moved', { ...facts, late: over ? n : 0, moved: over ? 0 : n }),
    change: {
      phaseChanges: [change],
      ...(over || endOn === null
        ? {}
        : {
            assignments: duties.map((a) => ({ ...a, to: endOn, version: a.version + 1 })),
            letters: letters.map((l) => ({ ...l, dueOn: endOn, version: l.version + 1 })),
          }),
      events: [
        eventOf(
          s,
          'phase.moved',
          { kind: 'phase', id: `${strand.id}/${phase.id}` },
          { from: phase.end, to: endOn, moved: over ? 0 : n, late: over ? n : 0 },
        ),
      ],
    },
  };
};

const listPhases = (s: Situation): Outcome => {
  const book = s.service.cards(s.campaign);
  const rows = s.campaign.strands.flatMap((strand) =>
    strand.phases.map(({ label, start, end }) => ({
      name: `${bare(strand.name)}${label ? ` ${label}` : ''}`,
      detail: book.say('phase_row', { start, end }),
    })),
  );
  const title = book.say('phase_title');
  return replyCard(s, { title, cutOffAt: s.now, timeless: true, figures: null, rows, total: rows.length });
};
