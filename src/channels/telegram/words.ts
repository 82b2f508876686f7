// What Telegram's own mechanics say to people: buttons and toasts of filling in a card, and the list of commands. What the
// campaign says is in cards/; nothing here knows of it.
import { type CommandName, commands } from '../../domain/commands.ts';

export const words = {
  chooseFirst: '请选择',
  mine: '我的卡片',
  privately: '私聊办理',
  back: '返回',
  previousPage: '上一页',
  nextPage: '下一页',
  fillIn: (label: string) => `填写${label}`,
  nothingYet: '（未填写）',
  separator: '、',
  chosen: (label: string) => `已选：${label}`,
  ticked: (labels: readonly string[]) => `已勾选 ${labels.length} 项：${labels.join('、')}`,
  nothingTicked: '没有勾选任何项',
  outdated: '这张卡片已有更新，请用最新的一张',
  notYours: '这张卡片是发给别人的，请在发给您的卡片上操作',
  openPrivately: '请在与我的私聊里办理',
  ask: (label: string) => `请回复这条消息，填写：${label}`,
  goesOn: '……（全文见上面的消息）',
  goesOnPrivately: '……（全文请看私聊）',
  photoTooBig: '文件超过 20 MB，收不到。请压缩后再发，或发照片',
  anonymous: '匿名管理员的消息认不出是谁发的。请在群设置里关闭“匿名”，再发一次',
} as const;

interface Described {
  readonly zh: string;
  readonly en: string;
}

/** What each command does; names are a–z only on Telegram (https://core.telegram.org/bots/api#botcommand). */
const described: Readonly<Record<CommandName, Described>> = {
  report: { zh: '汇总：覆盖、问题、签阅', en: 'Figures: coverage, findings, letters' },
  unsigned: { zh: '未签阅一封信的单位', en: 'Units that have not signed the letter' },
  overdue: { zh: '逾期未整改的问题', en: 'Findings past their deadline' },
  phase: { zh: '查看各阶段，调整截止日', en: 'Phases and their deadlines' },
  selfcheck: { zh: '系统自检', en: 'Check the system' },
  assign: { zh: '指派：/assign 姓名 小区', en: 'Assign: /assign NAME COMPOUND' },
  notice: { zh: '通知：/notice [组团] 内容', en: 'Notice: /notice [ZONE] TEXT' },
  fixed: { zh: '反馈已整改：/fixed 小区 项', en: 'Report a fix: /fixed COMPOUND ITEM' },
  verify: { zh: '复核整改：/verify 小区 项', en: 'Verify a fix: /verify COMPOUND ITEM' },
  reopen: { zh: '重新整改：/reopen 小区 项', en: 'Reopen a finding: /reopen COMPOUND ITEM' },
  refer: { zh: '移交问题：/refer 小区 项', en: 'Refer a finding: /refer COMPOUND ITEM' },
  dashboard: { zh: '打开看板', en: 'Open the dashboard' },
  form: { zh: '取一次性网页表单：/form 小区或单位', en: 'One-time web form: /form COMPOUND or UNIT' },
  proxy: { zh: '代填：/proxy 姓名 小区 检查情况', en: 'Record for a colleague: /proxy NAME COMPOUND ANSWER' },
  who: { zh: '查人：/who 姓名、组团或镇街', en: 'Look people up: /who NAME or AREA' },
  excuse: { zh: '登记请假：/excuse 姓名 日期', en: 'Register leave: /excuse NAME DATES' },
  delegate: { zh: '委托代办：/delegate 代办人', en: 'Hand over your work: /delegate NAME' },
  correct: { zh: '更正记录：/correct 小区 内容', en: 'Correct a record: /correct COMPOUND TEXT' },
  bind: { zh: '绑定本人账号：/bind 绑定码', en: 'Bind your account: /bind CODE' },
  home: { zh: '我住的小区：/home 小区名', en: 'Where you live: /home COMPOUND' },
  spotcheck: { zh: '抽查小区：/spotcheck 个数', en: 'Draw a spot check: /spotcheck NUMBER' },
  townreport: { zh: '镇街落实情况报送', en: 'Town reports' },
  help: { zh: '能用的命令', en: 'Commands you can use' },
};

/** Where a command means something else in a group. */
const inGroups: Partial<typeof described> = {
  bind: { zh: '绑定本群：/bind 组团或镇街名', en: 'Bind this group: /bind ZONE' },
};

const all = commands.map(({ name }) => ({ command: name, ...described[name] }));

export const commandWords = {
  private: all,
  group: all.map((one) => ({ ...one, ...inGroups[one.command] })),
};
