// Invented names for the demo roster, drawn from a seeded chance: the same seed gives the same roster.
// Companies and compounds are called after creatures and places of legend, so that nobody takes them for real ones.

/** Numbers from 0 to below 1 (mulberry32). */
export const seededChance = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

const words = (text: string): string[] => text.trim().split(/\s+/);

export const LEGENDS =
  words(`白泽 青鸾 麒麟 鲲鹏 毕方 重明 夔牛 应龙 烛龙 玄武 朱雀 青龙 白虎 貔貅 獬豸 天禄 辟邪 甪端 当康 乘黄
  文鳐 飞廉 商羊 精卫 朏朏 诸怀 腓腓 鹿蜀 灌灌 瞿如 凫徯 孟极 耳鼠 驺吾 比翼 冉遗 蠃鱼 鸣蛇 相柳 陆吾
  英招 开明 帝江 句芒 蓐收 祝融 玄冥 勾陈 腾蛇 金乌 玉兔 桂魄 望舒 羲和 常羲 洛神 湘君 河伯 雷泽 风伯`);

export const PLACES =
  words(`蓬莱 瀛洲 方壶 员峤 岱舆 昆仑 瑶池 阆苑 悬圃 扶桑 若木 建木 三珠 沙棠 琅玕 丹丘 青丘 涂山 华胥 桃源
  武陵 云梦 汤谷 虞渊 咸池 崦嵫 不周 钟山 章尾 招摇 堂庭 猿翼 杻阳 柢山 亶爰 基山 箕尾 天虞 祷过 丹穴
  发爽 旄山 非山 阳夹 灌湘 鸡山 令丘 仑者 禺稿 南禺 钱来 松果 太华 小华 符禺 石脆 英山 竹山 浮山 羭次`);

export const COMPOUND_ENDS = words(
  '花园 雅苑 名庭 豪庭 家园 新村 公馆 华府 湾畔 里 名城 轩 阁 苑 居 府 台 广场 半岛 山庄 翠庭 尚园',
);

const SURNAMES = words(`王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹
  彭 曾 萧 田 董 潘 袁 蔡 蒋 余 于 杜 叶 程 苏 魏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 欧阳 司徒`);
const GIVEN = [...'安柏辰初丹恩帆歌海涵皓嘉景静可兰乐宁鹏琪然若珊书恬薇晓欣雅一颖雨泽哲知舟子梓禾川野溪林岚星月云'];

export const makeNames = (chance: () => number) => {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
  /** Draws one with a probability in proportion to its weight. */
  const pickWeighted = <T>(from: readonly (readonly [T, number])[]): T => {
    let left = chance() * from.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of from) {
      left -= weight;
      if (left < 0) return value;
    }
    return from[0]?.[0] as T;
  };
  const person = (): string => pick(SURNAMES) + pick(GIVEN) + (chance() < 0.75 ? pick(GIVEN) : '');
  let last = 0;
  /** No Chinese mobile number begins with 100: nobody is ever rung up by a demo. */
  const mobile = (): string => {
    last += 7;
    return `100${String(last).padStart(8, '0')}`;
  };
  return { pick, pickWeighted, person, mobile };
};
