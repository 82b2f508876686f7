// A process that holds the database as `serve` does, for tests that kill it: prints its address when it is ready, or in
// one line why it cannot be. DATA_DIR and the shared folder are its arguments; SIGTERM ends it.
import { openDatabase } from '../../src/store/embedded.ts';
import { StartProblem } from '../../src/store/start-problem.ts';
import { silent } from './silent-log.ts';

const [dataDir = '', sharedDir = ''] = process.argv.slice(2);
try {
  const database = await openDatabase({ dataDir, sharedDir, log: silent });
  process.once('SIGTERM', () => void database.close());
  process.stdout.write(`${database.url}\n`);
} catch (error) {
  if (!(error instanceof StartProblem)) throw error;
  process.stdout.write(`${error.message}\n`);
  process.exitCode = 1;
}
