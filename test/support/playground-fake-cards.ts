// People, groups and cards for the fake playground: a small, plainly invented piece of the demo campaign.

import type { Card, Chat, Command, Member, Person, Slot } from '../../src/pages/playground/model.ts';

const person = (id: string, name: string, role: string, label: string, scope: string): Person => ({
  id,
  name,
  roles: [{ role, label, scope }],
  title: null,
});

export const PEOPLE: readonly Person[] = [
  person('zhang', '张工', 'inspector', '检查组成员', '东区组团'),
  person('dai', '戴巍', 'zone_lead', '组团督导负责人', '东区组团'),
  person('weng', '翁冠超', 'liaison', '督导联络员', '东区组团'),
  person('liang', '梁梓胜', 'supervisor', '督导监督员', '东区组团'),
  person('peng', '彭荣辉', 'commander', '督导指挥员', '全市'),
  person('chen', '陈小宁', 'staff', '工作人员', '市住房城乡建设局'),
  person('wang', '王经理', 'signatory', '企业负责人', '某某物业服务有限公司'),
  person('liu', '刘主任', 'town_contact', '镇街联系人', '东区街道'),
  person('he', '何秘书', 'association', '协会', '市物业管理行业协会'),
  person('lin', '林科', 'office', '物业管理科', '市住房城乡建设局'),
  person('li', '李工', 'inspector', '检查组成员', '东区组团'),
];

const members = (...ids: readonly string[]): readonly Member[] =>
  ids.flatMap((id) =>
    PEOPLE.filter((one) => one.id === id).map(({ name, roles }) => ({
      id,
      name,
      roles: roles.map((role) => role.role),
    })),
  );

const group = (id: string, title: string, ...ids: readonly string[]): Chat => ({
  id,
  title,
  kind: 'group',
  members: members(...ids),
});

export const CHATS: readonly Chat[] = [
  group('zone-east', '东区组团', 'zhang', 'li', 'dai', 'weng', 'liang'),
  group('area-east', '东区街道', 'liu', 'chen'),
  group('association', '市物业管理行业协会', 'he', 'weng'),
  group('command', '督导指挥群', 'peng', 'liang', 'weng', 'lin'),
  ...PEOPLE.map(({ id }): Chat => ({ id: `private-${id}`, title: '督导', kind: 'person', members: members(id) })),
];

export const COMMANDS: readonly Command[] = [
  { name: '/report', alias: '/汇总', hint: '看组团、镇街或小区的情况', usage: '/汇总 [组团|镇街|小区]' },
  { name: '/unsigned', alias: '/未签', hint: '还没签阅一封信的单位', usage: '/未签' },
  { name: '/overdue', alias: '/逾期', hint: '超过期限的整改', usage: '/逾期' },
  { name: '/help', alias: '/帮助', hint: '我能做什么', usage: '/帮助' },
];

const SLOT_TIMES = [
  ['assignments', '08:30', '检查安排'],
  ['reminders', '10:00', '提醒'],
  ['next_day', '17:30', '明日安排'],
  ['hand_over', '18:00', '小结移交'],
  ['tally', '20:00', '组团小结'],
  ['digest', '20:00', '督导日报'],
] as const;

export const slotsOf = (day: string): readonly Slot[] =>
  SLOT_TIMES.map(([kind, time, label]) => ({ kind, day, at: `${day}T${time}:00+08:00`, label }));

export const ITEMS = [
  '1 通告上墙',
  '2 十必须上墙',
  '3 简明指引上墙',
  '4 隔离观察点',
  '5 来访扫码测温登记戴口罩',
  '6 进入人员测温戴口罩',
  '7 提醒戴口罩',
  '8 员工戴口罩',
].map((label, index) => ({ id: `item-${index + 1}`, label }));

export const COMPOUNDS = [
  ['yangguang', '阳光花园', '张工', '尚未检查'],
  ['jinghu', '景湖居', '李工', '加强检查'],
  ['cuizhu', '翠竹苑', '张工', '尚未检查'],
  ['yongan', '永安新城', '李工', '尚未检查'],
  ['hefeng', '和风雅苑', '张工', '回头看'],
  ['binhe', '滨河一号', '李工', '尚未检查'],
  ['xingfu', '幸福里', '张工', '尚未检查'],
  ['lanting', '兰亭序', '李工', '加强检查'],
  ['dongyu', '东裕豪庭', '张工', '尚未检查'],
].map(([id = '', name = '', who = '', why = '']) => ({ id, name, who, why }));

type Draft = Omit<Card, 'id' | 'state'>;
const open = (id: string, draft: Draft): Card => ({ id, ...draft, state: 'open' });

