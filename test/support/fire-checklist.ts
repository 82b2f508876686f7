// A second checklist, of another campaign and other kinds of items: whatever the parser knows of the first one fails here.

import type { Checklist, Item } from '../../src/domain/checklist.ts';

const item = (num: number, id: string, label: string, aliases: string[], more: Partial<Item> = {}): Item => ({
  id,
  num,
  label,
  shortLabel: label.replace(/^是否|[？?]$/g, '').slice(0, 16),
  kind: 'yes_no',
  required: true,
  aliases,
  options: [],
  ...more,
});

export const fireChecklist: Checklist = {
  id: 'fire-2026',
  title: '消防安全检查表',
  items: [
    item(1, 'lane', '消防车通道是否畅通', ['消防通道', '消防车道']),
    item(2, 'stairs', '疏散楼梯是否畅通', ['疏散楼梯', '楼梯间']),
    item(3, 'exit_signs', '安全出口标志是否完好', ['出口标志', '安全出口']),
    item(4, 'lights', '应急照明是否完好', ['应急灯', '应急照明']),
    item(5, 'extinguishers', '灭火器数量', ['灭火器'], { kind: 'number', min: 0, max: 500, unit: '具' }),
    item(6, 'hydrants', '室内消火栓数量', ['消火栓'], { kind: 'number', min: 0, max: 100, unit: '处' }),
    item(7, 'control_room', '消防控制室是否双人值班', ['控制室', '消控室']),
    item(8, 'shift', '值班班次', ['班次'], {
      kind: 'choice',
      options: [
        { id: 'two', label: '两班倒', aliases: ['两班'] },
        { id: 'three', label: '三班倒', aliases: ['三班'] },
        { id: 'none', label: '无人值班', aliases: ['没人值班'] },
      ],
    }),
    item(9, 'ebike_indoor', '电动车是否禁止上楼', ['电动车上楼', '电瓶车上楼']),
    item(10, 'ebike_charging', '电动车是否集中充电', ['集中充电']),
    item(11, 'drill', '半年内是否开展消防演练', ['演练']),
    item(12, 'training', '员工是否接受消防培训', ['培训']),
  ],
  groupWords: { 疏散设施: ['stairs', 'exit_signs', 'lights'] },
  ambiguousWords: { 电动车: ['ebike_indoor', 'ebike_charging'] },
  noteLabel: '其他隐患',
  form: [],
};
