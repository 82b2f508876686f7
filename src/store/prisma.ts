// Prisma Client over the service's own pool, for what reads and writes single tables. Joins and hot paths are SQL.
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from './generated/client.ts';

export type { PrismaClient } from './generated/client.ts';

/** Shares the pool, and leaves it open: who opened it closes it. */
export const openPrisma = (pool: pg.Pool): PrismaClient => new PrismaClient({ adapter: new PrismaPg(pool) });
