import { describe, expect, it } from 'vitest';
import { readCommand } from '../../src/domain/commands.ts';

describe('a typed command', () => {
  it.each([
    ['/report 东区组团', { kind: 'command', name: 'report', rest: '东区组团' }],
    ['/汇总', { kind: 'command', name: 'report', rest: '' }],
    ['@督导 /未签  小榄镇 ', { kind: 'command', name: 'unsigned', rest: '小榄镇' }],
    ['／逾期', { kind: 'command', name: 'overdue', rest: '' }],
    ['/HELP', { kind: 'command', name: 'help', rest: '' }],
    ['/reprot', { kind: 'unknown', word: '/reprot', nearest: '/report' }],
    ['/汇宗 东区', { kind: 'unknown', word: '/汇宗', nearest: '/汇总' }],
    ['除了3和5其他都有', { kind: 'none' }],
    ['', { kind: 'none' }],
  ])('%s', (text, expected) => {
    expect(readCommand(text)).toEqual(expected);
  });
});
