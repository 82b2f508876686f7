// The labelled replies of test/fixtures/replies, and the scoring its README asks for.

import { readdirSync, readFileSync } from 'node:fs';
import type { Answers } from '../../src/domain/checklist.ts';
import type { ReplyKind } from '../../src/domain/reply/read-reply.ts';

export interface Labelled {
  readonly text: string;
  readonly expect: { readonly kind: ReplyKind; readonly answers: Answers; readonly note: string | null };
}

const folder = new URL('../fixtures/replies/', import.meta.url);

export const labelled = (file: string): Labelled[] =>
  readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

export const blindFiles = (): string[] => readdirSync(folder).filter((name) => name.startsWith('blind'));

/** Messages that name items or use report words and are no report: nothing may be written from any of them. */
export const smallTalk = (): string[] =>
  readFileSync(new URL('never-written.txt', folder), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

const bare = (text: string | null): string => (text ?? '').replace(/[\s\p{P}\p{S}]/gu, '');

/** Expected null: none or empty. Expected text: contained, and at most 8 characters longer. */
export const sameNote = (actual: string | null, expected: string | null): boolean =>
  expected === null || expected === ''
    ? bare(actual) === ''
    : bare(actual).includes(bare(expected)) && bare(actual).length <= bare(expected).length + 8;
