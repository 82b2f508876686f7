// Families of words that a colleague takes as the same. When a checklist uses one member for an item, the others name
// that item too. A family no checklist uses has no effect.

const families = `
疫情防控 防疫 疫情 防控 抗疫 防疫工作 疫控
进入人员 进门人员 进来的人 进来的 进小区的人 进小区 进出人员 进出的人 入小区 进场人员 进入的人 入内人员 入门人员 进入者 进门的人 进门的 入嚟嘅人 入来的人 出入人员 入门 进门 进入小区 进小区的 入小区的人 进来的人员 进入的人员 出入的人 入口人员 出入口人员 入园人员 来的人 入嚟 进去的人 进出 进出小区 出入小区 进出的
所有进入人员 所有进来的人 所有人进入 所有进入的人 所有进出人员
来访 来访人员 来访者 访客 外来人员 外来人 外来访客 上门人员 外来的人 来访的 外来 来访的人 外人
来往人员 来往的人 过往人员 过往的人 过路的人 来往行人 路过的人 来来往往的人 来往群众 过往群众 来往的群众 来往住户 来往居民 来往业主 出入的人
快递 快递员 快递小哥 速递 送快递 快递的 快递哥
外卖 外卖员 外卖小哥 骑手 送餐 送餐员 送外卖 外卖仔 外卖哥 外卖的
登记 做登记 实名登记 登记信息
扫码 扫健康码 扫粤康码 扫场所码 查码 验码 亮码 扫二维码 刷码 扫个码 扫健康 健康码 粤康码 场所码
提醒 劝导 提示 叮嘱 提醒来往 提醒过往 提醒路人 提个醒
员工 工作人员 职工 物业人员 物管人员 物业员工 保洁 自己人 内部员工 员工们 物业职工 物业工作人员 自己员工 在岗人员 在岗员工 上班人员 保洁员 保洁阿姨 保洁人员 清洁工 清洁阿姨 清洁员 扫地阿姨 前台 绿化工
保安 门卫 保安员 秩序员 安保 保安大哥 保安队 值班保安 门岗保安 秩序维护员 安保人员 保安人员 值守人员 看更
口罩 口罩儿 面罩 罩
体温 测温 量体温 测体温 体温检测 探热 量温 检测体温 测量体温 探体温 体温测量 测量温度 量度体温 查体温 测下体温 测个温 量个体温 探温
隔离点 隔离室 隔离间 隔离房 观察室 隔离区 隔离观察区 隔离观察室 隔离观察间 临时隔离点 观察点 隔离位 隔离地点 隔离观察房 观察间 隔离屋子 观察区 隔离的地方 隔离地方 隔离的房间
通告 公告 通告书
指引 工作指引 指南 简明指南 操作指引
上墙 上了墙 张贴上墙 贴上墙 贴墙 上咗墙 贴在墙上 贴到墙上 贴墙上 挂墙 挂上墙 贴上墙壁 贴喺墙 贴在墙 都上墙
`;

/** Those who live here: they come in, but are no visitors. */
const RESIDENTS = ['业主', '住户', '居民', '街坊', '屋主', '户主', '老人家', '回来的人', '入屋的人', '本小区的人'];
export const isResident = (word: string): boolean => RESIDENTS.includes(word);

/** 外卖员进门要扫码: on the way in, and no name of those who come in. */
const ENTERING = new Set([
  '进门',
  '入门',
  '入嚟',
  '进入小区',
  '进小区',
  '入小区',
  '进来',
  '进去',
  '进出',
  '进出小区',
  '出入小区',
]);
export const isEntering = (word: string): boolean => ENTERING.has(word);

const everyPair = (firsts: string, seconds: string): string[] =>
  firsts.split(' ').flatMap((first) => seconds.split(' ').map((second) => first + second));

/** People who work for a compound, by what they do: 绿化工人, 厨房阿姨, 保安队长. */
const OCCUPATIONS = [
  ...everyPair(
    '园林 绿化 厨房 食堂 饭堂 水电 维修 工程 泳池 车场 停车场 收费 消防 监控 巡逻 值班 值守 物业 清洁 保洁 卫生 管理处 服务中心 客服 岗亭 门岗 门口 大堂 会所 电梯 弱电',
    '工人 工 阿姨 师傅 大叔 大爷 大姐 大哥 小哥 小妹 人员 员 员工 同事 部员工 部人员 小姐姐 妹子 前台 文员 班长 队长 主管 岗 的人',
  ),
  ...everyPair('保安 保洁 清洁', '队长 班长 亭里面那位 亭那位 小伙 小哥 小弟 叔叔 大爷 阿叔 师傅 哥 老张 老李'),
  ...[
    '客服',
    '管家',
    '水电工',
    '电工',
    '维修工',
    '门卫大爷',
    '门卫大叔',
    '花工',
    '杂工',
    '勤杂工',
    '收费员',
    '巡逻员',
    '救生员',
    '看门大爷',
    '看门的',
    '守门的',
    '看门口的',
    '扫地的',
    '搞卫生的',
    '做清洁的',
    '剪草的',
    '种花的',
  ],
];

const familyOf = new Map<string, readonly string[]>();
for (const line of families.trim().split('\n')) {
  const family = line.split(' ');
  for (const word of family) familyOf.set(word, [...(familyOf.get(word) ?? []), ...family]);
}

for (const word of OCCUPATIONS) if (!familyOf.has(word)) familyOf.set(word, familyOf.get('员工') ?? []);
const staff = familyOf.get('员工');
if (staff !== undefined) familyOf.set('员工', [...staff, ...OCCUPATIONS.filter((word) => !staff.includes(word))]);

const ENTRANTS = '进入人员';
const entrants = familyOf.get(ENTRANTS) ?? [];
familyOf.set(ENTRANTS, [...entrants, ...RESIDENTS]);

/** 提醒来往的人: whom it is done to. */
const people = new Set([
  ...entrants,
  ...RESIDENTS,
  ...(familyOf.get('来访') ?? []),
  ...(familyOf.get('来往人员') ?? []),
]);
export const isPeople = (word: string): boolean => people.has(word);

/** Every word that has a family. */
export const familiar: readonly string[] = [...familyOf.keys()].filter((word) => word.length > 1);

/** The word itself and everything people say for it. */
export const saidFor = (word: string): readonly string[] => [word, ...(familyOf.get(word) ?? [])];

/** What a group word about posting is done to: 文件没贴 speaks of the whole group. */
export const nounsFor = (groupWord: string): readonly string[] =>
  saidFor(groupWord).includes('上墙') ? ['文件', '文件指引', '文件资料', '上墙文件'] : [];
