// What may go wrong for people: one catalogue of stable codes, each with its HTTP status, its typed details and one
// sentence that says what one can do. Bugs are no problems: they rise as plain errors and are logged once.

import { sayReason } from './reason.ts';

export type Language = 'zh-CN' | 'en';

interface ProblemKind<D> {
  readonly status: number;
  readonly say: (details: D) => Readonly<Record<Language, string>>;
}

const kind = <D>(status: number, zh: (details: D) => string, en: (details: D) => string): ProblemKind<D> => ({
  status,
  say: (details) => ({ 'zh-CN': zh(details), en: en(details) }),
});

/** What can be missing, in the words of people (VOICE 8). */
const things = {
  address: { zh: '这个地址', en: 'this address' },
  campaign: { zh: '这个专项行动', en: 'this campaign' },
  checklist: { zh: '这份检查表', en: 'this checklist' },
  person: { zh: '这位人员', en: 'this person' },
  delivery: { zh: '这条消息', en: 'this delivery' },
  group: { zh: '这个群', en: 'this group' },
  finding: { zh: '这项问题', en: 'this finding' },
  compound: { zh: '这个小区', en: 'this compound' },
  channel: { zh: '这个平台', en: 'this channel' },
  zone: { zh: '这个组团', en: 'this zone' },
  area: { zh: '这个镇街', en: 'this area' },
  organisation: { zh: '这个单位', en: 'this organisation' },
  'spot-check': { zh: '这次抽查', en: 'this spot check' },
  chat: { zh: '这个会话', en: 'this chat' },
  card: { zh: '这张卡片', en: 'this card' },
  unit: { zh: '这个企业单位', en: 'this unit' },
  company: { zh: '这家企业', en: 'this company' },
  role: { zh: '这项职责', en: 'this role' },
  setting: { zh: '这项设置', en: 'this setting' },
  photo: { zh: '这张照片', en: 'this photo' },
  webhook: { zh: '这个推送地址', en: 'this webhook' },
} as const;
export type Thing = keyof typeof things;

/** One thing that is wrong with a request: where, and what is allowed there. */
export interface Fault {
  readonly path: string;
  readonly reason: string;
}

const listed = (faults: readonly Fault[], language: Language): string =>
  faults
    .map(({ path, reason }) => [...(path ? [path] : []), sayReason(reason, language)].join(': '))
    .join(language === 'en' ? '; ' : '；');

const MEGABYTE = 1024 * 1024;
const sized = ({ limit, unit }: { limit: number; unit: 'bytes' | 'characters' }, bytes: string, characters: string) =>
  unit === 'bytes' && limit >= MEGABYTE
    ? `${Math.floor(limit / MEGABYTE)} MB`
    : `${limit} ${unit === 'bytes' ? bytes : characters}`;

