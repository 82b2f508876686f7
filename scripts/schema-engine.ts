// Prisma's schema engine in its WebAssembly build, driven by hand: the command line needs a native engine that a closed
// network cannot download, and without it `migrate diff` prints nothing and exits 0. For developers and tests only.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';

/** An engine on the database of `adapter`, to which it connects at once. */
export async function schemaEngine(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<glue.SchemaEngine> {
  loading ??= load();
  await loading;
  return glue.SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter));
}

/** Once for the process: the glue code keeps views into the memory of the first instance it was given. */
let loading: Promise<void> | undefined;

async function load(): Promise<void> {
  const { resolve } = createRequire(import.meta.url);
  const wasm = join(dirname(resolve('@prisma/schema-engine-wasm/schema_engine_bg')), 'schema_engine_bg.wasm');
  const { instance } = await WebAssembly.instantiate(await readFile(wasm), {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  });
  const { __wbg_set_wasm } = glue as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  __wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}
