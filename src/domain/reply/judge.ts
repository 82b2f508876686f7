// Why a careful colleague would ask back, or why a message is none for the form. Order matters: the first reason is the one
// the person hears.

import type { AskReason } from './reading.ts';
import { type Heard, isSubset, type LooseValue, type Statement } from './statement.ts';
import type { Cls, Token } from './token.ts';
import type { Tone } from './tone.ts';

const hasAny = (tokens: readonly Token[], classes: ReadonlySet<Cls>): boolean => tokens.some((t) => classes.has(t.cls));

/** Words of people who talk about something else than what they found. */
const OTHER_BUSINESS: ReadonlySet<Cls> = new Set([
  ...(['ack', 'question', 'look', 'future', 'directive', 'addressee', 'elsewhere', 'hypothesis'] as const),
]);
const OTHER_NEWS: ReadonlySet<Cls> = new Set(['fact', 'reported', 'done']);
const WORDLESS: ReadonlySet<Cls> = new Set([
  ...(['comma', 'space', 'stop', 'dot', 'newline', 'quote', 'filler', 'fact', 'compound'] as const),
]);

export const hasWords = (tokens: readonly Token[]): boolean => tokens.some((t) => !WORDLESS.has(t.cls));

const DECREES = new Set(['要求', '规定', '强调', '指出', '指示', '部署', '要点', '精神', '重点', '提示']);
/** 防控办要求：…, 会议要点：… */
const isDecree = (tokens: readonly Token[]): boolean => {
  const colon = tokens.slice(0, 9).findIndex((t) => t.cls === 'colon');
  const before = tokens.slice(0, Math.max(0, colon));
  return (
    [...DECREES].some((word) => before.at(-1)?.text.endsWith(word)) &&
    before.some((t) => ['unknown', 'person', 'elsewhere'].includes(t.cls)) &&
    !before.some((t) => t.text.startsWith('我') || t.text.startsWith('按'))
  );
};

/** 【通知】…, 转：…, @所有人 …: somebody else's words, or words to everybody. */
export const isForwarded = (tokens: readonly Token[]): boolean => {
  const opening = tokens.filter((t) => t.cls !== 'space' && t.cls !== 'newline').slice(0, 4);
  const at = opening.findIndex((t) => t.cls === 'forward');
  const [first] = opening;
  if (first?.cls === 'addressee' && first.text.startsWith('@')) return true;
  if (isDecree(tokens)) return true;
  if (at < 0 || at > 1) return false;
  const isBracketed = ['【', '(', '['].includes(opening[at - 1]?.text ?? '');
  const after = opening[at + 1]?.cls;
  // 通知已阅: read, and not passed on.
  return isBracketed || after === 'colon' || (at === 0 && after !== 'comma' && after !== 'ack');
};

const whoAndHow = (tone: Tone): AskReason | null =>
  tone.forSomebody ? 'for_somebody_else' : tone.hearsay ? 'hearsay' : tone.hedged ? 'hedged' : null;

/** No statement was heard: is there still an attempt to report? null = chatter. */
export const whyUnstated = (tokens: readonly Token[], tone: Tone, heard: Heard): AskReason | null => {
  const { doubts, loose } = heard;
  const { strange } = tone;
  const elsewhere = hasAny(tokens, OTHER_BUSINESS);
  const aboutFacts = tokens.some((t) => t.cls === 'fact');
  const attempts = doubts.length > 0 || loose.length > 0;
  const asks = !tone.hedged && tokens.some((t) => t.cls === 'question' && t.text !== '嘛');
  const amends = tokens.some((t, i) => t.cls === 'directive' && tokens[i + 1]?.cls === 'amend');
  if (tone.correcting && amends && !attempts && strange === 0) return 'incomplete_correction';
  if (tone.correcting && (attempts ? strange < 3 : strange === 0 && !elsewhere && !aboutFacts))
    return 'incomplete_correction';
  if (tone.same && (strange < 3 || (strange < 6 && !elsewhere))) return 'same_as_before';
  if (tone.conditional) return 'hedged';
  if (tone.forSomebody && tokens.some((t) => t.cls === 'number' || t.cls === 'all')) return 'for_somebody_else';
  if (tone.vague && !asks && (strange < (elsewhere ? 3 : 6) || loose.length > 0) && (!tone.plans || loose.length > 0))
    return 'vague';

  // Items named without any value are a report only where nothing else is being talked about.
  const onlyNames =
    doubts.every((d) => d.reason === 'no_value' || (d.reason === 'ambiguous_word' && d.said === undefined)) &&
    !tone.hedged;
  const talks = elsewhere || strange > 0 || hasAny(tokens, OTHER_NEWS);
  const [doubt] = doubts;
  if (doubt !== undefined && strange < 4 && !asks && !(onlyNames && talks)) return whoAndHow(tone) ?? doubt.reason;
  if (loose.length > 0 && strange < 2 && !aboutFacts) return whoAndHow(tone) ?? (elsewhere ? null : 'no_item');
  return null;
};

/** Statements were heard: may they be written? null = yes. */
export const whyUnsure = (
  tone: Tone,
  heard: Heard,
  statements: readonly Statement[],
  correcting: boolean,
): AskReason | null => {
  if (tone.forSomebody) return 'for_somebody_else';
  if (tone.hearsay) return 'hearsay';
  if (tone.compounds.length > 1) return 'two_compounds';
  if (tone.same && !correcting) return 'same_as_before';
  if (tone.vague) return 'vague';
  if (tone.hedged || tone.conditional) return 'hedged';
  const [doubt] = heard.doubts;
  if (doubt !== undefined) return doubt.reason;
  if (statements.some((s) => s.doubtful && !isConfirmed(s, heard))) return 'unclear';
  return !correcting && heard.loose.some((value) => !isPlaced(value, statements)) ? 'no_item' : null;
};

/** 隔离点要等帐篷到货才能设，现在没有: said again, and plainly. */
const isConfirmed = (doubtful: Statement, { statements, loose }: Heard): boolean =>
  statements.some((s) => !s.doubtful && s.value === doubtful.value && isSubset(doubtful.items, s.items)) ||
  loose.some((value) => value.value === doubtful.value && statements.findLast((s) => s.to <= value.from) === doubtful);

/** 合格，都合格: a value said of nothing does no harm beside the same value said of something. */
const isPlaced = ({ value, from }: LooseValue, statements: readonly Statement[]): boolean =>
  value === statements.find((s) => s.scope === 'all')?.value ||
  value === (statements[0] !== undefined && from < statements[0].from ? statements[0].value : undefined) ||
  value === statements.findLast((s) => s.to <= from)?.value;
