// Chinese and Arabic numerals up to 99,999. Junk gives null, never a wrong figure.

const DIGITS = '零一二三四五六七八九';
const ALIKE: Readonly<Record<string, string>> = {
  〇: '零',
  两: '二',
  壹: '一',
  贰: '二',
  叁: '三',
  肆: '四',
  伍: '五',
  陆: '六',
  柒: '七',
  捌: '八',
  玖: '九',
  拾: '十',
  佰: '百',
  仟: '千',
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 };

export const isChineseNumeral = (character: string): boolean => {
  const plain = ALIKE[character] ?? character;
  return DIGITS.includes(plain) || plain in UNITS;
};

export const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= '0' && character <= '9';

/** 四 → [4], 十二 → [12], 五六七 → [5, 6, 7]: a run without unit characters is a run of single digits. */
export const decodeChinese = (run: string): readonly number[] | null => {
  const plain = [...run].map((character) => ALIKE[character] ?? character);
  if (!plain.some((character) => character in UNITS)) return plain.map((character) => DIGITS.indexOf(character));
  let total = 0;
  let digit: number | null = null;
  let lastUnit = Number.POSITIVE_INFINITY;
  for (const character of plain) {
    const unit = UNITS[character];
    if (unit === undefined) {
      if (digit !== null && digit !== 0) return null;
      digit = DIGITS.indexOf(character);
    } else {
      if (unit >= lastUnit) return null;
      total += (digit ?? (unit === 10 ? 1 : 0)) * unit;
      lastUnit = unit;
      digit = null;
    }
  }
  return [total + (digit ?? 0)];
};
