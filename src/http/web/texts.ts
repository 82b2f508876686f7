// Every word of the pages that the service makes itself, in both languages. Tone: polite, plain, says what one can do.
import type { Language } from '../../domain/problem.ts';

interface Texts {
  readonly enter: { readonly title: (name: string) => string; readonly full: string; readonly wall: string };
  readonly enterButton: string;
  readonly used: readonly [title: string, line: string];
  readonly expired: readonly [title: string, line: string];
  readonly foreign: readonly [title: string, line: string];
  readonly wayIn: readonly [title: string, line: string];
  readonly left: readonly [title: string, line: string];
  readonly leftEverywhere: readonly [title: string, line: string];
}

const another = '请在与督导的对话里发 /看板，重新取一个链接。';
const anotherEn = 'Send /dashboard to the bot for a new one.';

export const texts: Readonly<Record<Language, Texts>> = {
  'zh-CN': {
    enter: {
      title: (name) => `${name}，您好`,
      full: '按下面的按钮进入督导看板。链接只能用一次，只供您本人使用。',
      wall: '按下面的按钮，在这块屏幕上显示大屏。大屏只有数字，没有人名。',
    },
    enterButton: '进入',
    used: ['这个链接已经用过', `每个链接只能用一次。${another}`],
    expired: ['这个链接已经过期', another],
    foreign: ['这个链接无效', `链接可能没有复制完整，或不是发给您的。${another}`],
    wayIn: ['督导看板', `请从链接进入：在与督导的对话里发 /看板，链接会私下发给您。`],
    left: ['已退出', another],
    leftEverywhere: ['已在所有设备上退出', another],
  },
  en: {
    enter: {
      title: (name) => `Hello ${name}`,
      full: 'Press the button to enter the dashboard. The link works once, and is for you alone.',
      wall: 'Press the button to show the wall page on this screen. It shows figures, no names.',
    },
    enterButton: 'Enter',
    used: ['This link was used', `Each link works once. ${anotherEn}`],
    expired: ['This link has expired', anotherEn],
    foreign: ['This link is not valid', `It may be cut off, or was not sent to you. ${anotherEn}`],
    wayIn: ['Dashboard', 'Come in by a link: send /dashboard to the bot, and it sends one to you alone.'],
    left: ['You are out', anotherEn],
    leftEverywhere: ['You are out on every device', anotherEn],
  },
};
