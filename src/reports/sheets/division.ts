// 督导检查分工表: who answers for which zone, cells that go together joined as in the plan; and who was sent where.
import { type ExportOrder, SHEETS } from '../../ports-exports.ts';
import type { SheetContent } from '../workbook-file.ts';
import { listedSheet, pagesOf } from './listed.ts';
import type { Sources } from './sources.ts';

export const divisionSheet = ({ campaign, places }: ExportOrder, { words }: Sources): SheetContent => {
  const joined = (['commander', 'supervisor', 'liaison', 'lead', 'zone'] as const).map((c) => SHEETS.zones.indexOf(c));
  async function* zones() {
    yield campaign.zones.filter(({ area }) => places === null || places.includes(area));
  }
  const sheet = listedSheet('zones', words, zones(), (row) => [
    {
      commander: row.commander,
      supervisor: row.supervisor,
      liaison: row.liaison,
      lead: `${row.leadCompany} ${row.leadPerson}`.trim(),
      zone: row.zone,
      area: row.area,
      remark: null,
    },
  ]);
  return { ...sheet, joined };
};

export const assignedSheet = (asked: ExportOrder, { listings, words, word, list }: Sources): SheetContent =>
  listedSheet(
    'assigned',
    words,
    pagesOf(asked, (query) => listings.assignments({ ...query, on: null, kind: null, group: null })),
    (row) => [
      {
        zone: row.zone,
        area: row.area,
        compound: row.compoundName,
        person: row.personName,
        reasons: list(row.reasons.map((reason) => word('reason', reason))),
        from: { day: row.from },
        to: row.to === null ? null : { day: row.to },
        state: word('assignment_state', row.state),
      },
    ],
  );
