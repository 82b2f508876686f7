// `publish FOLDER`: a new version of a campaign's pack, from a day on, beside a running service or on its own (E30).
import { day } from '../campaigns/plan-schema.ts';
import { openPackOfficeBeside } from '../compose/packs.ts';
import type { Config } from '../config.ts';
import { StartProblem } from '../store/start-problem.ts';
import type { PublishedPack } from '../usecases/publish-pack.ts';

export interface PublishOptions {
  /** The first day of the new version; left out: tomorrow. */
  readonly from?: string;
}

/** Throws Problem for what is wrong with the pack or the day. */
export const publishCommand = async (
  config: Config,
  folder: string,
  { from }: PublishOptions,
  say: (line: string) => void,
): Promise<void> => {
  if (from !== undefined && !day.safeParse(from).success)
    throw new StartProblem(`--from is a day such as 2022-05-05, not "${from}"`);
  const { office, close } = await openPackOfficeBeside(config);
  try {
    for (const line of sayPublished(await office.publishFolder(folder, from ?? null))) say(line);
  } finally {
    await close();
  }
};

const sayPublished = ({ campaign, version, isNew, from, differs }: PublishedPack): string[] => [
  isNew
    ? `${campaign}: version ${version} stands from ${from}`
    : `${campaign}: nothing new, version ${version} says the same (from ${from})`,
  ...differs.checklists.map(
    ({ strand, from: before, to, added, removed }) =>
      `  ${strand}: checklist ${before ?? 'none'} → ${to ?? 'none'}${added.map((item) => ` +${item}`).join('')}${removed.map((item) => ` −${item}`).join('')}`,
  ),
  ...(differs.letter
    ? [
        `  letter ${differs.letter.from ?? 'none'} → ${differs.letter.to ?? 'none'}${differs.letter.signAgain ? ', to be signed again' : ''}`,
      ]
    : []),
  ...(differs.phases.length > 0 ? [`  phases moved: ${differs.phases.join(', ')}`] : []),
];
