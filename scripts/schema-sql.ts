// The SQL that leads from one Prisma schema to another, worked out offline by Prisma's schema engine in its WebAssembly
// build. For developers and tests: the service only applies the migration files that came of it.
import { readFile } from 'node:fs/promises';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';

/**
 * SQL from the schema text `from` (null: an empty database) to the schema text `to`; an empty string when they describe
 * the same database. Throws with the engine's own words when a schema is invalid.
 *
 * Driven by hand, because `prisma migrate diff` needs a native engine that a closed network cannot download, and
 * without it prints nothing and exits 0.
 */
export async function schemaSql(from: string | null, to: string): Promise<string> {
  engine ??= startEngine();
  const { stdout } = await (await engine).diff({
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

/** One for the process: the glue code keeps views into the memory of the first instance it was given. */
let engine: Promise<glue.SchemaEngine> | undefined;

async function startEngine(): Promise<glue.SchemaEngine> {
  const wasm = new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const { instance } = await WebAssembly.instantiate(await readFile(wasm), {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  });
  const { __wbg_set_wasm } = glue as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  __wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue.SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(noDatabase));
}

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
