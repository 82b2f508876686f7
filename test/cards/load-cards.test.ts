// Faults in cards/: each is named with file, line, path and reason, all at once, before anything is sent.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCards } from '../../src/cards/load-cards.ts';
import { sayFault } from '../../src/yaml-file.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cards-'));
  cpSync(fileURLToPath(new URL('../../cards', import.meta.url)), dir, { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true }));

/** What people would read, without the folder. */
const faults = async (): Promise<string[]> => {
  const loaded = await loadCards(dir);
  return loaded.ok ? [] : loaded.faults.map((fault) => sayFault({ ...fault, file: basename(fault.file) }));
};

const write = (file: string, text: string) => writeFileSync(join(dir, file), text);
const edit = (file: string, from: string, to: string) => {
  const text = readFileSync(join(dir, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
  write(file, text.replace(from, to));
};

const notice = (lines: string) => `title: t\nlines:\n${lines}`;

describe('loadCards', () => {
  it('takes the cards that are shipped', async () => {
    expect(await faults()).toEqual([]);
  });

  it.each([
    ['an unknown variable', notice("  - '{{ form }}'\n"), 'notice.yaml:3 lines[0].line: unknown variable form'],
    [
      'an unknown variable in a branch that is not taken',
      notice("  - '{% if urgent %}{% else %}{{ form }}{% endif %}'\n"),
      'notice.yaml:3 lines[0].line: unknown variable form',
    ],
    [
      'an unknown variable under a test',
      notice("  - if: urgent\n    line: a\n    else: '{{ form }}'\n"),
      'notice.yaml:5 lines[0].else: unknown variable form',
    ],
    ['an unknown test', notice('  - if: urgnt\n    line: a\n'), 'notice.yaml:3 lines[0].if: unknown variable urgnt'],
    ['an unknown filter', notice("  - '{{ from | shout }}'\n"), 'notice.yaml:3 lines[0].line: undefined filter: shout'],
    [
      'a filter of liquid',
      notice("  - '{{ from | upcase }}'\n"),
      'notice.yaml:3 lines[0].line: undefined filter: upcase',
    ],
    [
      'a loop of liquid',
      notice("  - '{% for x in from %}{% endfor %}'\n"),
      'notice.yaml:3 lines[0].line: tag "for" not found',
    ],
    [
      'an attempt to read a file',
      notice('  - \'{% include "package.json" %}\'\n'),
      'notice.yaml:3 lines[0].line: tag "include" not found',
    ],
    [
      'an attempt to reach the prototype',
      notice("  - '{{ from.constructor }}'\n"),
      'notice.yaml:3 lines[0].line: unknown variable from.constructor',
    ],
    [
      'a text that does not end',
      notice("  - '{{ from '\n"),
      'notice.yaml:3 lines[0].line: output "{{ from " not closed',
    ],
    [
      'a list that is none',
      notice('  - each: from as f\n    line: a\n'),
      'notice.yaml:3 lines[0].each: from is no list',
    ],
    [
      'a list without a name',
      notice('  - each: from\n    line: a\n'),
      'notice.yaml:3 lines[0].each: must be “LIST as NAME”',
    ],
    [
      'an unknown key',
      notice('  - lien: a\n    line: b\n'),
      'notice.yaml:3 lines[0].lien: unknown key lien: take it out, or mend its spelling',
    ],
    ['an empty line node', notice('  - if: urgent\n'), 'notice.yaml:3 lines[0]: needs line or lines, not both'],
    [
      'an unknown action',
      'title: t\nactions:\n  - id: approve\n    label: a\n',
      'notice.yaml:3 actions[0].id: “approve” is none of the ids that are handled',
    ],
    [
      'an unknown field',
      'title: t\nfields:\n  - id: remarks\n    kind: text\n    label: a\n',
      'notice.yaml:3 fields[0].id: “remarks” is none of the ids that are handled',
    ],
    [
      'a choice without options',
      'title: t\nfields:\n  - id: note\n    kind: choice\n    label: a\n',
      'notice.yaml:3 fields[0].options: a choice or ticks field has options, a text field has none',
    ],
    ['a missing title', 'lines: [a]\n', 'notice.yaml:1 title: must be a text'],
  ])('names %s', async (_, text, fault) => {
    write('notice.yaml', text);
    expect(await faults()).toEqual([fault]);
  });

  it.each([
    [
      'a fact that may be missing and is not asked for',
      'checklist.yaml',
      '{% if company %} · {{ company }}{% endif %}',
      ' · {{ company }}',
      /^checklist\.yaml:\d+ lines\[3\].line: says a fact that may be missing/,
    ],
    [
      'a mistyped property of a list',
      'reminder.yaml',
      "map: 'about'",
      "map: 'abuot'",
      /^reminder\.yaml:2 title: the elements have no abuot$/,
    ],
    [
      'a code without a word',
      'words.yaml',
      '  look_back: 回头看\n',
      '',
      /^words\.yaml:\d+ reason\.look_back: must be a text$/,
    ],
    [
      'a word for a code that nobody knows',
      'words.yaml',
      'look_back: 回头看\n',
      'look_back: 回头看\n  look_forward: 往前看\n',
      /^words\.yaml:\d+ reason\.look_forward: unknown key look_forward: /,
    ],
    [
      'a saying that uses what it does not declare',
      'sayings.yaml',
      '已补充到 {{ compound }} 的记录',
      '已补充到 {{ place }} 的记录',
      /^sayings\.yaml:\d+ note_added\.text: unknown variable place$/,
    ],
  ])('names %s', async (_, file, from, to, fault) => {
    edit(file, from, to);
    expect(await faults()).toEqual([expect.stringMatching(fault)]);
  });

  it('names a missing file and one under a wrong name together', async () => {
    write('notise.yaml', readFileSync(join(dir, 'notice.yaml'), 'utf8'));
    rmSync(join(dir, 'notice.yaml'));
    expect(await faults()).toEqual([
      'notice.yaml: this file cannot be read: put it there, or mend its name',
      'notise.yaml: notise.yaml is no kind of card',
    ]);
  });

  it('names faults of several files at once', async () => {
    write('notice.yaml', notice("  - '{{ form }}'\n"));
    write('tally.yaml', 'title: [\n');
    expect((await faults()).map((fault) => fault.split(/[: ]/)[0])).toEqual(['tally.yaml', 'notice.yaml']);
  });
});
