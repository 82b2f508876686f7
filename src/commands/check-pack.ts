// `check-pack DIR`: what is wrong with a pack, line by line, and its cards as each platform shows them. Opens no database and
// changes nothing.

import { holidaysFolder, loadHolidays } from '../campaigns/holidays.ts';
import { campaignFrom, type PackBody } from '../campaigns/pack-body.ts';
import { loadPack } from '../campaigns/read-pack.ts';
import { previewPack, type SamplePreview } from '../compose/card-previews.ts';
import { openCards } from '../compose/service.ts';
import type { Campaign } from '../domain/campaign.ts';
import { previewLines, sayMisfit } from '../domain/card-preview.ts';
import { StartProblem } from '../store/start-problem.ts';
import { sayFault } from '../yaml-file.ts';

export interface CheckPackOptions {
  /** Only the faults and the notes. */
  readonly cards: boolean;
  /** One channel's name; left out: all of them. */
  readonly channel?: string;
}

/** Throws StartProblem with a line for each fault. */
export const checkPackCommand = async (
  dir: string,
  options: CheckPackOptions,
  say: (line: string) => void,
): Promise<void> => {
  const loaded = await loadPack(dir);
  if (!loaded.ok) {
    const n = loaded.faults.length;
    throw new StartProblem(
      [...loaded.faults.map(sayFault), `${n} fault${n === 1 ? '' : 's'}. The pack cannot be used as it is.`].join('\n'),
    );
  }
  const campaign = campaignFrom(loaded.body, 1, await loadHolidays(holidaysFolder));
  for (const note of loaded.notes) say(`note: ${sayFault(note)}`);
  if (loaded.notes.length > 0) say('');
  for (const line of summaryOf(loaded.body, campaign)) say(line);
  const samples = options.cards ? previewPack(campaign, (await openCards()).drafted(campaign)) : [];
  const known = samples[0]?.on.map(({ channel }) => channel) ?? [];
  if (options.channel !== undefined && options.cards && !known.some((name) => name === options.channel))
    throw new StartProblem(`there is no channel "${options.channel}". There are: ${known.join(', ')}`);
  for (const sample of samples) for (const line of sampleLines(sample, options.channel)) say(line);
  say('');
  say('No faults.');
};

const summaryOf = ({ plan }: PackBody, campaign: Campaign): string[] => [
  `${campaign.id} · ${campaign.title}`,
  ...campaign.strands.flatMap(({ id, name, phases }) =>
    phases.map(({ id: phase, label, start, end }) => {
      const days =
        end === null
          ? 'open-ended'
          : `${campaign.calendar.workingDaysBetween(start, end) + (campaign.calendar.isWorkingDay(start) ? 1 : 0)} working days`;
      return `  ${id}: ${name}${label === null ? '' : ` ${label}`} (${phase}), ${start} to ${end ?? 'further notice'}, ${days}`;
    }),
  ),
  ...plan.deadlines.map(({ id, date, working_days: n }) => `  deadline ${id}: ${date ?? `${n} working days`}`),
  ...campaign.slots.map(
    ({ kind, at, days }) => `  slot ${kind}: ${at}, ${typeof days === 'string' ? days : days.join(', ')}`,
  ),
  ...campaign.checklists.map(({ id, items }) => `  checklist ${id}: ${items.length} items`),
  ...(campaign.letter ? [`  letter ${campaign.letter.id}: ${campaign.letter.questions.length} questions`] : []),
];

const sampleLines = ({ id, place, on }: SamplePreview, only: string | undefined): string[] => [
  '',
  `== ${id}, ${place === 'group' ? 'in a group' : 'in private'} ==`,
  ...on
    .filter(({ channel }) => only === undefined || channel === only)
    .flatMap((preview) => [
      '',
      `${preview.channel}`,
      ...previewLines(preview),
      ...preview.misfits.map((misfit) => `  ! ${sayMisfit(misfit, 'en')}`),
    ]),
];
