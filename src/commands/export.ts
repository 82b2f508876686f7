// `export WHAT`: writes one of the office's files, beside a running service or on its own.
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openBeside } from '../compose/campaigns.ts';
import { openExports } from '../compose/exports.ts';
import { layFoundation } from '../compose/foundation.ts';
import { openCards } from '../compose/service.ts';
import type { Config } from '../config.ts';
import { EVERYTHING } from '../domain/sight.ts';
import { createLog } from '../log.ts';
import { EXPORTS, type ExportName } from '../ports-exports.ts';
import { StartProblem } from '../store/start-problem.ts';

export interface ExportOptions {
  /** Where to; left out: its own name, in the folder one is in. */
  readonly out?: string;
  /** A campaign's id; left out: the first. */
  readonly campaign?: string;
}

const SAY_EVERY_BYTES = 1024 * 1024;

/** Throws StartProblem for what people can mend. The file appears whole or not at all. */
export const exportCommand = async (
  config: Config,
  what: string,
  options: ExportOptions,
  say: (line: string) => void,
): Promise<void> => {
  if (!isExport(what)) throw new StartProblem(`there is no export "${what}". There are: ${EXPORTS.join(', ')}`);
  const log = createLog({ level: 'warn', secrets: config.secrets });
  const cards = await openCards();
  const foundation = await layFoundation(config, log, false);
  try {
    const { clock, campaigns } = await openBeside(foundation, config, log);
    const campaign = options.campaign === undefined ? campaigns.all()[0] : campaigns.get(options.campaign);
    if (!campaign) {
      const ids = campaigns.all().map(({ id }) => id);
      throw new StartProblem(`there is no campaign "${options.campaign ?? ''}". There are: ${ids.join(', ')}`);
    }
    const today = campaign.calendar.dayOf(clock.now());
    const file = openExports(foundation, cards)(what, { campaign, today, sight: EVERYTHING, places: null });
    const path = resolve(options.out ?? file.name);
    const part = `${path}.part`;
    try {
      await pipeline(file.content, tellingProgress(file.rows, say), createWriteStream(part));
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true });
      throw isFileFault(error) ? new StartProblem(`${path} cannot be written: ${error.message}`) : error;
    }
    const rows = file.rows();
    say(`${path}: ${rows === 0 ? 'there is nothing to export yet, the file has only its heads' : `${rows} rows`}`);
  } finally {
    await foundation.close();
  }
};

const isExport = (what: string): what is ExportName => (EXPORTS as readonly string[]).includes(what);

const isFileFault = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && ['open', 'write', 'rename'].includes((error as NodeJS.ErrnoException).syscall ?? '');

const tellingProgress = (rows: () => number, say: (line: string) => void): Transform => {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, pass) {
      const before = bytes;
      bytes += chunk.length;
      if (Math.floor(before / SAY_EVERY_BYTES) < Math.floor(bytes / SAY_EVERY_BYTES)) say(`${rows()} rows …`);
      pass(null, chunk);
    },
  });
};
