// Turns a card template into a function that draws it. It decides nothing about people: what a card says is in its facts.
import type { Card, CardAction, CardField, CardOption } from '../domain/card.ts';
import type { Scope } from './scope.ts';
import type { ActionNode, CardTemplate, FieldNode, LineNode, OptionNode } from './template.ts';
import type { Path, Wording } from './wording.ts';

export type CardBody = Pick<Card, 'title' | 'lines' | 'fields' | 'actions'>;

/** Adds what a node draws to `out`. */
type Draw<T> = (scope: Scope, out: T[]) => void;

interface Guarded {
  readonly if?: string | undefined;
  readonly each?: string | undefined;
}

export const compileCard = (template: CardTemplate, wording: Wording): ((facts: object) => CardBody) => {
  const title = wording.text(template.title, ['title']);
  const lines = nodes(template.lines, ['lines'], wording, lineOf);
  const fields = nodes(template.fields, ['fields'], wording, fieldOf);
  const actions = nodes(template.actions, ['actions'], wording, actionOf);
  return (facts) => {
    const scope = wording.scope(facts);
    return {
      title: title(scope),
      lines: drawn(lines, scope),
      fields: drawn(fields, scope),
      actions: drawn(actions, scope),
    };
  };
};

const drawn = <T>(draw: Draw<T>, scope: Scope): T[] => {
  const out: T[] = [];
  draw(scope, out);
  return out;
};

type Compile<N, T> = (node: N, path: Path, wording: Wording) => { draw: Draw<T>; otherwise?: Draw<T> };

const nodes = <N extends Guarded, T>(
  list: readonly N[],
  path: Path,
  wording: Wording,
  compile: Compile<N, T>,
): Draw<T> => {
  const draws = list.map((node, index) => guarded(node, [...path, index], wording, compile));
  return (scope, out) => {
    for (const draw of draws) draw(scope, out);
  };
};

/** Puts a node under its `if`, and both under its `each`. */
const guarded = <N extends Guarded, T>(node: N, path: Path, wording: Wording, compile: Compile<N, T>): Draw<T> => {
  const { draw, otherwise } = compile(node, path, wording);
  const test = node.if === undefined ? null : wording.test(node.if, [...path, 'if']);
  const once = test ? underIf(test, draw, otherwise, wording.everyBranch) : draw;
  if (node.each === undefined) return once;
  const at = node.each.lastIndexOf(' as ');
  const name = node.each.slice(at + ' as '.length);
  const list = wording.list(node.each.slice(0, at), [...path, 'each']);
  return (scope, out) => {
    let i = 0;
    for (const element of list(scope)) {
      i += 1;
      scope.push({ [name]: element, i });
      once(scope, out);
      scope.pop();
    }
  };
};

const underIf =
  <T>(test: (scope: Scope) => boolean, draw: Draw<T>, otherwise: Draw<T> | undefined, both: boolean): Draw<T> =>
  (scope, out) => {
    const holds = test(scope);
    if (holds || both) draw(scope, out);
    if (!holds || both) otherwise?.(scope, out);
  };

/** A line that comes out empty is left out. */
const textLine = (source: string, path: Path, wording: Wording): Draw<string> => {
  const text = wording.text(source, path);
  return (scope, out) => {
    const line = text(scope).trim();
    if (line !== '') out.push(line);
  };
};

const lineOf: Compile<LineNode, string> = (node, path, wording) => ({
  draw:
    node.line === undefined
      ? nodes(node.lines ?? [], [...path, 'lines'], wording, lineOf)
      : textLine(node.line, [...path, 'line'], wording),
  ...(node.else !== undefined && { otherwise: textLine(node.else, [...path, 'else'], wording) }),
});

const optionOf: Compile<OptionNode, CardOption> = (node, path, wording) => {
  const id = wording.text(node.id, [...path, 'id']);
  const label = wording.text(node.label, [...path, 'label']);
  return { draw: (scope, out) => out.push({ id: id(scope), label: label(scope) }) };
};

const fieldOf: Compile<FieldNode, CardField> = (node, path, wording) => {
  const { kind } = node;
  if (kind === undefined) return { draw: nodes(node.fields ?? [], [...path, 'fields'], wording, fieldOf) };
  const id = wording.text(node.id ?? '', [...path, 'id']);
  const label = wording.text(node.label ?? '', [...path, 'label']);
  const options = node.options && nodes(node.options, [...path, 'options'], wording, optionOf);
  return {
    draw: (scope, out) =>
      out.push({
        id: id(scope),
        kind,
        label: label(scope),
        ...(options && { options: drawn(options, scope) }),
        ...(node.required && { required: true }),
      }),
  };
};

const actionOf: Compile<ActionNode, CardAction> = (node, path, wording) => {
  if (node.id === undefined) return { draw: nodes(node.actions ?? [], [...path, 'actions'], wording, actionOf) };
  const id = wording.text(node.id, [...path, 'id']);
  const label = wording.text(node.label ?? '', [...path, 'label']);
  const url = node.url === undefined ? undefined : wording.text(node.url, [...path, 'url']);
  return {
    draw: (scope, out) =>
      out.push({
        id: id(scope),
        label: label(scope),
        ...(node.style && { style: node.style }),
        ...(url && { url: url(scope) }),
      }),
  };
};
