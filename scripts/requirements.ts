// Which requirement is proved by which test: the R and E numbers that tests name in titles, tables and comments. Reads
// test files as text and runs nothing; the list of requirements is docs/requirements.yaml.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { parse } from 'yaml';
import * as z from 'zod';

const root = join(import.meta.dirname, '..');
export const tablePath = join(root, 'docs/requirements.md');

const listSchema = z.record(
  z.string().regex(/^[RE]\d{2}$/),
  z.strictObject({ title: z.string().min(1), planned: z.string().min(1).optional() }),
);

export interface Proof {
  readonly file: string;
  /** The test's title; null = the file as a whole. */
  readonly title: string | null;
}

export interface Requirement {
  readonly number: string;
  readonly title: string;
  /** What will bring it, while no test proves it. */
  readonly planned: string | null;
  readonly proofs: readonly Proof[];
}

export const readRequirements = (): Requirement[] => {
  const list = listSchema.parse(parse(readFileSync(join(root, 'docs/requirements.yaml'), 'utf8')));
  const proofs = new Map<string, Proof[]>();
  for (const file of globSync('test/**/*.test.ts', { cwd: root }).sort()) {
    for (const { number, proof } of proofsIn(file, readFileSync(join(root, file), 'utf8'))) {
      const own = proofs.get(number) ?? [];
      proofs.set(number, own);
      if (!own.some((other) => other.file === proof.file && other.title === proof.title)) own.push(proof);
    }
  }
  return Object.entries(list).map(([number, { title, planned }]) => ({
    number,
    title,
    planned: planned ?? null,
    proofs: proofs.get(number) ?? [],
  }));
};

/** R16–R21 names six. */
export const numbersIn = (text: string): string[] =>
  [...text.matchAll(/\b([RE])(\d{2})(?:[–-]\1(\d{2}))?\b/g)].flatMap(([, letter = '', from = '', to = from]) =>
    Array.from(
      { length: Math.max(1, Number(to) - Number(from) + 1) },
      (_, i) => `${letter}${String(Number(from) + i).padStart(2, '0')}`,
    ),
  );

/** Every place of one test file that names a number, with the test it belongs to. */
export const proofsIn = (file: string, source: string): { number: string; proof: Proof }[] => {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: { number: string; proof: Proof }[] = [];
  const note = (text: string, title: string | null): void => {
    for (const number of numbersIn(text)) found.push({ number, proof: { file, title } });
  };
  /** Several nodes begin or end at one place: each comment is read once, by the outermost. */
  const read = new Set<number>();
  const noteComments = (ranges: readonly ts.CommentRange[] | undefined, title: string | null): void => {
    for (const { pos, end } of ranges ?? []) {
      if (read.has(pos)) continue;
      read.add(pos);
      note(source.slice(pos, end), title);
    }
  };
  const visit = (node: ts.Node, title: string | null): void => {
    const call = testCall(node);
    const inside = call?.title ?? title;
    // A comment above a test speaks of that test, the one at the head of the file of all of them.
    const above = ts.isExpressionStatement(node) ? (testCall(node.expression)?.title ?? title) : inside;
    noteComments(ts.getLeadingCommentRanges(source, node.getFullStart()), above);
    noteComments(ts.getTrailingCommentRanges(source, node.getEnd()), title);
    if (call) {
      note(call.title, call.title);
      // A row of a table that names a number is a test of its own.
      for (const row of call.rows) note(row, row);
    }
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  ts.forEachChild(tree, (child) => visit(child, null));
  return found;
};

const runners = new Set(['describe', 'it', 'test']);

/** `it('…')`, `describe.each(table)('…')` and the like. */
const testCall = (node: ts.Node): { title: string; rows: readonly string[] } | null => {
  if (!ts.isCallExpression(node)) return null;
  const [first] = node.arguments;
  if (!first || !ts.isStringLiteralLike(first) || !runners.has(rootOf(node.expression))) return null;
  const table = ts.isCallExpression(node.expression) ? node.expression.arguments[0] : undefined;
  return { title: first.text, rows: table ? literalsIn(table).filter((text) => numbersIn(text).length > 0) : [] };
};

const rootOf = (expression: ts.Expression): string => {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression) || ts.isCallExpression(expression))
    return rootOf(expression.expression);
  return '';
};

const literalsIn = (node: ts.Node): string[] => {
  const texts: string[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isStringLiteralLike(child)) texts.push(child.text);
    ts.forEachChild(child, visit);
  };
  visit(node);
  return texts;
};

export const requirementsTable = (requirements: readonly Requirement[]): string => {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const proved = requirements.filter(({ proofs }) => proofs.length > 0).length;
  const tests = ({ planned, proofs }: Requirement): string =>
    proofs.length === 0
      ? `planned: ${cell(planned ?? '')}`
      : proofs
          .map(({ file, title }) => `${cell(title ?? 'the file as a whole')} (\`${file.slice('test/'.length)}\`)`)
          .join('<br>');
  return [
    '# Requirements and the tests that prove them',
    '',
    'Written by `npm run requirements` from the titles, tables and comments of the tests and from `requirements.yaml`.',
    `${proved} of ${requirements.length} are proved by tests; the others say what will bring them.`,
    '',
    '| number | requirement | tests |',
    '|---|---|---|',
    ...requirements.map((one) => `| ${one.number} | ${cell(one.title)} | ${tests(one)} |`),
    '',
  ].join('\n');
};
