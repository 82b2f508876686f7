// What came of a simulation, as lines to read: each campaign's figures by zone, and what it asked of people.
import type { Figures, Tally } from '../domain/figures.ts';
import type { Played } from './play.ts';

/** Chinese takes two columns of a terminal. */
const widthOf = (text: string): number =>
  [...text].reduce((width, sign) => width + (/[\u2e80-\uffe6]/u.test(sign) ? 2 : 1), 0);
const left = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
const right = (text: string, width: number): string => ' '.repeat(Math.max(0, width - widthOf(text))) + text;

const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? left : right)(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

const heads = [
  '',
  'covered',
  'known',
  'records',
  'findings',
  'to fix',
  'to verify',
  'verified',
  'withdrawn',
  'overdue',
  'signed',
  'late',
  'owed',
];

const rowOf = (name: string, { compounds, inspections, findings, letters }: Figures): string[] => [
  name,
  ...[compounds.covered, compounds.known, inspections.total].map(String),
  ...[findings.total, findings.toFix, findings.toVerify, findings.verified, findings.withdrawn, findings.overdue].map(
    String,
  ),
  ...[letters.signed, letters.signedLate, letters.owed].map(String),
];

const figuresOf = (title: string, { on, zones, city }: Tally): string[] => [
  `${title} · ${on}`,
  ...table([heads, ...zones.map((zone) => rowOf(zone.zone, zone)), rowOf('全市', city)]),
  `Home inspections: ${city.home.done} done, ${city.home.late} late, ${city.home.excused} excused, of ${city.home.owed} owed; ${city.home.excluded} excluded`,
  '',
];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
/** Not Math.max(...): a province has more people than a call takes arguments. */
const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 0);
const mean = (numbers: readonly number[]): string =>
  (numbers.length === 0 ? 0 : sum(numbers) / numbers.length).toFixed(1);

export const outcomeLines = ({ tallies, mailboxes, sent, acts }: Played): string[] => {
  const letters = mailboxes.map((box) => box.total);
  const taps = [...acts.values()];
  const kinds = [...sent].sort(([, a], [, b]) => b - a).map(([kind, n]) => `${kind} ${n}`);
  return [
    '',
    ...tallies.flatMap(({ campaign, tally }) => figuresOf(campaign.title, tally)),
    `Messages: ${sum([...sent.values()])} (${kinds.join(', ')})`,
    `Private messages: ${sum(letters)} to ${letters.length} people, mean ${mean(letters)} each, at most ${most(letters)}, at most ${most(mailboxes.map((box) => box.mostInADay))} on one day`,
    `Taps and typed messages: ${sum(taps)} by ${taps.length} people, mean ${mean(taps)} each, at most ${most(taps)}`,
  ];
};
