// Every requirement is proved by a test, or says what will bring it; and the page that lists them is the one of today.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { proofsIn, readRequirements, requirementsTable, tablePath } from '../../scripts/requirements.ts';

const requirements = readRequirements();
const all = [
  ...Array.from({ length: 52 }, (_, i) => `R${String(i + 1).padStart(2, '0')}`),
  ...Array.from({ length: 36 }, (_, i) => `E${String(i + 1).padStart(2, '0')}`),
];

describe('the requirements', () => {
  it('are all on the list', () => {
    expect(requirements.map((one) => one.number)).toEqual(all);
  });

  it('have each a test, or say what will bring one', () => {
    const without = requirements.filter(({ proofs, planned }) => proofs.length === 0 && planned === null);
    expect(without.map(({ number, title }) => `${number} ${title}`)).toEqual([]);
  });

  it('are written down as they are: otherwise run `npm run requirements`', () => {
    expect(readFileSync(tablePath, 'utf8')).toBe(requirementsTable(requirements));
  });
});

describe('a number is found', () => {
  const found = (source: string) => proofsIn('a.test.ts', source).map(({ number, proof }) => [number, proof.title]);
  // Numbers of no requirement, so that these rows prove none.
  it.each([
    ['in a title', "it('counts once (R91)', () => {});", [['R91', 'counts once (R91)']]],
    ['in a row of a table', "it.each([['late (E92)', 1]])('is %s', () => {});", [['E92', 'late (E92)']]],
    ['in a comment inside a test', "it('x', () => {\n  f(); // R93\n});", [['R93', 'x']]],
    ['in a comment above a test', "g();\n// E94\nit('y', () => {});", [['E94', 'y']]],
    ['at the head of a file', "// All of it (R95).\nimport x from 'x';", [['R95', null]]],
    ['as a range', "it('R96–R98', () => {});", ['R96', 'R97', 'R98'].map((n) => [n, 'R96–R98'])],
    ['nowhere else', "const text = 'R99';", []],
  ])('%s', (_, source, expected) => {
    expect(found(source)).toEqual(expected);
  });
});
