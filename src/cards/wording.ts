// Liquid as these templates may use it: variables must exist, tags choose but never loop, and no file is read.
// A wording compiles texts, tests and lists once; what is compiled is then drawn as often as needed.
import { Liquid, type LiquidOptions, toValueSync, Value } from 'liquidjs';
import { chainOf, chainsText } from './chain.ts';
import type { Filter } from './filters.ts';
import { Scope } from './scope.ts';

/** Where in a file a text stands, for whoever must mend it. */
export type Path = readonly PropertyKey[];

export interface Wording {
  /** A check draws what stands under every `if` and `else`, whatever they say. */
  readonly everyBranch: boolean;
  text(source: string, path: Path): (scope: Scope) => string;
  test(source: string, path: Path): (scope: Scope) => boolean;
  list(source: string, path: Path): (scope: Scope) => readonly unknown[];
  scope(facts: object): Scope;
}

/** A text of a template that cannot be drawn: a fault of the template or of its facts, never of a person. */
export class TemplateFault extends Error {
  readonly path: Path;
  constructor(path: Path, cause: unknown) {
    super(reasonOf(cause), { cause });
    this.name = 'TemplateFault';
    this.path = path;
  }
}

const keptTags: ReadonlySet<string> = new Set(['if', 'unless', 'case']);

const options: LiquidOptions = {
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  // `{% if item.unit %}` may ask for an optional fact; a name that no facts know is found by check-template.ts.
  lenientIf: true,
  jsTruthy: true,
  groupedExpressions: true,
  templates: {},
  parseLimit: 100_000,
  memoryLimit: 10_000_000,
};

export const makeLiquid = (filters: Readonly<Record<string, Filter>>, more: LiquidOptions = {}): Liquid => {
  const liquid = new Liquid({ ...options, ...more });
  for (const tag of Object.keys(liquid.tags)) if (!keptTags.has(tag)) delete liquid.tags[tag];
  for (const name of Object.keys(liquid.filters)) delete liquid.filters[name];
  for (const [name, filter] of Object.entries(filters)) liquid.registerFilter(name, filter);
  return liquid;
};

/** With `short` null everything goes through liquid: to check templates, and to hold the short way against it. */
export const makeWording = (liquid: Liquid, short: Readonly<Record<string, Filter>> | null): Wording => {
  const value = (source: string, path: Path, lenient: boolean): ((scope: Scope) => unknown) => {
    const chain = short && chainOf(source, short);
    if (chain) return (scope) => blame(path, () => chain(scope, lenient));
    const compiled = blame(path, () => new Value(source, liquid));
    return (scope) => blame(path, () => toValueSync(compiled.value(scope.context, lenient)));
  };
  return {
    everyBranch: false,
    text: (source, path) => {
      if (!source.includes('{')) return () => source;
      const chains = short && chainsText(source, short);
      if (chains) return (scope) => blame(path, () => chains(scope));
      const compiled = blame(path, () => liquid.parse(source));
      return (scope) => blame(path, () => String(liquid.renderSync(compiled, scope.context)));
    },
    test: (source, path) => {
      const of = value(source, path, true);
      return (scope) => Boolean(of(scope));
    },
    list: (source, path) => {
      const of = value(source, path, false);
      return (scope) => {
        const list = of(scope);
        if (Array.isArray(list)) return list;
        throw new TemplateFault(path, new TypeError(`${source} is no list`));
      };
    },
    scope: (facts) => new Scope(facts, liquid),
  };
};

const blame = <T>(path: Path, act: () => T): T => {
  try {
    return act();
  } catch (error) {
    throw error instanceof TemplateFault ? error : new TemplateFault(path, error);
  }
};

/** Liquid's message without its picture of the source: `undefined variable: x`. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.replace(/, line:\d+, col:\d+$/, '') ?? '';
