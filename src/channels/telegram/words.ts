// What Telegram's own mechanics say to people: buttons and toasts of filling in a card, and the list of commands. What the
// campaign says is in cards/; nothing here knows of it.

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

interface CommandWord {
  readonly command: string;
  readonly zh: string;
  readonly en: string;
}

const everywhere: readonly CommandWord[] = [
  { command: 'report', zh: '汇总：覆盖、问题、签阅', en: 'Figures: coverage, findings, letters' },
  { command: 'unsigned', zh: '未签阅一封信的单位', en: 'Units that have not signed the letter' },
  { command: 'overdue', zh: '逾期未整改的问题', en: 'Findings past their deadline' },
  { command: 'help', zh: '能用的命令', en: 'Commands you can use' },
];

/** Names are a–z only on Telegram; descriptions carry the Chinese (https://core.telegram.org/bots/api#botcommand). */
export const commandWords: Readonly<Record<'private' | 'group', readonly CommandWord[]>> = {
  private: [...everywhere, { command: 'bind', zh: '绑定本人账号：/bind 绑定码', en: 'Bind your account: /bind CODE' }],
  group: [...everywhere, { command: 'bind', zh: '绑定本群：/bind 组团或镇街名', en: 'Bind this group: /bind ZONE' }],
};
