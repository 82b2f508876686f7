// For developers: `npm run requirements` writes docs/requirements.md, which requirement is proved by which test.
import { writeFileSync } from 'node:fs';
import { readRequirements, requirementsTable, tablePath } from './requirements.ts';

writeFileSync(tablePath, requirementsTable(readRequirements()));
