// What is wrong with a template, all at once: syntax, names that no facts have, ids that nobody handles, and whatever
// fails when it is drawn with sample facts. Runs when templates are loaded, so that no wording fails in front of people.
import type { Liquid } from 'liquidjs';
import { makeCalendar } from '../domain/calendar.ts';
import type { CardDataOf } from '../domain/card-data.ts';
import { bareData } from './bare-sample.ts';
import { compileCard } from './compile.ts';
import { filtersFor } from './filters.ts';
import { fullData } from './full-sample.ts';
import type { Scope } from './scope.ts';
import type { CardTemplate, Saying } from './template.ts';
import { makeLiquid, makeWording, type Path, TemplateFault, type Wording } from './wording.ts';
import type { Words } from './words.ts';

interface TemplateProblem {
  readonly path: Path;
  readonly reason: string;
}

type Kind = keyof CardDataOf;

const fieldIds = ['compound', 'not_done', 'note', 'remark', 'promised_on', 'finding', 'area', 'people'];
const actionIds = [
  ...['all_ok', 'has_exceptions', 'submit', 'undo', 'correct', 'why', 'sign', 'not_me', 'claim', 'report_fix'],
  ...['remind', 'confirm', 'take', 'resolve'],
  ...['progress', 'wrong_record', 'verify', 'reopen', 'acknowledge', 'list', 'open', 'yesterday', 'answer:{{ i }}'],
];
/** An id that comes with the facts: a question's or an item's own. */
const factsOwnId = /^\{\{ \w+\.id \}\}$/;

interface IdNode {
  readonly id?: string | undefined;
}

const unknownIds = (
  list: readonly IdNode[],
  nested: 'fields' | 'actions',
  isKnown: (id: string) => boolean,
  path: Path = [nested],
): TemplateProblem[] =>
  list.flatMap((node, index) => {
    const at = [...path, index];
    const inner = (node as Readonly<Record<string, readonly IdNode[] | undefined>>)[nested];
    if (inner) return unknownIds(inner, nested, isKnown, [...at, nested]);
    if (node.id === undefined || isKnown(node.id)) return [];
    return [{ path: [...at, 'id'], reason: `“${node.id}” is none of the ids that are handled` }];
  });

/** Made once for all templates of a folder: to parse is what takes time. */
interface Checker {
  card(kind: Kind, template: CardTemplate): TemplateProblem[];
  /** A saying may use the facts it declares, and its examples must do for drawing it. */
  saying(saying: Saying): TemplateProblem[];
}

export const makeChecker = (words: Words): Checker => {
  // No campaign is at hand when templates are loaded: any calendar says whether a filter works.
  const filters = filtersFor(words, makeCalendar('UTC', { off: new Set(), working: new Set(), years: new Set() }));
  const liquid = makeLiquid(filters);
  const strict = makeWording(makeLiquid(filters, { outputEscape: present }), null);
  return {
    card: (kind, template) => {
      const problems = [
        ...unknownIds(template.fields, 'fields', (id) => fieldIds.includes(id) || factsOwnId.test(id)),
        ...unknownIds(template.actions, 'actions', (id) => actionIds.includes(id)),
      ];
      compileCard(template, checkingWording(liquid, problems))(fullData[kind]);
      if (problems.length > 0) return problems;
      const draw = compileCard(template, strict);
      return bareData[kind].flatMap((facts) => problemOf(() => draw(facts))).slice(0, 1);
    },
    saying: (saying) => {
      const problems: TemplateProblem[] = [];
      const wording = checkingWording(liquid, problems);
      wording.text(saying.text, ['text'])(wording.scope(saying.with));
      return problems;
    },
  };
};

/** Throws where a fact that may be missing is said without being asked for. */
const present = (value: unknown): string => {
  if (value === null || value === undefined) throw new TypeError('says a fact that may be missing: ask “if” first');
  return String(value);
};

/** Draws like any other wording, but notes what is wrong instead of throwing. */
const checkingWording = (liquid: Liquid, problems: TemplateProblem[]): Wording => {
  const wording = makeWording(liquid, null);
  const noting = <T>(act: () => T, instead: T): T => {
    const problem = problemOf(() => {
      instead = act();
    });
    const isNew = ({ path, reason }: TemplateProblem) =>
      !problems.some((known) => known.reason === reason && known.path.join() === path.join());
    problems.push(...problem.filter(isNew));
    return instead;
  };
  const checked = <T>(
    compile: Wording['text' | 'test' | 'list'],
    source: string,
    path: Path,
    output: string,
    instead: T,
  ) => {
    const draw = noting(
      () => compile(source, path) as (scope: Scope) => T,
      () => instead,
    );
    const names = noting(() => namesIn(liquid, output), []);
    return (scope: Scope): T =>
      noting(() => {
        requireAll(names, scope, path);
        return draw(scope);
      }, instead);
  };
  return {
    ...wording,
    everyBranch: true,
    text: (source, path) => checked(wording.text, source, path, source, ''),
    test: (source, path) => checked(wording.test, source, path, `{{ ${source} }}`, true),
    list: (source, path) => checked<readonly unknown[]>(wording.list, source, path, `{{ ${source} }}`, []),
  };
};

type Name = readonly (string | number)[];

/** The names a text uses, in all its branches. */
const namesIn = (liquid: Liquid, source: string): Name[] => {
  try {
    return liquid.globalVariableSegmentsSync(source).map((segments) => {
      const computed = segments.findIndex((segment) => Array.isArray(segment));
      return (computed === -1 ? segments : segments.slice(0, computed)) as Name;
    });
  } catch {
    return []; // A text that cannot be parsed is noted when it is compiled.
  }
};

const requireAll = (names: readonly Name[], scope: Scope, path: Path): void => {
  for (const name of names) {
    try {
      scope.context.getSync([...name]);
    } catch {
      throw new TemplateFault(path, `unknown variable ${name.join('.')}`);
    }
  }
};

const problemOf = (act: () => void): TemplateProblem[] => {
  try {
    act();
    return [];
  } catch (error) {
    if (error instanceof TemplateFault) return [{ path: error.path, reason: error.message }];
    throw error;
  }
};
