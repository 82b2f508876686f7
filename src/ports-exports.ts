// The office's files: which there are, which columns each of their sheets has, and the words that stand in them.

import type { Readable } from 'node:stream';
import type { PlaceQuery } from './ports-listings.ts';

export const EXPORTS = [
  'check-form',
  'signing',
  'ledger',
  'assignments',
  'findings',
  'town-report',
  'referrals',
] as const;

export type ExportName = (typeof EXPORTS)[number];

/** Columns from left to right. The official form is not here: its columns are the pack's. */
export const SHEETS = {
  signing: [
    'no',
    'unit',
    'company',
    'origin',
    'kind',
    'zone',
    'area',
    'signatory',
    'state',
    'sent',
    'read',
    'signed',
    'refused',
    'reminders',
  ],
  unsigned: ['no', 'unit', 'zone', 'area', 'frozen', 'state', 'attempts', 'reason', 'signed_late'],
  zones: ['no', 'commander', 'supervisor', 'liaison', 'lead', 'zone', 'area', 'remark'],
  assigned: ['no', 'zone', 'area', 'compound', 'person', 'reasons', 'from', 'to', 'state'],
  findings: [
    'no',
    'zone',
    'area',
    'compound',
    'company',
    'item',
    'state',
    'overdue',
    'opened',
    'notified',
    'due',
    'promised',
    'claimed',
    'reported',
    'verified',
    'reopened',
    'referred',
  ],
  town_report: [
    'no',
    'zone',
    'area',
    'sent',
    'by',
    'version',
    'late',
    'home_owed',
    'home_done',
    'compounds',
    'covered',
    'letters_owed',
    'letters_signed',
    'findings',
    'to_fix',
    'in_time',
    'too_late',
    'text',
  ],
  referrals: ['no', 'zone', 'area', 'compound', 'company', 'item', 'state', 'records', 'notices', 'due', 'referred'],
  steps: ['no', 'compound', 'item', 'at', 'step', 'by', 'remark'],
} as const;

export type SheetName = keyof typeof SHEETS;

export interface SheetWords {
  readonly sheets: {
    readonly [S in SheetName]: {
      readonly title: string;
      readonly columns: { readonly [C in (typeof SHEETS)[S][number]]: string };
    };
  };
  /** The usual names of the official form's columns, where a pack gives none. */
  readonly form: Readonly<Record<string, string>>;
  /** What the ledger says of each record beside the form's own columns (R34). */
  readonly ledger: { readonly title: string; readonly columns: Readonly<Record<LedgerColumn, string>> };
  readonly marks: Readonly<Record<'yes' | 'no', string>>;
  readonly origin: Readonly<Record<'local' | 'outside', string>>;
  readonly unit_kind: Readonly<Record<'HQ' | 'branch', string>>;
  readonly step: Readonly<Record<string, string>>;
  /** Behind the title of a sheet without rows. */
  readonly nothing: string;
}

export const LEDGER_COLUMNS = ['version', 'recorded', 'entered_by', 'was', 'flags'] as const;
export type LedgerColumn = (typeof LEDGER_COLUMNS)[number];

/** One file as it is written, piece by piece. */
export interface ExportFile {
  /** With the day it was made, for whoever saves it beside older ones. */
  readonly name: string;
  readonly content: Readable;
  /** Rows of all sheets; known when `content` has ended. */
  rows(): number;
}

/** Of which campaign and places, on which day, and how far whoever asks may see: as for every other list. */
export type ExportOrder = Pick<PlaceQuery, 'campaign' | 'today' | 'sight' | 'places'>;

export type MakeExport = (what: ExportName, order: ExportOrder) => ExportFile;
