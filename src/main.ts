// The command line: reads the environment, runs one command, and says in one clear line what was in the way.
import { Command } from 'commander';
import { type BackupOptions, backupCommand, restoreCommand } from './commands/backup.ts';
import { type CheckPackOptions, checkPackCommand } from './commands/check-pack.ts';
import { type DoctorOptions, doctorCommand } from './commands/doctor.ts';
import { type ExportOptions, exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { loginCommand, sayLink } from './commands/login.ts';
import { type NewCampaignOptions, newCampaignCommand } from './commands/new-campaign.ts';
import { type PublishOptions, publishCommand } from './commands/publish.ts';
import { type RunningService, startService } from './commands/serve.ts';
import { type SimulateOptions, simulateCommand } from './commands/simulate.ts';
import { ConfigProblem, readConfig } from './config.ts';
import { Problem } from './domain/problem.ts';
import { EXPORTS } from './ports-exports.ts';
import { BackupProblem } from './store/backup/backup-problem.ts';
import { StartProblem } from './store/start-problem.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Ends with one line for what people can mend, and a stack only for a bug. */
const fail = (error: unknown): never => {
  const known = [ConfigProblem, StartProblem, BackupProblem, Problem].some((kind) => error instanceof kind);
  process.stderr.write(
    known
      ? `${(error as Error).message}\n`
      : `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
};

const serve = async (): Promise<void> => {
  const config = readConfig();
  let stopping = false;
  let service: RunningService | null = null;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await service?.close().catch(fail);
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  service = await startService(config);
  if (stopping) return;
  const base = config.publicUrl ?? service.url;
  say(`Dudao is ready: ${base}${config.playground ? '/playground' : ''}`);
  if (config.demo && config.apiToken === null && service.token) say(`API token of the demo: ${service.token}`);
  if (service.officeLink) say(sayLink(service.officeLink));
  fail(new StartProblem(`the database is gone: ${(await service.lost).message}`));
};

const program = new Command('dudao').description(
  'Runs an inspection campaign from the group chats where people already sit (督导)',
);
program
  .command('serve', { isDefault: true })
  .argument('[words...]')
  .description('serves; the first start creates the database')
  .action(async ([word]: string[]) => {
    // Whatever is no command comes here.
    if (word === undefined) return serve();
    const names = program.commands.map((command) => command.name());
    return fail(new StartProblem(`there is no command "${word}". There are: ${names.join(', ')}`));
  });
program
  .command('import')
  .argument('<file>', 'a roster as .xlsx or .csv')
  .description('takes a roster in: good rows in, bad rows listed with sheet and line')
  .action(async (file: string) => importCommand(readConfig(), file, say));
program
  .command('export')
  .argument('<what>', `one of ${EXPORTS.join(', ')}`)
  .option('--out <file>', 'left out: its own name, in this folder')
  .option('--campaign <id>', 'left out: the first')
  .description('writes a file of the office as .xlsx: the official form, the ledger, findings and the like')
  .action(async (what: string, options: ExportOptions) => exportCommand(readConfig(), what, options, say));
program
  .command('publish')
  .argument('<folder>', 'a pack: plan.yaml, checklist*.yaml, letter*.yaml, the zone table')
  .option('--from <day>', 'the first day of the new version, such as 2022-05-05; left out: tomorrow')
  .description('publishes a new version of a campaign’s pack; open cards finish on the one they were given')
  .action(async (folder: string, options: PublishOptions) => publishCommand(readConfig(), folder, options, say));
program
  .command('login')
  .argument('[person]', 'a name or an id; left out: the office')
  .description('prints a one-time link to the pages')
  .action(async (person?: string) => loginCommand(readConfig(), person, say));
program
  .command('backup')
  .option('--to <folder>', 'the folder that holds all back-ups; left out: DATA_DIR/backups')
  .option('--no-proof', 'does not restore it for a proof')
  .description('copies all records and photos while the service goes on, and proves the copy by restoring it')
  .action(async (options: BackupOptions) => backupCommand(readConfig(), options, say));
program
  .command('restore')
  .argument('<folder>', 'one back-up, such as data/backups/2022-04-19T18-30-00')
  .option('--only-proof', 'only proves that it can be restored, changes nothing', false)
  .description('brings a back-up into an empty DATA_DIR or DATABASE_URL; sends nothing that waited then')
  .action(async (folder: string, options: { onlyProof: boolean }) =>
    restoreCommand(readConfig(), folder, options, say),
  );
program
  .command('doctor')
  .option('--group <title>', 'sends a test card to this bound group, by its title or id, through the running service')
  .description('looks at the set-up step by step, and says what to do where something is wrong')
  .action(async (options: DoctorOptions) => doctorCommand(readConfig(), options, say));
program
  .command('new-campaign')
  .argument('<name>', 'the id of the new campaign, such as lifts-2027')
  .option('--from <folder>', 'the pack to begin from; left out: the first of CAMPAIGN')
  .option('--start <day>', 'day 1, such as 2027-03-01; left out: the next working day')
  .option('--title <text>', 'left out: as it was')
  .option('--out <folder>', 'left out: beside the pack it begins from')
  .description('begins the next campaign: copies a pack with its dates moved, and says what is left to do by hand')
  .action(async (name: string, options: NewCampaignOptions) => newCampaignCommand(readConfig(), name, options, say));
program
  .command('check-pack')
  .argument('<folder>', 'a pack, such as campaigns/zhongshan-2022')
  .option('--no-cards', 'only what is wrong and what is worth knowing')
  .option('--channel <name>', 'the cards of one channel; left out: of all')
  .description(
    'says what is wrong with a campaign pack, and shows its cards as each platform shows them; changes nothing',
  )
  .action(async (folder: string, options: CheckPackOptions) => checkPackCommand(folder, options, say));
program
  .command('simulate')
  .option('--from <day>', 'the first day, such as 2022-04-19; left out: day 1 of the first campaign')
  .option('--to <day>', 'the last day; left out: thirty days later')
  .option('--seed <n>', 'a whole number: the same seed gives the same figures', '1')
  .description('plays a campaign with simulated people, on a database that is thrown away')
  .action(async (options: SimulateOptions) => simulateCommand(readConfig(), options));

await program.parseAsync().catch(fail);
