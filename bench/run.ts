// `npm run bench [-- NAME…]`: runs the measurements of this folder, all or the named ones, one after another.
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

const folder = import.meta.dirname;
const names = (await readdir(folder))
  .filter((file) => file.endsWith('.ts') && file !== basename(import.meta.filename))
  .map((file) => basename(file, '.ts'))
  .sort();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`no measurement is called ${unknown.join(', ')}; there are ${names.join(', ')}\n`);
  process.exit(1);
}
for (const name of asked.length > 0 ? asked : names) {
  process.stdout.write(`\n— ${name}\n`);
  const { default: measure } = (await import(join(folder, `${name}.ts`))) as { default: () => Promise<void> };
  await measure();
}
