// A YAML file checked with zod: its value, or every fault with file, line, path and reason. It knows no particular file.
import { readFile } from 'node:fs/promises';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { sayReason } from './domain/reason.ts';
import { issueReason } from './issue-reason.ts';

export interface FileFault {
  readonly file: string;
  /** From 1; null where no line is to blame (a missing file). */
  readonly line: number | null;
  /** Inside the file: `lines[0].each`; empty = the file as a whole. */
  readonly path: string;
  readonly reason: string;
}

export interface YamlFile<T> {
  readonly value: T | null;
  readonly faults: readonly FileFault[];
  /** A fault at a place of this file, with its line. */
  fault(path: readonly PropertyKey[], reason: string): FileFault;
}

/** One line for people: `cards/letter.yaml:12 lines[0].each: unknown variable unit`. */
export const sayFault = ({ file, line, path, reason }: FileFault): string =>
  `${file}${line === null ? '' : `:${line}`}${path && ` ${path}`}: ${sayReason(reason, 'en')}`;

export const readYaml = async <S extends z.ZodType>(file: string, schema: S): Promise<YamlFile<z.output<S>>> =>
  checkYaml(file, await readFile(file, 'utf8').catch(() => null), schema);

/** The same for a text that came another way; null = there is none. `file` is what its faults call it. */
export const checkYaml = <S extends z.ZodType>(
  file: string,
  source: string | null,
  schema: S,
): YamlFile<z.output<S>> => {
  if (source === null) {
    const fault = { file, line: null, path: '', reason: 'this file cannot be read: put it there, or mend its name' };
    return { value: null, faults: [fault], fault: () => fault };
  }
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const fault = (path: readonly PropertyKey[], reason: string): FileFault => ({
    file,
    line: lineOf(document, lines, path),
    path: z.core.toDotPath(path),
    reason,
  });
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      file,
      line: lines.linePos(error.pos[0]).line,
      path: '',
      reason: `${error.message.split('\n')[0]?.replace(/\.$/, '')}: ${adviceOn[error.code] ?? 'compare the lines around it, their indents and quotes'}`,
    }));
    return { value: null, faults, fault };
  }
  const parsed = schema.safeParse(document.toJS(), { error: issueReason });
  if (parsed.success) return { value: parsed.data, faults: [], fault };
  return { value: null, faults: parsed.error.issues.map((issue) => faultOf(issue, fault)), fault };
};

/** What to do where a file is no YAML, by the parser's own codes. */
const adviceOn: Readonly<Record<string, string>> = {
  BAD_INDENT: 'give lines of one list or map the same indent, in spaces',
  TAB_AS_INDENT: 'indent with spaces, not with tabs',
  DUPLICATE_KEY: 'take one of the two out',
  MISSING_CHAR: 'close the bracket or the quote, or put a space after the colon',
  UNEXPECTED_TOKEN: 'take it out, or put the text in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'put a text that holds a colon in quotes',
  MULTILINE_IMPLICIT_KEY: 'put the name and its colon on one line',
};

/** A key that nobody knows is blamed on itself, not on the map that holds it. */
const faultOf = (issue: z.core.$ZodIssue, fault: YamlFile<unknown>['fault']): FileFault =>
  issue.code === 'unrecognized_keys'
    ? fault([...issue.path, issue.keys[0] ?? ''], issue.message)
    : fault(issue.path, issue.message);

/** The line of the value at `path`; of the nearest thing that holds it, where it is missing. */
const lineOf = (document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number => {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent = document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      : null;
    const node = pair?.key ?? document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
};
