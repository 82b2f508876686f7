// A folder of its own for a test, which others may enter or not (0700).
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The caller removes it. As root, PostgreSQL runs as another user and wants an open one. */
export async function tempFolder(mode: 0o755 | 0o700 = 0o755): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `dudao-test-${process.pid}-`));
  await chmod(folder, mode);
  return folder;
}
