// The office's files: the same as `dudao export`, written while they are sent. On a page each with the right of its list.
import type { Act } from '../../../domain/rights.ts';
import { EXPORTS, type ExportName } from '../../../ports-exports.ts';
import { inPlace, placesIn, type Route, route } from '../route.ts';
import { file } from '../schemas/common.ts';
import type { ApiServices } from '../services.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Those that show one kind of row only; the others are the API's alone. */
const onPages: Partial<Readonly<Record<ExportName, readonly Act[]>>> = {
  'check-form': ['see_records'],
  signing: ['see_letters'],
  findings: ['see_findings'],
};

const summaries: Readonly<Record<ExportName, string>> = {
  'check-form': 'The official check form, one line for each live record',
  signing: 'Who must sign, and how that stands',
  ledger: 'Every version of every record, and the units that had not signed in time',
  assignments: 'Who answers for which zone, and who was sent where',
  findings: 'Findings with their dates',
  'town-report': 'What each town reported last',
  referrals: 'What was referred, with records, notices and steps',
};

export const exportRoutes = ({ exports }: ApiServices): Route[] =>
  EXPORTS.map((what) => {
    const acts = onPages[what];
    return route({
      method: 'get',
      path: `/exports/${what}`,
      tag: 'exports',
      summary: `${summaries[what]}, as .xlsx`,
      ...(acts ? { onPages: acts } : {}),
      query: inPlace,
      file: XLSX,
      answer: file,
      handle: ({ query, campaign, today, sight, ctx }) => {
        const { name, content } = exports(what, { campaign, today, sight, places: placesIn(campaign, query) });
        ctx.attachment(name);
        return content as never;
      },
    });
  });