export const assignmentCard = (
  id: string,
  left: readonly string[] = COMPOUNDS.map((compound) => compound.id),
): Card => {
  const due = COMPOUNDS.filter((compound) => left.includes(compound.id));
  const done = COMPOUNDS.length - due.length;
  return {
    ...open(id, {
      kind: 'assignment',
      title: '东区组团 · 4月19日（周二）检查安排',
      lines: [
        '今天 9 个小区：尚未检查 6，加强检查 2，回头看 1。请今天 20:00 前完成。',
        ...due.map(({ name, who, why }, index) => `${index + 1} ${name} · ${who} · ${why}`),
        '也可以 @我 直接说，例如：阳光花园 除了3和5其他都有',
      ],
      fields: [
        {
          id: 'compound',
          kind: 'choice',
          label: '小区',
          required: true,
          options: due.map(({ id, name, why }) => ({ id, label: `${name} · ${why}` })),
        },
      ],
      actions: [
        { id: 'all_ok', label: '全部落实', style: 'primary' },
        { id: 'has_exceptions', label: '有未落实' },
      ],
    }),
    ...(done > 0 ? { stateText: `已查 ${done} 个，还有 ${due.length} 个` } : {}),
  };
};

export const checklistCard = (id: string, compound: string): Card =>
  open(id, {
    kind: 'checklist',
    title: `${compound} · 请勾选未落实的项`,
    lines: ['东区街道 · 某物业公司 · 检查人 张工 · 检查日期 4月19日'],
    fields: [
      { id: 'not_done', kind: 'ticks', label: '未落实的项', options: ITEMS },
      { id: 'note', kind: 'text', label: '其他情况（可不填）' },
    ],
    actions: [{ id: 'submit', label: '提交', style: 'primary' }],
  });

export const confirmationCard = (id: string, compound: string, notDone: readonly string[]): Card => ({
  ...open(id, {
    kind: 'confirmation',
    title: `已记录：${compound}`,
    lines:
      notDone.length === 0
        ? ['8 项全部落实。']
        : [
            `${ITEMS.length - notDone.length} 项落实，${notDone.length} 项未落实（${notDone.join('、')}）。`,
            '已通知东区街道，4月21日（周四）24:00 前反馈整改情况。',
          ],
    fields: [],
    actions: [
      { id: 'undo', label: '撤回' },
      { id: 'correct', label: '改' },
      { id: 'why', label: '为什么' },
    ],
  }),
  state: 'answered',
  stateText: '张工 已记录',
});

export const questionCard = (id: string): Card =>
  open(id, {
    kind: 'question',
    title: '“口罩没戴”说的是哪一项？',
    lines: ['暂时没有写入记录。'],
    fields: [],
    actions: ['8 员工', '6 进入人员', '7 没有提醒', '5 来访人员'].map((label, index) => ({
      id: `answer:${index}`,
      label,
    })),
  });

export const letterCard = (id: string): Card =>
  open(id, {
    kind: 'letter',
    title: '致中山市各物业服务企业的一封信',
    lines: [
      '王经理，您好。某某物业服务有限公司等您签阅。4月26日（周二）24:00 前，大约 2 分钟。',
      '请逐项回答，再点签阅。',
    ],
    fields: [
      '您是否清楚物业服务企业负责人必须严格履行物业管理区域疫情防控第一责任人责任？',
      '您是否清楚并要求对快递员、外卖员等实行特殊人群管理，提倡实施无接触配送?',
      '您是否清楚并要求所有物业服务企业员工必须佩戴好口罩？',
    ].map((label, index) => ({
      id: `q${index + 1}`,
      kind: 'choice' as const,
      label: `${index + 1}. ${label}`,
      required: true,
      options: [
        { id: 'yes', label: '是' },
        { id: 'no', label: '否' },
      ],
    })),
    actions: [
      { id: 'sign', label: '签阅', style: 'primary' },
      { id: 'not_me', label: '我不是负责人' },
    ],
  });

export const findingCard = (id: string): Card =>
  open(id, {
    kind: 'finding',
    title: '整改通知 · 东区街道 · 阳光花园',
    lines: ['未落实：4 隔离观察点。检查 4月19日 10:12，张工。', '请督促整改，4月21日（周四）24:00 前反馈。'],
    fields: [
      { id: 'promised_on', kind: 'text', label: '预计完成日期' },
      { id: 'remark', kind: 'text', label: '整改情况' },
    ],
    actions: [
      { id: 'report_fix', label: '已整改，上报', style: 'primary' },
      { id: 'progress', label: '需要更长时间' },
      { id: 'wrong_record', label: '记录有误', style: 'danger' },
    ],
  });

export const tallyCard = (id: string): Card => ({
  ...open(id, {
    kind: 'tally',
    title: '东区组团 · 4月19日小结（截至 20:00）',
    lines: ['小区覆盖 37 / 212，今天 +9', '问题 3：待整改 2，待复核 1，逾期 0', '一封信 12 / 40 已签阅'],
    fields: [],
    actions: [{ id: 'list', label: '名单（负责人可见）' }],
  }),
});

export const reportCard = (id: string): Card => ({
  ...open(id, {
    kind: 'report',
    title: '东区组团 · 尚未检查的小区（截至 08:30）',
    lines: Array.from({ length: 26 }, (_, index) => `${index + 1} 示例小区${index + 1} · 东区街道`),
    fields: [],
    actions: [],
  }),
  state: 'closed',
  stateText: '只作查看',
});
