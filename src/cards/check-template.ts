// What is wrong with a template, all at once: syntax, names that no facts have, ids that nobody handles, and whatever
// fails when it is drawn with sample facts. Runs when templates are loaded, so that no wording fails in front of people.
import type { Liquid } from 'liquidjs';
import { makeCalendar } from '../domain/calendar.ts';
import type { CardDataOf } from '../domain/card-data.ts';
import { compileCard } from './compile.ts';
import { type Filter, filtersFor } from './filters.ts';
import { bareData, fullData } from './sample-data.ts';
import type { CardTemplate, Saying } from './template.ts';
import { makeLiquid, makeWording, type Path, type Scope, TemplateFault, type Wording } from './wording.ts';
import type { Words } from './words.ts';

export interface TemplateProblem {
  readonly path: Path;
  readonly reason: string;
}

type Kind = keyof CardDataOf;

const fieldIds = ['compound', 'not_done', 'note', 'remark', 'promised_on', 'finding'];
const actionIds = [
  ...['all_ok', 'has_exceptions', 'submit', 'undo', 'correct', 'why', 'sign', 'not_me', 'claim', 'report_fix'],
  ...['progress', 'wrong_record', 'verify', 'reopen', 'acknowledge', 'list', 'open', 'answer:{{ i }}'],
];
/** An id that comes with the facts: a question's or an item's own. */
const factsOwnId = /^\{\{ \w+\.id \}\}$/;

export const checkCard = (kind: Kind, template: CardTemplate, words: Words): TemplateProblem[] => {
  const problems = [
    ...unknownIds(template.fields, 'fields', (id) => fieldIds.includes(id) || factsOwnId.test(id)),
    ...unknownIds(template.actions, 'actions', (id) => actionIds.includes(id)),
  ];
  const wording = checkingWording(words, problems);
  compileCard(template, wording)(fullData[kind]);
  if (problems.length > 0) return problems;
  return bareData[kind].flatMap((facts) => problemOf(() => compileCard(template, strictWording(words))(facts)));
};

/** A saying may use the facts it declares, and its examples must do for drawing it. */
export const checkSaying = (saying: Saying, words: Words): TemplateProblem[] => {
  const problems: TemplateProblem[] = [];
  const wording = checkingWording(words, problems);
  wording.text(saying.text, ['text'])(wording.scope(saying.with));
  return problems;
};

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

/** No campaign is at hand when templates are loaded: any calendar says whether a filter works. */
const anyCalendar = makeCalendar('UTC', { off: new Set(), working: new Set(), years: new Set() });

const filters = (words: Words): Readonly<Record<string, Filter>> => filtersFor(words, anyCalendar);

/** Throws where a fact that may be missing is said without being asked for. */
const strictWording = (words: Words): Wording =>
  makeWording(
    makeLiquid(filters(words), {
      outputEscape: (value: unknown) => {
        if (value === null || value === undefined)
          throw new TypeError('says a fact that may be missing: ask “if” first');
        return String(value);
      },
    }),
  );

/** Draws like any other wording, but notes what is wrong instead of throwing. */
const checkingWording = (words: Words, problems: TemplateProblem[]): Wording => {
  const liquid = makeLiquid(filters(words));
  const wording = makeWording(liquid);
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
      scope.getSync([...name]);
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
