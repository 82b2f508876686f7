// Puts together what checklist and confirmation cards are drawn from: shared by everything that shows or records a checklist.
import type { Assignment } from '../domain/assignment.ts';
import type { Day } from '../domain/calendar.ts';
import { type Campaign, checklistAsked } from '../domain/campaign.ts';
import type { ChecklistCardData, ConfirmationCardData, ItemData } from '../domain/card-data.ts';
import type { Item } from '../domain/checklist.ts';
import { type Inspection, itemsNotDone } from '../domain/inspection.ts';
import type { CompoundFacts } from '../domain/visit.ts';

export const itemData = (item: Item): ItemData => ({
  id: item.id,
  num: item.num,
  shortLabel: item.shortLabel,
  kind: item.kind,
  options: item.options.map(({ id, label }) => ({ id, label })),
  ...(item.unit ? { unit: item.unit } : {}),
});

export const checklistForm = (
  campaign: Campaign,
  compound: CompoundFacts,
  inspector: string,
  checkOn: Day,
  assignment: Pick<Assignment, 'strand' | 'reasons' | 'to' | 'kind'> & { readonly checklist?: string },
  exceptionsOnly: boolean,
  /** Only these are asked: the rest of a partial answer. */
  missing: readonly string[] = [],
): ChecklistCardData => {
  const checklist = checklistAsked(campaign, assignment);
  return {
    compound: { id: compound.id, label: compound.name },
    area: compound.area,
    company: compound.company,
    inspector,
    checkOn,
    dueOn: assignment.kind === 'extra' ? null : assignment.to,
    strand: assignment.strand,
    reasons: assignment.reasons,
    items: checklist.items.filter((item) => missing.length === 0 || missing.includes(item.id)).map(itemData),
    noteLabel: checklist.noteLabel,
    exceptionsOnly,
    missing,
  };
};

/** What a record says back to who made it (VOICE 5). */
export const confirmationOf = (
  campaign: Campaign,
  inspection: Inspection,
  facts: {
    readonly told: boolean;
    readonly homeDutyOpen: boolean;
    readonly canUndo: boolean;
    /** On a group card: back to it for the next compound. */
    readonly canGoOn: boolean;
    readonly canBeYesterday?: boolean;
    readonly enteredBy?: string | null;
    /** Photos that belong to it already. */
    readonly photos: number;
  },
): ConfirmationCardData => {
  const checklist = checklistAsked(campaign, inspection);
  const no = itemsNotDone(checklist, inspection.answers);
  return {
    compound: { id: inspection.compoundId, label: inspection.compoundName },
    done: checklist.items.filter((item) => item.kind === 'yes_no' && inspection.answers[item.id] === 'yes').length,
    notDone: checklist.items.filter((item) => no.includes(item.id)).map(({ num, shortLabel }) => ({ num, shortLabel })),
    note: inspection.note,
    at: inspection.recordedAt,
    checkOn: inspection.checkOn,
    inspector: inspection.inspectorName,
    told: facts.told ? inspection.area : null,
    late: inspection.flags.includes('late'),
    homeDutyOpen: facts.homeDutyOpen,
    selfCheck: inspection.flags.includes('self_check'),
    pending: inspection.flags.includes('pending_compound'),
    version: inspection.version,
    canUndo: facts.canUndo,
    canGoOn: facts.canGoOn,
    canBeYesterday: facts.canBeYesterday ?? false,
    enteredBy: facts.enteredBy ?? null,
    photos: facts.photos,
    understood: understoodIn(inspection, checklist.items),
  };
};

/** Item by item what was read from typed words, with the words that say it; empty for a tap. */
const understoodIn = ({ source, answers }: Inspection, items: readonly Item[]): ConfirmationCardData['understood'] => {
  const { text, spans } = source;
  if (text === undefined || spans === undefined) return [];
  return items.flatMap(({ id, num, shortLabel }) => {
    const value = answers[id] ?? null;
    if (value === null) return [];
    const words = (spans[id] ?? []).map(([start, end]) => text.slice(start, end)).join('…');
    return [{ num, shortLabel, value: String(value), words }];
  });
};
