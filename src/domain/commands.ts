// The commands people type, in both languages, and how a text becomes one (DOORS §4). What they do is in usecases/.
import { editDistance } from './edit-distance.ts';
import type { RoleName } from './people.ts';

export type CommandName =
  | 'report'
  | 'unsigned'
  | 'overdue'
  | 'notice'
  | 'phase'
  | 'selfcheck'
  | 'assign'
  | 'fixed'
  | 'verify'
  | 'reopen'
  | 'refer'
  | 'dashboard'
  | 'form'
  | 'proxy'
  | 'who'
  | 'excuse'
  | 'delegate'
  | 'correct'
  | 'bind'
  | 'home'
  | 'spotcheck'
  | 'townreport'
  | 'help';

export interface CommandRule {
  readonly name: CommandName;
  readonly words: readonly [english: string, chinese: string];
  /** Roles whose help lists it; empty = everybody's. */
  readonly roles: readonly RoleName[];
}

const supervising: readonly RoleName[] = [
  'commander',
  'supervisor',
  'liaison',
  'zone_lead',
  'town_contact',
  'town_head',
  'association',
  'office',
];

export const commands: readonly CommandRule[] = [
  { name: 'report', words: ['/report', '/汇总'], roles: [...supervising, 'inspector', 'staff'] },
  { name: 'unsigned', words: ['/unsigned', '/未签'], roles: supervising },
  { name: 'overdue', words: ['/overdue', '/逾期'], roles: supervising },
  { name: 'phase', words: ['/phase', '/阶段'], roles: ['office'] },
  { name: 'selfcheck', words: ['/selfcheck', '/自检'], roles: ['office'] },
  { name: 'assign', words: ['/assign', '/指派'], roles: ['zone_lead', 'liaison', 'office'] },
  { name: 'notice', words: ['/notice', '/通知'], roles: ['supervisor', 'commander', 'office'] },
  {
    name: 'fixed',
    words: ['/fixed', '/整改'],
    roles: ['town_contact', 'town_head', 'signatory', 'inspector'],
  },
  { name: 'verify', words: ['/verify', '/复核'], roles: ['supervisor', 'inspector'] },
  { name: 'reopen', words: ['/reopen', '/重新整改'], roles: ['supervisor', 'inspector'] },
  { name: 'refer', words: ['/refer', '/移交'], roles: ['supervisor', 'town_contact', 'town_head', 'office'] },
  { name: 'dashboard', words: ['/dashboard', '/看板'], roles: [...supervising, 'department_head'] },
  { name: 'form', words: ['/form', '/表单'], roles: [] },
  { name: 'proxy', words: ['/proxy', '/代填'], roles: ['liaison', 'department_head', 'town_contact', 'town_head'] },
  { name: 'who', words: ['/who', '/谁'], roles: [] },
  { name: 'excuse', words: ['/excuse', '/请假'], roles: ['department_head', 'town_head', 'office'] },
  {
    name: 'delegate',
    words: ['/delegate', '/委托'],
    roles: [
      'supervisor',
      'liaison',
      'zone_lead',
      'inspector',
      'staff',
      'department_head',
      'town_contact',
      'town_head',
      'office',
    ],
  },
  {
    name: 'correct',
    words: ['/correct', '/更正'],
    roles: ['staff', 'inspector', 'zone_lead', 'liaison', 'department_head', 'office'],
  },
  {
    name: 'bind',
    words: ['/bind', '/绑定'],
    roles: ['office', 'liaison', 'zone_lead', 'town_contact', 'town_head', 'association'],
  },
  { name: 'home', words: ['/home', '/我的小区'], roles: ['staff'] },
  { name: 'spotcheck', words: ['/spotcheck', '/抽查'], roles: ['supervisor', 'office'] },
  {
    name: 'townreport',
    words: ['/townreport', '/报送'],
    roles: ['town_contact', 'town_head', 'commander', 'supervisor', 'liaison', 'office'],
  },
  { name: 'help', words: ['/help', '/帮助'], roles: [] },
];

export type ReadCommand =
  | { readonly kind: 'command'; readonly name: CommandName; readonly rest: string }
  | { readonly kind: 'unknown'; readonly word: string; readonly nearest: string }
  | { readonly kind: 'none' };

/** The words after `@督导 `, where the platform leaves the mention in the text. */
export const withoutMention = (text: string): string => text.trim().replace(/^@\S{1,20}\s+/, '');

/** Reads `/report 东区组团`, with or without a mention before it; full-width slashes and capitals count. */
export const readCommand = (text: string): ReadCommand => {
  const bare = withoutMention(text).replace(/^／/, '/');
  if (!bare.startsWith('/')) return { kind: 'none' };
  const [typed = ''] = bare.split(/\s+/, 1);
  const word = typed.toLowerCase();
  const rule = commands.find((c) => c.words.includes(word as never));
  if (rule) return { kind: 'command', name: rule.name, rest: bare.slice(typed.length).trim() };
  const all = commands.flatMap((c) => c.words);
  const nearest = all.reduce((best, w) => (editDistance(word, w) < editDistance(word, best) ? w : best), '/help');
  return { kind: 'unknown', word: typed.slice(0, 30), nearest };
};
