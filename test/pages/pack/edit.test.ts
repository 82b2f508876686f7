// Changes of a pack on its page: an item goes with everything that names it, and the rest stays as it came.
import { beforeAll, describe, expect, it } from 'vitest';
import { checkBody, withFreshIds } from '../../../src/campaigns/edited-pack.ts';
import { loadHolidays } from '../../../src/campaigns/holidays.ts';
import type { PackBody } from '../../../src/campaigns/pack-body.ts';
import { loadPack } from '../../../src/campaigns/read-pack.ts';
import type { Holidays } from '../../../src/domain/calendar.ts';
import {
  addItem,
  addQuestion,
  itemsOf,
  moveItem,
  moveQuestion,
  removeItem,
  removeQuestion,
  setItem,
  setShortLabel,
  setType,
  withValue,
} from '../../../src/pages/pack/edit.ts';
import type { Pack } from '../../../src/pages/pack/model.ts';

let pack: Pack;
let holidays: Holidays;
beforeAll(async () => {
  const loaded = await loadPack('campaigns/zhongshan-2022');
  if (!loaded.ok) throw new Error('the shipped pack has faults');
  // As it comes over the wire.
  pack = JSON.parse(JSON.stringify(loaded.body));
  holidays = await loadHolidays();
});

const faultsOf = (body: Pack) => checkBody(body, holidays).faults.map(({ path }) => path.join('.'));
const ids = (body: Pack) =>
  itemsOf(body.checklists[0] as Pack['checklists'][number]).map(({ id, num }) => `${num} ${id}`);

describe('editing a pack', () => {
  it('begins without a fault, and leaves what it does not know as it came', () => {
    expect(faultsOf(pack)).toEqual([]);
    const changed = withValue(pack, ['plan', 'title'], '另一个行动');
    expect(changed).toEqual({ ...pack, plan: { ...pack.plan, title: '另一个行动' } });
  });

  it('takes an item out with its short label, its words and its column', () => {
    const without = removeItem(pack, 0, 'entry_temp_mask');
    expect(faultsOf(without)).toEqual([]);
    expect(JSON.stringify(without.checklists)).not.toContain('entry_temp_mask');
    expect(ids(without).at(-1)).toBe('7 staff_mask');
    // 测温 fitted two items: with one left there is nothing to ask back.
    expect(without.checklists[0]?.derived.ambiguous_words).not.toHaveProperty('测温');
  });

  it('adds an item before the remark of the form, under an id of its own, which only lacks its words', () => {
    const more = addItem(addItem(pack, 0), 0);
    expect(ids(more).slice(-2)).toEqual(['9 item_1', '10 item_2']);
    expect(more.checklists[0]?.column_order?.slice(-3)).toEqual(['item_1', 'item_2', 'other_findings']);
    expect(faultsOf(more)).toEqual(['checklists.0.items.6.label', 'checklists.0.items.7.label']);
    const named = setItem(setItem(more, 0, 'item_1', { label: '电梯' }), 0, 'item_2', { label: '车库' });
    expect(faultsOf(named)).toEqual([]);
  });

  it('moves an item among its own and numbers all anew', () => {
    expect(ids(moveItem(pack, 0, 'wall_guide', -1)).slice(0, 4)).toEqual([
      '1 wall_notice',
      '2 wall_guide',
      '3 wall_ten_musts',
      '4 isolation_point',
    ]);
    expect(moveItem(pack, 0, 'wall_notice', -1)).toEqual(pack);
    expect(ids(moveItem(pack, 0, 'isolation_point', -1))[0]).toBe('1 isolation_point');
  });

  it('gives a choice its options, and takes them with it when it is none any more', () => {
    const choice = setType(pack, 0, 'staff_mask', 'choice');
    expect(faultsOf(choice)).toEqual(['checklists.0.items.5.options.0.label', 'checklists.0.items.5.options.1.label']);
    expect(setType(choice, 0, 'staff_mask', 'yes_no')).toEqual(pack);
  });

  it('says so where the label is too long for a card and has no short one', () => {
    expect(faultsOf(setShortLabel(pack, 0, 'visitor_control', ''))).toEqual(['checklists.0.items.2.label']);
  });

  it('numbers the questions of the letter', () => {
    const fewer = removeQuestion(pack, 0, 'q3');
    expect(fewer.letters[0]?.questions.map(({ num }) => num)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(moveQuestion(fewer, 0, 'q4', -1).letters[0]?.questions.slice(1, 3)).toMatchObject([
      { id: 'q4', num: 2 },
      { id: 'q2', num: 3 },
    ]);
    expect(addQuestion(fewer, 0).letters[0]?.questions.at(-1)).toMatchObject({ id: 'q3', num: 12, text: '' });
  });

  it('says where dates cross', () => {
    const crossed = withValue(pack, ['plan', 'strands', 0, 'phases', 0, 'end'], '2022-04-01');
    expect(faultsOf(crossed)).toEqual(['plan.strands.0.phases.0.end']);
    expect(faultsOf(withValue(pack, ['plan', 'deadlines', 2, 'date'], ''))).toEqual(['plan.deadlines.2.date']);
  });
});

describe('what asks otherwise than before', () => {
  it('gets the next id, in the strands too, and nothing else does (E30)', () => {
    const body = pack as unknown as PackBody;
    const changed = { checklists: ['checklist-2022-04'], letters: [] };
    const once = withFreshIds(body, changed, new Set(['checklist-2022-04']));
    expect(once.plan.strands.map(({ checklist, letter }) => checklist ?? letter ?? null)).toEqual([
      'checklist-2022-04-v2',
      'letter-2022-04',
      'checklist-2022-04-v2',
      null,
    ]);
    const taken = new Set(['checklist-2022-04', 'checklist-2022-04-v2']);
    const again = withFreshIds(once, { checklists: ['checklist-2022-04-v2'], letters: [] }, taken);
    expect(again.checklists[0]?.id).toBe('checklist-2022-04-v3');
  });
});
