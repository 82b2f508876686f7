// What each channel can do and keeps, as the page docs/channels.md shows it: one column for each. Reads and runs nothing;
// make-channels.ts runs the contract, and the contract holds the page against every channel.
import { join } from 'node:path';
import type { Channel } from '../src/ports.ts';

export const pagePath = join(import.meta.dirname, '../docs/channels.md');

/** What a channel says of itself; the contract hands it to the reporter. */
export type Declared = Pick<Channel, 'name' | 'supports'> & { readonly findsByMobile: boolean };

export const declaredBy = ({ name, supports, accountByMobile }: Channel): Declared => ({
  name,
  supports,
  findsByMobile: accountByMobile !== undefined,
});

declare module 'vitest' {
  interface TaskMeta {
    declared?: Declared;
  }
}

const updates = { anytime: 'at any time', 'on-press': 'in answer to a press', never: 'never' } as const;
const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

export type Row = readonly [label: string, cell: string];

export const declaredRows = ({ supports, findsByMobile }: Declared): readonly Row[] => [
  ['A card that was sent is changed', updates[supports.update]],
  ['Boxes to tick on one card', String(supports.ticks)],
  ['Choices on one card', String(supports.choices)],
  ['Text fields on cards', yesNo(supports.textField)],
  ['A view of one’s own of a group’s card', yesNo(supports.ownView)],
  ['People are rung in groups', yesNo(supports.mention)],
  ['Pictures', yesNo(supports.image)],
  ['A message sent again is known', yesNo(supports.recognisesRepeats)],
  ['Accounts are found by mobile number', yesNo(findsByMobile)],
];

export const kept = '✓';
const notRun = '–';

export interface Column {
  readonly declared: Declared;
  /** Titles of the contract and of the one-day scenario that passed. */
  readonly contract: readonly string[];
  readonly day: readonly string[];
}

const titles = {
  playground: 'Playground',
  wecom: 'WeCom',
  dingtalk: 'DingTalk',
  telegram: 'Telegram',
  feishu: 'Feishu',
  form: 'Web form',
  webhook: 'Other systems',
};

export const channelsPage = (some: readonly Column[]): string => {
  const order = Object.keys(titles);
  const columns = some.toSorted((a, b) => order.indexOf(a.declared.name) - order.indexOf(b.declared.name));
  const line = (label: string, cells: readonly string[]): string => `| ${[label, ...cells].join(' | ')} |`;
  const table = (
    head: string,
    labels: readonly string[],
    cell: (column: Column, label: string) => string,
  ): string[] => [
    line(
      head,
      columns.map(({ declared }) => titles[declared.name]),
    ),
    line(
      '---',
      columns.map(() => '---'),
    ),
    ...labels.map((label) =>
      line(
        label,
        columns.map((column) => cell(column, label)),
      ),
    ),
  ];
  const all = (list: (column: Column) => readonly string[]): string[] => [...new Set(columns.flatMap(list))];
  const labels = all(({ declared }) => declaredRows(declared).map(([label]) => label));
  return `${[
    '# Channels',
    '',
    'Made by `npm run channels`, which runs the contract and the one-day scenario; a test fails when this page is stale.',
    '',
    '## What each can do',
    '',
    ...table('', labels, ({ declared }, label) => new Map(declaredRows(declared)).get(label) ?? notRun),
    '',
    '## What each keeps',
    '',
    'The contract that every channel passes, offline (`test/contracts/channel.ts`).',
    '',
    ...table(
      'A channel',
      all(({ contract }) => contract),
      ({ contract }, label) => (contract.includes(label) ? kept : notRun),
    ),
    '',
    '## One day',
    '',
    'The same day on every channel, over its platform’s wire format (`test/scenarios/platform-day.test.ts`).',
    '',
    ...table(
      'The service',
      all(({ day }) => day),
      ({ day }, label) => (day.includes(label) ? kept : notRun),
    ),
  ].join('\n')}\n`;
};

/** What the page says of one channel: cells by the label of their row. */
export const columnIn = (page: string, name: Declared['name']): ReadonlyMap<string, string> => {
  const cells = new Map<string, string>();
  let at = -1;
  for (const text of page.split('\n').filter((one) => one.startsWith('|'))) {
    const [label = '', ...row] = text.slice(2, -2).split(' | ');
    if (row.includes(titles[name])) at = row.indexOf(titles[name]);
    else if (row.some((cell) => Object.values(titles).includes(cell))) at = -1;
    else if (at >= 0 && label !== '---') cells.set(label, row[at] ?? '');
  }
  return cells;
};
