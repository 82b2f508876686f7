// The lists of ports-listings.ts on PostgreSQL, put together from one file for each kind of row.
import type pg from 'pg';
import type { Listings } from '../ports-listings.ts';
import { cityTownListings } from './listings/city-town.ts';
import { journalListings } from './listings/journal.ts';
import { letterListings } from './listings/letters.ts';
import { officeListings } from './listings/office.ts';
import { recordListings } from './listings/records.ts';
import { rosterListings } from './listings/roster.ts';
import type { PrismaClient } from './prisma.ts';

export const makeListings = (pool: pg.Pool, prisma: PrismaClient): Listings => ({
  ...recordListings(pool),
  ...letterListings(pool),
  ...rosterListings(pool, prisma),
  ...officeListings(pool),
  ...journalListings(pool, prisma),
  ...cityTownListings(pool),
});
