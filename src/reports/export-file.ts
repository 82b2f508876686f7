// Which sheets make up each of the office's files (R27, R34, R41, R43, R46), and what the file is called.
import type { ExportFile, ExportName, ExportOrder, MakeExport } from '../ports-exports.ts';
import { checkForms, recordLedgers } from './sheets/check-form.ts';
import { findingsSheet, referralSheets, townReportSheet } from './sheets/city-town.ts';
import { assignedSheet, divisionSheet } from './sheets/division.ts';
import { signingSheet, unsignedSheet } from './sheets/letters.ts';
import type { Sources } from './sheets/sources.ts';
import { type SheetContent, writeWorkbook } from './workbook-file.ts';

const sheetsOf: Readonly<Record<ExportName, (asked: ExportOrder, sources: Sources) => readonly SheetContent[]>> = {
  'check-form': checkForms,
  signing: (asked, sources) => [signingSheet(asked, sources)],
  ledger: (asked, sources) => [...recordLedgers(asked, sources), unsignedSheet(asked, sources)],
  assignments: (asked, sources) => [divisionSheet(asked, sources), assignedSheet(asked, sources)],
  findings: (asked, sources) => [findingsSheet(asked, sources)],
  'town-report': (asked, sources) => [townReportSheet(asked, sources)],
  referrals: referralSheets,
};

/** Nothing is read before somebody reads `content`. */
export const exportsFrom =
  (sources: Sources): MakeExport =>
  (what, order): ExportFile => {
    const sheets = sheetsOf[what](order, sources);
    const name = `${sheets[0]?.title ?? what} ${order.today}.xlsx`.replaceAll(/[\\/:*?"<>|]/g, ' ');
    return { name, ...writeWorkbook(sheets, order.campaign.calendar, sources.words.nothing) };
  };
