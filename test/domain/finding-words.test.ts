import { describe, expect, it } from 'vitest';
import { readFindingWords } from '../../src/domain/finding-words.ts';
import { zhongshan } from '../support/universe.ts';

const items = (await zhongshan()).checklists[0]?.items ?? [];

describe('the words after a compound in /fixed and its sisters', () => {
  it.each([
    ['', [], [], ''],
    ['4', ['isolation_point'], [], ''],
    [' 第4项 已补设', ['isolation_point'], [], '已补设'],
    ['4、8：都已落实', ['isolation_point', 'staff_mask'], [], '都已落实'],
    ['隔离观察点 已在东门补设', ['isolation_point'], [], '已在东门补设'],
    ['隔离观察点和8', ['isolation_point', 'staff_mask'], [], ''],
    ['44', [], [44], ''],
    ['4号门没有', [], [], '4号门没有'],
    ['已补设', [], [], '已补设'],
    ['2022年4月补设', [], [], '2022年4月补设'],
  ])('%j', (words, ids, unknown, remark) => {
    expect(readFindingWords(items, words)).toEqual({ items: ids, unknown, remark });
  });
});
