import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/pages/playground/model.ts';
import { mergeMessages, timelineOf } from '../../../src/pages/playground/timeline.ts';

const message = (id: string, at: string, text = id): Message => ({ id, at, changedAt: at, from: 'bot', text });
const SHANGHAI = 480;

describe('the messages of a chat', () => {
  it('puts a changed message where the old one was', () => {
    const known = [message('a', '2022-04-19T08:30:00+08:00'), message('b', '2022-04-19T08:31:00+08:00')];
    const changed = message('a', '2022-04-19T08:30:00+08:00', 'changed');
    expect(mergeMessages(known, [changed]).map(({ text }) => text)).toEqual(['changed', 'b']);
  });

  it('orders by instant, whatever order they came in', () => {
    const incoming = [message('late', '2022-04-19T08:31:00+08:00'), message('early', '2022-04-19T00:30:00Z')];
    expect(mergeMessages([], incoming).map(({ id }) => id)).toEqual(['early', 'late']);
  });

  it('has a time line at each new day and after five quiet minutes', () => {
    const messages = [
      message('a', '2022-04-19T08:30:00+08:00'),
      message('b', '2022-04-19T08:33:00+08:00'),
      message('c', '2022-04-19T10:00:00+08:00'),
      message('d', '2022-04-20T00:01:00+08:00'),
    ];
    const shown = timelineOf(messages, SHANGHAI).map((item) => (item.kind === 'time' ? item.label : item.key));
    expect(shown).toEqual(['4月19日（周二）08:30', 'a', 'b', '10:00', 'c', '4月20日（周三）00:01', 'd']);
  });
});
