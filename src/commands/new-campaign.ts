// `new-campaign NAME`: a folder for the next campaign, begun from a pack that is there, with its dates moved. Says what it
// moved, what it took out, and which texts still name the old dates. Everything is checked before a file is written.
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { holidaysFolder, loadHolidays } from '../campaigns/holidays.ts';
import { movePack } from '../campaigns/move-pack.ts';
import { id as idSchema } from '../campaigns/plan-schema.ts';
import { loadPack } from '../campaigns/read-pack.ts';
import type { Config } from '../config.ts';
import { asDay, type Day, makeCalendar } from '../domain/calendar.ts';
import { StartProblem } from '../store/start-problem.ts';
import { sayFault } from '../yaml-file.ts';

export interface NewCampaignOptions {
  /** The pack to begin from; left out: the first of CAMPAIGN. */
  readonly from?: string;
  /** Day 1; left out: the next working day. */
  readonly start?: string;
  readonly title?: string;
  /** Where to; left out: beside the pack it begins from, under its own name. */
  readonly out?: string;
}

/** Throws StartProblem for what people can mend. The folder appears whole or not at all. */
export const newCampaignCommand = async (
  config: Pick<Config, 'campaigns'>,
  name: string,
  options: NewCampaignOptions,
  say: (line: string) => void,
  realNow: Date = new Date(),
): Promise<void> => {
  if (!idSchema.safeParse(name).success)
    throw new StartProblem(
      `"${name}" cannot be a campaign's id: use small letters, digits, - and _, such as lifts-2027`,
    );
  const from = options.from ?? config.campaigns[0] ?? '';
  const out = resolve(options.out ?? join(dirname(from), name));
  if (await stat(out).catch(() => null))
    throw new StartProblem(`${shown(out)} is there already: give another name, or another --out`);
  const loaded = await loadPack(from);
  if (!loaded.ok)
    throw new StartProblem(['mend the pack it should begin from first:', ...loaded.faults.map(sayFault)].join('\n'));
  if (loaded.body.plan.id === name)
    throw new StartProblem(`the pack in ${from} is called ${name} itself: give another name`);

  const holidays = await loadHolidays(holidaysFolder);
  const calendar = makeCalendar(loaded.body.plan.timezone, holidays);
  const day1 = dayMeant(options.start) ?? calendar.plusWorkingDays(calendar.dayOf(realNow), 1);
  if (!calendar.isWorkingDay(day1))
    throw new StartProblem(
      `--start ${day1} is a day off: nobody would be sent anything. The next working day is ${calendar.plusWorkingDays(day1, 1)}`,
    );
  const sources = await sourcesOf(from);
  const pack = movePack(sources, loaded.body, { id: name, title: options.title ?? null, day1, holidays });
  await writeFolder(from, out, pack.files);

  const written = await loadPack(out);
  say(`${shown(out)}: begun from ${from}`);
  for (const line of pack.moved) say(`  ${line}`);
  say('  slots, settings, ids of items and the zone table are as they were');
  for (const line of pack.takenOut) say(`taken out: ${line}, which is about the old dates`);
  if (pack.naming.length > 0) say('these texts name dates, look at them and say what they should:');
  for (const { file, line, text } of pack.naming) say(`  ${shown(join(out, file))}:${line} ${text}`);
  for (const one of written.ok ? written.notes : written.faults)
    say(`note: ${sayFault({ ...one, file: shown(one.file) })}`);
  const { title, short_title: short } = loaded.body.plan;
  if (options.title === undefined) say(`note: the title is still “${title}”`);
  if (short !== undefined)
    say(`note: the short title, which cards begin with beside other campaigns, is still “${short}”`);
  say(`next: npm run dudao -- check-pack ${shown(out)}`);
};

const dayMeant = (text: string | undefined): Day | null => {
  if (text === undefined) return null;
  try {
    return asDay(text);
  } catch {
    throw new StartProblem(`--start ${text} is no day: write it such as 2027-03-01`);
  }
};

const shown = (path: string): string => {
  const near = relative('.', path);
  return near.startsWith('..') ? path : near;
};

const sourcesOf = async (dir: string): Promise<Map<string, string>> => {
  const names = (await readdir(dir)).filter((name) => /^(plan|(checklist|letter).*)\.ya?ml$/.test(name)).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(dir, name), 'utf8')] as const)),
  );
};

const writeFolder = async (from: string, out: string, files: ReadonlyMap<string, string>): Promise<void> => {
  await mkdir(dirname(out), { recursive: true });
  const part = await mkdtemp(join(dirname(out), `.${basename(out)}-`));
  try {
    await cp(from, part, { recursive: true });
    for (const [name, text] of files) await writeFile(join(part, name), text);
    await rename(part, out);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
};
