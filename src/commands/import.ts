// `import FILE`: takes a roster in beside a running service, or on its own.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { openBeside } from '../compose/campaigns.ts';
import { takeRoster } from '../compose/demo.ts';
import { layFoundation } from '../compose/foundation.ts';
import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import { StartProblem } from '../store/start-problem.ts';

export const importCommand = async (config: Config, path: string, say: (line: string) => void): Promise<void> => {
  const bytes = await readFile(path).catch((error: Error) => {
    throw new StartProblem(`${path} cannot be read: ${error.message}`);
  });
  const log = createLog({ level: 'warn', secrets: config.secrets });
  const foundation = await layFoundation(config, log, false);
  try {
    const { clock, campaigns } = await openBeside(foundation, config, log);
    const {
      faults,
      new: added,
      changed,
      unchanged,
    } = await takeRoster(foundation, campaigns, clock, { name: basename(path), bytes }, null);
    for (const { sheet, line, column, reason } of faults) {
      say(
        [sheet, line === null ? null : `line ${line}`, column, reason]
          .filter((part) => part !== null && part !== '')
          .join(' · '),
      );
    }
    say(`${added} new, ${changed} changed, ${unchanged} unchanged, ${faults.length} faulty`);
    if (faults.length > 0) process.exitCode = 2;
  } finally {
    await foundation.close();
  }
};
