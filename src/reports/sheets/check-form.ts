// The official check form (R46): the pack's columns in the pack's order, its heads verbatim, one line for each live
// record; and the ledger (R34): the same columns for every version, with who, when and what was said before.
import { type Campaign, checklistBy, strandOf } from '../../domain/campaign.ts';
import type { AnswerValue, Checklist, FormColumn } from '../../domain/checklist.ts';
import { type ExportOrder, LEDGER_COLUMNS } from '../../ports-exports.ts';
import type { InspectionRow } from '../../ports-listings.ts';
import type { Cell, SheetContent, SheetHead } from '../workbook-file.ts';
import { pagesOf, rowsOf } from './listed.ts';
import type { Sources } from './sources.ts';

/** One sheet for each checklist that the campaign inspects with, and for each it inspected with before (E30). */
export const checkForms = (asked: ExportOrder, sources: Sources): SheetContent[] =>
  formsOf(asked.campaign).map(({ checklist, title }) => ({
    title,
    heads: formHeads(checklist, sources),
    pages: rowsOf(inspections(asked, sources, 'live'), (row, nextNumber) =>
      row.checklist === checklist.id ? [formCells(checklist, row, sources, nextNumber())] : [],
    ),
  }));

/** Every version of every record, oldest first. */
export const recordLedgers = (asked: ExportOrder, sources: Sources): SheetContent[] => {
  const { ledger } = sources.words;
  const forms = formsOf(asked.campaign);
  return forms.map(({ checklist, title }) => ({
    title: forms.length > 1 ? `${ledger.title} ${title}` : ledger.title,
    heads: [
      ...formHeads(checklist, sources),
      ...LEDGER_COLUMNS.map((column) => ({ label: ledger.columns[column], width: column === 'was' ? 36 : 16 })),
    ],
    pages: rowsOf(inspections(asked, sources, 'all'), (row, nextNumber) =>
      row.checklist === checklist.id
        ? [[...formCells(checklist, row, sources, nextNumber()), ...ledgerCells(checklist, row, sources)]]
        : [],
    ),
  }));
};

const inspections = (asked: ExportOrder, { listings }: Sources, versions: 'live' | 'all') =>
  pagesOf(asked, (query) => listings.inspections({ ...query, versions, order: 'asc', compound: null }));

interface Form {
  readonly checklist: Checklist;
  /** The form's own; with its id where two versions are called the same. */
  readonly title: string;
}

/** Those given out now, then those of before. */
const formsOf = (campaign: Campaign): Form[] => {
  const present = (['home', 'zone'] as const).flatMap(
    (id) => checklistBy(campaign, strandOf(campaign, id)?.checklist ?? null) ?? [],
  );
  const all = [...new Set([...present, ...campaign.checklists])];
  return all.map((checklist) => ({
    checklist,
    title: all.some((other) => other !== checklist && other.title === checklist.title)
      ? `${checklist.title} ${checklist.id}`
      : checklist.title,
  }));
};

const formHeads = (checklist: Checklist, { words }: Sources): SheetHead[] =>
  checklist.form.map((column) => ({
    label: headOf(column, words.form),
    under: column.under,
    width: widths[column.id] ?? (column.holds === 'note' ? 36 : 14),
  }));

/** As on paper: the pack's label, else the usual one. */
export const headOf = ({ holds, id, label }: FormColumn, usual: Readonly<Record<string, string>>): string =>
  label ?? usual[holds === 'row_number' ? 'row_number' : id] ?? id;

const widths: Readonly<Record<string, number>> = { compound: 24, company: 30, department: 18 };

const formCells = (checklist: Checklist, row: InspectionRow, sources: Sources, number: number): Cell[] =>
  checklist.form.map((column) => {
    if (column.holds === 'row_number') return number;
    if (column.holds === 'note') return row.note;
    if (column.holds === 'item') return answerCell(checklist, column.id, row.answers[column.id] ?? null, sources);
    return fields[column.id]?.(row) ?? null;
  });

const fields: Readonly<Record<string, (row: InspectionRow) => Cell>> = {
  check_date: (row) => ({ day: row.checkOn }),
  name: (row) => row.inspector.name,
  town: (row) => row.area,
  department: (row) => row.department,
  compound: (row) => row.compound.name,
  company: (row) => row.company,
};

const answerCell = (checklist: Checklist, id: string, value: AnswerValue | null, { words }: Sources): Cell => {
  if (value === 'yes' || value === 'no') return words.marks[value];
  const options = checklist.items.find((item) => item.id === id)?.options ?? [];
  return options.find((option) => option.id === value)?.label ?? value;
};

const ledgerCells = (checklist: Checklist, row: InspectionRow, sources: Sources): Cell[] => {
  const cells: Readonly<Record<(typeof LEDGER_COLUMNS)[number], Cell>> = {
    version: row.version,
    recorded: row.recordedAt,
    entered_by: row.enteredBy?.name ?? null,
    was: whatItWas(checklist, row, sources),
    flags: sources.list(row.flags.map((flag) => sources.word('flag', flag))),
  };
  return LEDGER_COLUMNS.map((column) => cells[column]);
};

/** Each thing that the version before said otherwise. */
const whatItWas = (checklist: Checklist, { before, answers, note }: InspectionRow, sources: Sources): Cell => {
  if (!before) return null;
  const said = (name: string, value: Cell) => `${name} ${value ?? '—'}`;
  const items = checklist.items.filter(({ id }) => (before.answers[id] ?? null) !== (answers[id] ?? null));
  return sources.list([
    ...items.map(({ id, shortLabel }) =>
      said(shortLabel, answerCell(checklist, id, before.answers[id] ?? null, sources)),
    ),
    ...(before.note === note ? [] : [said(checklist.noteLabel, before.note)]),
  ]);
};
