// The few words that Feishu's cards and mechanics need besides the card's own. zh-CN; people see them.
export const words = {
  pleaseChoose: '请选择',
  allQuestions: (n: number) => `以下 ${n} 条都一样时，在这里选一次`,
  goesOn: '……（全文见另一条消息）',
  moreByText: (n: number) => `还有 ${n} 个没有列在选项里，请直接发名称加情况`,
  typeInstead: '选项太多，卡片放不下，请直接回复文字说明',
  shownBelow: '已发在群里，只有您看得到',
  outdated: '这张卡片已有更新，请用最新的一张',
  fileTooBig: '文件超过 20 MB，收不到。请压缩后再发，或发照片',
} as const;
