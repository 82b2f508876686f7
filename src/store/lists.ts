// The lists of ports-lists.ts on PostgreSQL, put together from one file for each kind of row.
import type pg from 'pg';
import type { Lists } from '../ports-lists.ts';
import { journalLists } from './lists/journal.ts';
import { letterLists } from './lists/letters.ts';
import { recordLists } from './lists/records.ts';
import { rosterLists } from './lists/roster.ts';
import type { PrismaClient } from './prisma.ts';

export const makeLists = (pool: pg.Pool, prisma: PrismaClient): Lists => ({
  ...recordLists(pool, prisma),
  ...letterLists(pool),
  ...rosterLists(pool, prisma),
  ...journalLists(pool, prisma),
});
