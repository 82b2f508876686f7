// schema.prisma, from which the client is made, and the migrations, from which the database is made, must say the same.
// `prisma migrate diff` cannot be asked: without its native engine it finds no difference anywhere.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { schemaSql } from '../../scripts/schema-sql.ts';
import { type Catalog, readCatalog } from '../support/catalog.ts';
import { createTestDatabase } from '../support/database.ts';

let schema: string;
let migrated: Catalog;
let described: Catalog;

beforeAll(async () => {
  schema = await readFile(join(import.meta.dirname, '../../prisma/schema.prisma'), 'utf8');
  migrated = await readCatalog((await createTestDatabase()).url);
  described = await catalogOf(schema);
});

describe('schema.prisma and the migrations', () => {
  it('describe the same database', () => {
    expect(drift(migrated, described)).toEqual({ onlyInMigrations: [], onlyInSchema: [] });
  });

  it('are not compared while both are empty', () => {
    expect(described.columns.length).toBeGreaterThan(10);
    expect(described.indexes.length).toBeGreaterThan(10);
  });
});

describe('a schema that is not in the migrations', () => {
  const small = `
    datasource db {
      provider = "postgresql"
    }
    enum Kind {
      a
      b
    }
    model Zone {
      id     Int     @id
      name   String  @unique
      area   String?
      size   Int     @default(1)
      kind   Kind
      others Area[]
      @@index([area, name])
    }
    model Area {
      id     Int  @id @default(autoincrement())
      zone   Zone @relation(fields: [zoneId], references: [id])
      zoneId Int
    }`;

  let base: Catalog;
  beforeAll(async () => {
    base = await catalogOf(small);
  });

  it.each([
    ['a column more', { 'area   String?': 'area   String?\n more Int?' }, 'Zone.more integer'],
    ['a column less', { 'size   Int     @default(1)': '' }, 'Zone.size integer'],
    ['another type', { 'size   Int ': 'size   BigInt ' }, 'Zone.size bigint'],
    ['another nullability', { 'area   String?': 'area   String' }, 'Zone.area text not null'],
    ['another default', { '@default(1)': '@default(2)' }, 'Zone.size integer not null default 2'],
    [
      'another primary key',
      { '@id @default(autoincrement())': '@unique @default(autoincrement())' },
      'PRIMARY KEY (id)',
    ],
    ['a unique index less', { 'String  @unique': 'String' }, 'CREATE UNIQUE INDEX "Zone_name_key"'],
    ['another index', { '[area, name]': '[name, area]' }, 'btree (name, area)'],
    ['another value of an enum', { 'b\n    }': 'c\n    }' }, 'Kind: a, c'],
    [
      'no foreign key',
      { 'zone   Zone @relation(fields: [zoneId], references: [id])': '', 'others Area[]': '' },
      'FOREIGN KEY',
    ],
  ])('is found out by %s', async (_, edits, expected) => {
    let altered = small;
    for (const [from, to] of Object.entries(edits)) {
      expect(altered).toContain(from);
      altered = altered.replace(from, to);
    }
    const { onlyInMigrations, onlyInSchema } = drift(base, await catalogOf(altered));
    expect([...onlyInMigrations, ...onlyInSchema].join('\n')).toContain(expected);
  });

  it('may lack an index that Prisma has no words for, and no other', async () => {
    const hand = `
      create index on "Zone" (size) where size > 3;
      create index on "Zone" (lower(name));
      create index extra on "Zone" (size);`;
    const { onlyInMigrations, onlyInSchema } = drift(await catalogOf(small, hand), base);
    expect(onlyInMigrations).toEqual(['CREATE INDEX extra ON public."Zone" USING btree (size)']);
    expect(onlyInSchema).toEqual([]);
  });
});

/** The real database may have special indexes besides; everything else must be in both. */
function drift(real: Catalog, described: Catalog): { onlyInMigrations: string[]; onlyInSchema: string[] } {
  const lines = ({ columns, enums, keys, indexes }: Catalog) => [
    ...columns,
    ...enums,
    ...keys,
    ...indexes.map((index) => index.definition),
  ];
  const [inReal, inDescribed] = [new Set(lines(real)), new Set(lines(described))];
  const special = new Set(real.indexes.filter((index) => index.special).map((index) => index.definition));
  return {
    onlyInMigrations: [...inReal].filter((line) => !inDescribed.has(line) && !special.has(line)),
    onlyInSchema: [...inDescribed].filter((line) => !inReal.has(line)),
  };
}

/** What an empty database becomes when a schema, and SQL written by hand, is put into it. */
async function catalogOf(schema: string, sql = ''): Promise<Catalog> {
  const { url } = await createTestDatabase('empty');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(await schemaSql(null, schema));
  await client.query(sql);
  await client.end();
  return readCatalog(url);
}