export const catalogue = {
  'bad-request': kind<{ faults: readonly Fault[] }>(
    400,
    (d) => `请求有误，请改正后再试：${listed(d.faults, 'zh-CN')}。`,
    (d) => `The request is wrong, correct it and try again: ${listed(d.faults, 'en')}.`,
  ),
  'bad-json': kind<{ reason: string }>(
    400,
    (d) => `请求的正文不是有效的 JSON，请检查后再试：${d.reason}。`,
    (d) => `The body is not valid JSON, check it and try again: ${d.reason}.`,
  ),
  'bad-cursor': kind<Record<never, never>>(
    400,
    () => '翻页位置无效，请从第一页重新开始（去掉 after）。',
    () => 'The cursor is not one of this list: start again without `after`.',
  ),
  'day-not-yet': kind<{ on: string; today: string }>(
    400,
    (d) => `${d.on} 还没有到，今天是 ${d.today}，请选今天或更早的日期。`,
    (d) => `${d.on} has not come yet, today is ${d.today}: choose today or an earlier day.`,
  ),
  unauthorised: kind<Record<never, never>>(
    401,
    () => '需要访问令牌：请在请求头写 Authorization: Bearer 加上 API_TOKEN。',
    () => 'An access token is needed: send the header Authorization: Bearer with the API_TOKEN.',
  ),
  'no-session': kind<Record<never, never>>(
    401,
    () => '登录已结束，请在与督导的对话里发 /看板，重新取一个链接。',
    () => 'You are not logged in, or no longer: send /dashboard to the bot for a new link.',
  ),
  'other-origin': kind<Record<never, never>>(
    403,
    () => '这个操作不是从督导的页面发出的，没有执行。请刷新页面后再试。',
    () => 'This did not come from a page of ours and was not done: reload the page and try again.',
  ),
  'not-allowed': kind<{ who: string }>(
    403,
    (d) => `您没有权限做这件事，可以请${d.who}处理。`,
    (d) => `You may not do this; ${d.who} can.`,
  ),
  'not-found': kind<{ what: Thing; id: string }>(
    404,
    (d) => `没有找到${things[d.what].zh}（${d.id}），请核对后再试。`,
    (d) => `There is no ${things[d.what].en.replace('this ', '')} ${d.id}: check it and try again.`,
  ),
  'method-not-allowed': kind<{ method: string; allowed: readonly string[] }>(
    405,
    (d) => `这个地址不接受 ${d.method}，可以用 ${d.allowed.join('、')}。`,
    (d) => `This address does not take ${d.method}, use ${d.allowed.join(', ')}.`,
  ),
  'already-bound': kind<{ channel: string; externalId: string }>(
    409,
    (d) => `账号 ${d.externalId}（${d.channel}）已绑定另一位人员，请先解除原来的绑定。`,
    (d) => `The account ${d.externalId} on ${d.channel} is bound to somebody else: release that binding first.`,
  ),
  'several-people': kind<{ name: string; people: readonly string[] }>(
    409,
    (d) => `叫${d.name}的不止一位，请改用编号：${d.people.join('、')}。`,
    (d) => `Several people are called ${d.name}, give an id instead: ${d.people.join(', ')}.`,
  ),
  'already-so': kind<Record<never, never>>(
    409,
    () => '现在就是这样，没有需要更改的。',
    () => 'This is how it stands already: there is nothing to change.',
  ),
  'name-taken': kind<{ name: string; id: string }>(
    409,
    (d) => `“${d.name}”已经登记（${d.id}），请改已有的一条，或换一个名称。`,
    (d) => `The name ${d.name} is on the books already (${d.id}): change that one, or use another name.`,
  ),
  'mobile-taken': kind<{ name: string; id: string }>(
    409,
    (d) => `这个手机号已登记给${d.name}（${d.id}），请核对后再试。`,
    (d) => `The mobile number is ${d.name}’s (${d.id}): check it and try again.`,
  ),
  'has-left': kind<{ name: string; on: string }>(
    409,
    (d) => `${d.name}已在 ${d.on} 离岗，请先更正离岗日期。`,
    (d) => `Who has left can hold no seat (${d.name}, on ${d.on}): correct that day first.`,
  ),
  'last-office': kind<{ office: string }>(
    409,
    (d) => `${d.office}至少要留一个人，请先指定另一位。`,
    (d) => `The last person of ${d.office} cannot go: name another one first.`,
  ),
  'wrong-scope': kind<{ role: string; scopes: readonly string[] }>(
    400,
    (d) => `职责 ${d.role} 的范围只能是 ${d.scopes.join('、')}，请改正后再试。`,
    (d) => `The role ${d.role} is held over ${d.scopes.join(' or ')}: correct the scope and try again.`,
  ),
  'days-reversed': kind<{ from: string; to: string }>(
    400,
    (d) => `截止日期 ${d.to} 早于开始日期 ${d.from}，请改正后再试。`,
    (d) => `The last day ${d.to} lies before the first one ${d.from}: correct them and try again.`,
  ),
  'day-past': kind<{ on: string; today: string }>(
    400,
    (d) => `${d.on} 已经过去，过去的数字不能改变；请选今天（${d.today}）或以后的日期。`,
    (d) => `${d.on} is past, and past figures stay as they are: choose today (${d.today}) or a later day.`,
  ),
  'setting-wrong': kind<{ key: string; reason: string }>(
    400,
    (d) => `设置 ${d.key} 不能这样填：${d.reason}。`,
    (d) => `The setting ${d.key} cannot be that: ${d.reason}.`,
  ),
  'not-resendable': kind<{ state: string }>(
    409,
    (d) => `这条消息的状态是 ${d.state}，只有 failed、unknown 或 expired 的消息可以重发。`,
    (d) => `This delivery is ${d.state}; only one that is failed, unknown or expired can be sent again.`,
  ),
  'clock-fixed': kind<Record<never, never>>(
    409,
    () => '正式运行时不能调整时钟；要演示请设置 CLOCK_START，或不配置任何平台。',
    () => 'The clock cannot be moved here: set CLOCK_START, or run without any platform.',
  ),
  stale: kind<Record<never, never>>(
    409,
    () => '内容刚刚被别人改过，请刷新后再试。',
    () => 'Somebody changed this meanwhile: reload and try again.',
  ),
  'too-large': kind<{ limit: number; unit: 'bytes' | 'characters' }>(
    413,
    (d) => `内容太大，最多 ${sized(d, '字节', '个字')}，请分开发送或先压缩。`,
    (d) => `Too large: at most ${sized(d, 'bytes', 'characters')}. Send it in parts, or make it smaller.`,
  ),
  'unsupported-type': kind<{ accepted: readonly string[] }>(
    415,
    (d) => `不支持这种格式，请用 ${d.accepted.join('、')}。`,
    (d) => `This format is not supported, use ${d.accepted.join(', ')}.`,
  ),
  'unreadable-file': kind<{ reason: string }>(
    422,
    (d) => `文件读不出来，请另存为 .xlsx 或 .csv 后再传：${d.reason}。`,
    (d) => `The file cannot be read, save it as .xlsx or .csv and send it again: ${d.reason}.`,
  ),
  'pack-refused': kind<{ faults: readonly Fault[] }>(
    422,
    (d) => `行动包没有发布，请改正后再试：${listed(d.faults, 'zh-CN')}。`,
    (d) => `The pack was not published, correct it and try again: ${listed(d.faults, 'en')}.`,
  ),
  internal: kind<Record<never, never>>(
    500,
    () => '服务出了问题，已经记录；请稍后再试，或联系管理员。',
    () => 'Something went wrong here and was logged: try again later, or ask the operator.',
  ),
  'api-disabled': kind<Record<never, never>>(
    503,
    () => '接口没有开放：请在服务端设置 API_TOKEN 后重新启动。',
    () => 'The API is closed: set API_TOKEN on the server and start it again.',
  ),
  unavailable: kind<{ retryAfterSeconds: number }>(
    503,
    (d) => `服务暂时忙不过来，请 ${d.retryAfterSeconds} 秒后再试。`,
    (d) => `The service is busy: try again in ${d.retryAfterSeconds} seconds.`,
  ),
} as const;

export type ProblemCode = keyof typeof catalogue;
export type DetailsOf<C extends ProblemCode> = Parameters<(typeof catalogue)[C]['say']>[0];

/** Thrown by use cases, `store/` and `http/` alike; `http/` turns it into problem+json, a channel into a friendly line. */
export class Problem<C extends ProblemCode = ProblemCode> extends Error {
  readonly code: C;
  readonly details: DetailsOf<C>;

  constructor(code: C, ...[details]: keyof DetailsOf<C> extends never ? [] : [details: DetailsOf<C>]) {
    const given = (details ?? {}) as DetailsOf<C>;
    super(sentence(code, given).en);
    this.name = 'Problem';
    this.code = code;
    this.details = given;
  }

  get status(): number {
    return catalogue[this.code].status;
  }

  say(language: Language): string {
    return sentence(this.code, this.details)[language];
  }
}

const sentence = <C extends ProblemCode>(code: C, details: DetailsOf<C>): Readonly<Record<Language, string>> =>
  (catalogue[code] as ProblemKind<DetailsOf<C>>).say(details);
