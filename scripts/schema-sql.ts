// The SQL that leads from one Prisma schema to another, worked out from the two texts: no database and no network.
// For developers and tests: the service only applies the migration files that came of it.
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import { schemaEngine } from './schema-engine.ts';

/**
 * SQL from the schema text `from` (null: an empty database) to the schema text `to`; an empty string when they describe
 * the same database. Throws with the engine's own words when a schema is invalid.
 */
export async function schemaSql(from: string | null, to: string): Promise<string> {
  const engine = await schemaEngine(noDatabase);
  const { stdout } = await engine.diff({
    from: from === null ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: [schemaFile(from)] },
    to: { tag: 'schemaDatamodel', files: [schemaFile(to)] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  const sql = stdout ?? '';
  return sql.includes('-- This is an empty migration.') ? '' : sql;
}

const schemaFile = (content: string) => ({ path: 'schema.prisma', content });

/** The engine connects before it compares two texts, and asks one thing: is there a schema `public`, and which version. */
const connection: SqlDriverAdapter = {
  provider: 'postgres',
  adapterName: 'no-database',
  queryRaw: async () => ({
    columnNames: ['exists', 'version', 'numeric_version'],
    columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
    rows: [[true, 'PostgreSQL 15.0', 150_000]],
  }),
  executeRaw: () => noWriting(),
  executeScript: () => noWriting(),
  startTransaction: () => noWriting(),
  getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
  dispose: async () => {},
};
const noDatabase: SqlMigrationAwareDriverAdapterFactory = {
  provider: 'postgres',
  adapterName: 'no-database',
  connect: async () => connection,
  connectToShadowDb: async () => connection,
};

function noWriting(): Promise<never> {
  return Promise.reject(new Error('the schemas are compared as texts, there is no database to write to'));
}
