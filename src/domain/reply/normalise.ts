// One spelling for what people type: half-width, simplified, one tick and one cross, ASCII punctuation, nothing invisible.
// Each character of the result remembers the place it came from in the text as sent, so that proof can be shown (DOORS §3).

import { SIMPLIFIED, TRADITIONAL } from './characters.ts';

/** `text` is what the lexer reads; character i of it was written at `from[i]` up to `to[i]` (UTF-16) of the original. */
export interface Plain {
  readonly sent: string;
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

const spelling = new Map<string, string>();
const spell = (characters: string, as: string): void => {
  for (const character of characters) spelling.set(character, as);
};

[...TRADITIONAL].forEach((character, i) => {
  spelling.set(character, SIMPLIFIED[i] ?? character);
});
spell('冇', '冇');
spell('哂曬晒', '晒');
spell('佐咗', '咗');
spell('己巳', '已');
spell('墙牆墻樯檣嫱', '墙');
spell('沒', '没');
spell('✓✔☑✅√🗸', '√');
spell('✗✘✖❌×╳☒❎🚫╳❎', '×');
spell('👌👍🆗', '👌');
spell('，﹐､', ',');
spell('。｡．', '.');
spell('；﹔', ';');
spell('：﹕∶', ':');
spell('？﹖⁇', '?');
spell('！﹗❗‼', '!');
spell('（﹙〔［', '(');
spell('）﹚〕］', ')');
spell('、﹑', '、');
spell('「『﹁﹃', '「');
spell('」』﹂﹄', '」');
spell('“”"‘’\'《》〈〉＂＇', '"');
spell('—–―－〜～~‐‑−…⋯', '-');
spell('▢□☐⬜◻▫○◯', '□');
spell('→➡⇒', '→');
spell('\t\v\f\u2005\u2028\u2029\u3000', ' ');
spell('\r', '\n');

/** ①⑴⒈❶㈠ and their kin carry the digit they show, in brackets, so that ①② stays two numbers. */
const enclosed: readonly (readonly [first: number, count: number])[] = [
  [0x2460, 20],
  [0x2474, 20],
  [0x2488, 20],
  [0x2776, 10],
  [0x2780, 10],
  [0x278a, 10],
  [0x3220, 10],
  [0x3280, 10],
  [0x24f5, 10],
];
for (const [first, count] of enclosed) {
  for (let n = 0; n < count; n++) spelling.set(String.fromCodePoint(first + n), `(${n + 1})`);
}

/** Written but not seen: controls, direction marks, joiners, variation selectors, the keycap frame, skin tones. */
const isInvisible = (code: number): boolean =>
  (code < 0x20 && code !== 0x0a) ||
  (code >= 0x7f && code <= 0x9f) ||
  code === 0xad ||
  code === 0x61c ||
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2060 && code <= 0x206f) ||
  (code >= 0xfe00 && code <= 0xfe0f) ||
  code === 0x20e3 ||
  code === 0xfeff ||
  (code >= 0x1f3fb && code <= 0x1f3ff) ||
  (code >= 0xd800 && code <= 0xdfff);

/** Faces, hands, stars: they part words and say nothing. */
const isDecoration = (code: number): boolean =>
  (code >= 0x1f000 && code <= 0x1faff) || (code >= 0x2600 && code <= 0x27bf) || (code >= 0x2b00 && code <= 0x2bff);

const plainForm = (character: string, code: number): string => {
  const known = spelling.get(character);
  if (known !== undefined) return known;
  if (code >= 0xff01 && code <= 0xff5e) return plainForm(String.fromCharCode(code - 0xfee0), code - 0xfee0);
  if (isInvisible(code)) return '';
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || isDecoration(code)) return ' ';
  return code < 0x250 ? character.toLowerCase() : character;
};

/** Linear in the length of the text. Never throws: lone surrogates and controls simply leave nothing behind. */
export const normalise = (sent: string): Plain => {
  const from: number[] = [];
  const to: number[] = [];
  let text = '';
  for (let at = 0; at < sent.length; ) {
    const code = sent.codePointAt(at) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    const plain = plainForm(sent.slice(at, at + width), code);
    text += plain;
    for (let i = 0; i < plain.length; i++) {
      from.push(at);
      to.push(at + width);
    }
    at += width;
  }
  return { sent, text, from, to };
};
