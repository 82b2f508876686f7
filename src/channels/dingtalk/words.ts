// The few words that DingTalk's cards and chats need besides the card's own. zh-CN; people see them.
export const words = {
  submit: '提交',
  action: '请选择操作',
  pleaseChoose: '请选择',
  chooseAction: '请先选择要做的操作，再提交',
  hasExceptions: '有未落实（已勾选）',
  over: '已结束',
  moreByText: (n: number) => `还有 ${n} 个没有列在选项里，请直接发名称加情况`,
  goesOn: '（全文见下一条消息）',
  notOfTheCorp: '您不是本单位通讯录里的成员，机器人认不出您是谁。请联系督导办公室，用别的方式提交',
  lookAbove: '请看上面的消息',
  fileTooBig: '文件超过 20 MB，收不到。请压缩后再发',
  // ---- cards in words, where there is no template ----
  replyWith: (mention: boolean) => (mention ? '请 @我 回复序号：' : '请回复序号：'),
  exceptions: '有未落实',
  thenOne: (action: number, label: string) => `先写操作的序号，再写${label}的序号，例如：${action} 2`,
  thenSome: (action: number, label: string) => `先写操作的序号，再写${label}的序号，例如：${action} 3 5`,
  thenText: (label: string) => `${label}写在最后`,
  byWords: '也可以直接回复文字说明',
  wordsOnly: '请直接回复文字说明',
  noSuchNumber: '没有这个序号，请按卡片上的序号回复',
} as const;
