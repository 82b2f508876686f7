// A chain is a name and filters: `compounds | without: 'doneAt' | size`. Nearly every text is made of chains, and a press
// waits for its card: read here they cost a tenth of what liquid's generators take. Everything else is left to liquid,
// and a test holds that both say the same.
import type { Filter } from './filters.ts';
import type { Scope } from './scope.ts';

/** Reads the value. With `lenient` a name that is missing is null, else it throws. */
type Chain = (scope: Scope, lenient: boolean) => unknown;

const name = /^[a-zA-Z]\w*(?:\.[a-zA-Z]\w*)*$/;
const link = /^(\w+)(?:: (.+))?$/;
const literal = /^(?:'([^']*)'|"([^"]*)"|(\d+))$/;
/** Words that liquid does not take for names. */
const reserved: ReadonlySet<string> = new Set(['true', 'false', 'nil', 'null', 'empty', 'blank', 'not', 'and', 'or']);

/** The chain, or null where the source is more than one (an operator, an index, a literal). */
export const chainOf = (source: string, filters: Readonly<Record<string, Filter>>): Chain | null => {
  const [start = '', ...links] = source.split(' | ').map((part) => part.trim());
  const head = nameOf(start);
  const steps = links.map((text) => stepOf(text, filters));
  if (head === null || steps.includes(null)) return null;
  return (scope, lenient) => {
    let value = head(scope, lenient);
    for (const step of steps as Step[]) value = step(value, scope);
    return value;
  };
};

/** A text of nothing but chains in double braces; null where liquid is needed. */
export const chainsText = (
  source: string,
  filters: Readonly<Record<string, Filter>>,
): ((scope: Scope) => string) | null => {
  const parts = source.split(/\{\{ (.+?) \}\}/);
  const words = parts.filter((_, i) => i % 2 === 0);
  if (words.some((text) => text.includes('{{') || text.includes('{%'))) return null;
  const chains = parts.filter((_, i) => i % 2 === 1).map((text) => chainOf(text, filters));
  if (chains.includes(null)) return null;
  return (scope) => {
    let text = words[0] as string;
    for (let i = 0; i < chains.length; i += 1) text += said((chains[i] as Chain)(scope, false)) + words[i + 1];
    return text;
  };
};

const said = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.map(said).join('') : String(value);
};

const nameOf = (source: string): Chain | null => {
  if (!name.test(source)) return null;
  const path = source.split('.');
  const [first = '', ...rest] = path;
  if (reserved.has(first)) return null;
  return (scope, lenient) => {
    let value = scope.get(first);
    for (const property of rest) value = propertyOf(value, property);
    if (value === undefined && !lenient) throw new ReferenceError(`undefined variable: ${source}`);
    return value ?? null;
  };
};

const propertyOf = (value: unknown, property: string): unknown => {
  if (value === null) return null;
  if (value === undefined) return undefined;
  if (Array.isArray(value)) {
    if (property === 'size') return value.length;
    if (property === 'first') return value[0];
    return property === 'last' ? value.at(-1) : undefined;
  }
  return typeof value === 'object' && Object.hasOwn(value, property)
    ? (value as Readonly<Record<string, unknown>>)[property]
    : undefined;
};

type Step = (value: unknown, scope: Scope) => unknown;

const stepOf = (source: string, filters: Readonly<Record<string, Filter>>): Step | null => {
  const [, filterName = '', list = ''] = link.exec(source) ?? [];
  const filter = Object.hasOwn(filters, filterName) ? filters[filterName] : undefined;
  const args = list === '' ? [] : list.split(', ').map(argumentOf);
  if (!filter || args.includes(null)) return null;
  return (value, scope) => filter(value, ...(args as Chain[]).map((argument) => argument(scope, false)));
};

const argumentOf = (source: string): Chain | null => {
  const found = literal.exec(source);
  if (!found) return nameOf(source);
  const value = found[3] === undefined ? (found[1] ?? found[2]) : Number(found[3]);
  return () => value;
};
