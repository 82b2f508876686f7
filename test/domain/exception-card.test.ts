import { beforeAll, describe, expect, it } from 'vitest';
import type { Checklist } from '../../src/domain/checklist.ts';
import { readChecklistPress } from '../../src/domain/exception-card.ts';
import { answers, zhongshan } from '../support/universe.ts';

let checklist: Checklist;
let all: (...no: string[]) => Record<string, unknown>;
beforeAll(async () => {
  const campaign = await zhongshan();
  checklist = campaign.checklists[0] as Checklist;
  all = (...no) => answers(campaign, ...no) as Record<string, unknown>;
});

describe('a press on the exception card (R20)', () => {
  it('全部落实 says yes to every item', () => {
    expect(readChecklistPress(checklist, 'all_ok', { note: ' ' })).toEqual({
      kind: 'answers',
      answers: all(),
      note: null,
    });
  });

  it('the ticks are what is NOT done, and a note goes with them (R21)', () => {
    expect(
      readChecklistPress(checklist, 'submit', { not_done: ['isolation_point', 'staff_mask'], note: '西门没人' }),
    ).toEqual({
      kind: 'answers',
      answers: all('isolation_point', 'staff_mask'),
      note: '西门没人',
    });
  });

  it.each([
    ['an empty submit is asked back', 'submit', {}, 'nothing_ticked'],
    ['a contradiction is asked back', 'all_ok', { not_done: ['staff_mask'] }, 'contradiction'],
    ['an item that is not on the list', 'submit', { not_done: ['nonsense'] }, 'unknown_item'],
    ['a single tick may come as a text', 'submit', { not_done: 'staff_mask' }, 'answers'],
  ] as const)('%s', (_, action, values, kind) => {
    expect(readChecklistPress(checklist, action, values).kind).toBe(kind);
  });

  it('asks for numbers and choices that the form needs', () => {
    const item = { label: '', shortLabel: '', required: true, aliases: [] };
    const mixed: Checklist = {
      ...checklist,
      items: [
        { ...item, id: 'exits', num: 1, kind: 'yes_no', options: [] },
        { ...item, id: 'extinguishers', num: 2, kind: 'number', options: [], min: 0, max: 999 },
        { ...item, id: 'alarm', num: 3, kind: 'choice', options: [{ id: 'works', label: '正常', aliases: [] }] },
      ],
    };
    expect(readChecklistPress(mixed, 'all_ok', { extinguishers: '1000', alarm: 'works' })).toMatchObject({
      kind: 'missing',
      items: [{ id: 'extinguishers' }],
    });
    expect(readChecklistPress(mixed, 'all_ok', { extinguishers: '12', alarm: 'works' })).toMatchObject({
      answers: { exits: 'yes', extinguishers: 12, alarm: 'works' },
    });
  });
});
