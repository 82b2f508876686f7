import { describe, expect, it } from 'vitest';
import { compoundHits, compoundWords, type NamedCompound } from '../../src/domain/compound-search.ts';
import { loadPinyin } from '../../src/store/pinyin.ts';

const sounds = await loadPinyin();
const areas = ['东区街道', '石岐街道', '翠亨新区（含南朗街道）'];
const compound = (id: string, name: string, area: string, ...aliases: string[]): NamedCompound => ({
  id,
  name,
  aliases,
  area,
  pinyin: sounds([name, ...aliases]),
});
const known = [
  compound('c1', '阳光花园', '东区街道', '阳光城'),
  compound('c2', '阳光花园', '石岐街道'),
  compound('c3', '景湖居', '东区街道'),
  compound('c4', '丹穴名城', '翠亨新区（含南朗街道）'),
  compound('c5', '阳光花园三期', '东区街道'),
];

const found = (text: string): string[] => {
  const words = compoundWords(text, areas);
  return compoundHits(words, sounds([words.name]), known).map(({ compound: { id }, fit }) => `${id} ${fit}`);
};

describe('a compound is found by what people call it (R11, E17)', () => {
  it.each<[string, string[]]>([
    ['景湖居', ['c3 exact']],
    ['我住在景湖居小区。', ['c3 exact']],
    ['我家住东区景湖居', ['c3 exact']],
    ['阳光花园', ['c1 exact', 'c2 exact']],
    ['东区 阳光花园', ['c1 exact']],
    ['石岐街道阳光花园', ['c2 exact']],
    ['阳光城', ['c1 exact']],
    ['南朗丹穴名城', ['c4 exact']],
    ['阳光', ['c1 part', 'c2 part', 'c5 part']],
    ['jhj', ['c3 sound']],
    ['jinghuju', ['c3 sound']],
    ['景湖局', ['c3 sound']],
    ['丹穴明城', ['c4 sound']],
    ['丹六名城', ['c4 near']],
    ['景湖', ['c3 part']],
    ['月亮湾', []],
    ['', []],
    ['东区', []],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('what is said around a name', () => {
  it.each([
    ['我住阳光花园', { name: '阳光花园', area: null }],
    ['现在住在石岐的阳光花园里', { name: '阳光花园', area: '石岐街道' }],
    ['小区', { name: '小区', area: null }],
  ])('%s', (text, expected) => {
    expect(compoundWords(text, areas)).toEqual(expected);
  });
});
