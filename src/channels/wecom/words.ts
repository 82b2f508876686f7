// The few words that WeCom's cards need besides the card's own. zh-CN; people see them.
export const words = {
  pleaseChoose: '请选择',
  chooseAction: '请先选择要做的操作，再提交',
  action: '操作',
  submit: '提交',
  hasExceptions: '有未落实',
  allAnswered: (n: number, label: string) => `全部 ${n} 条：${label}`,
  oneAnswered: (number: string, label: string) => `第 ${number} 条：${label}`,
  notDone: '✗ 表示未落实',
  typeInstead: '请直接回复文字说明',
  typeThese: (labels: string) => `${labels}：请直接回复文字`,
  moreByText: (n: number) => `还有 ${n} 个没有列在选项里，请直接发名称加情况`,
  openPage: '打开',
  lookAbove: '请看群里的通知',
  maybeLost: '刚才的连接有中断，其间在卡片上的操作可能没有收到。没有看到回应的，请再操作一次',
} as const;
