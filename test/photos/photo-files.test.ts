// Both places for pictures keep the same promises: a folder, and an S3-compatible store as its protocol is on the wire.
import { createHash } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderFiles } from '../../src/photos/folder-files.ts';
import { makePhotoShelf } from '../../src/photos/photo-shelf.ts';
import { s3Files } from '../../src/photos/s3-files.ts';
import type { PhotoFiles } from '../../src/ports-photos.ts';
import { phonePhoto } from '../support/pictures.ts';
import { tempFolder } from '../support/temp-folder.ts';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly authorization: string;
  readonly type: string;
}

/** Keeps objects by path and checks that each request is signed and says the hash of its body. */
const s3Server = async () => {
  const objects = new Map<string, Buffer>();
  const asked: Asked[] = [];
  let broken = false;
  const body = async (request: IncomingMessage): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  const server: Server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const bytes = await body(request);
    asked.push({ method, url, authorization: headers.authorization ?? '', type: headers['content-type'] ?? '' });
    const said = headers['x-amz-content-sha256'];
    const honest = said === 'UNSIGNED-PAYLOAD' || said === createHash('sha256').update(bytes).digest('hex');
    const signed = /^AWS4-HMAC-SHA256 Credential=key-id\/\d{8}\/cn-south-1\/s3\/aws4_request/.test(
      headers.authorization ?? '',
    );
    if (broken) return response.writeHead(503).end();
    if (!honest || !signed) return response.writeHead(403).end();
    if (method === 'PUT') {
      objects.set(url, bytes);
      return response.writeHead(200, { etag: '"x"' }).end();
    }
    if (method === 'DELETE') {
      objects.delete(url);
      return response.writeHead(204).end();
    }
    const found = objects.get(url);
    return found ? response.writeHead(200).end(found) : response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    asked,
    break: (yes: boolean) => {
      broken = yes;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};

let s3: Awaited<ReturnType<typeof s3Server>>;
let folder: string;
const places: Record<string, () => PhotoFiles> = {
  'a folder': () => folderFiles(folder),
  'an S3-compatible store': () =>
    s3Files({
      endpoint: s3.endpoint,
      bucket: 'dudao',
      region: 'cn-south-1',
      accessKeyId: 'key-id',
      secretAccessKey: 'secret-key',
    }),
};
beforeAll(async () => {
  s3 = await s3Server();
  folder = join(await tempFolder(), 'photos');
});
afterAll(() => s3.close());

describe.each(Object.keys(places))('%s', (place) => {
  const shelf = () => makePhotoShelf((places[place] as () => PhotoFiles)());

  it('gives back what it took, by its hash, and the same picture is kept once', async () => {
    const taken = await shelf().take(await phonePhoto());
    const again = await shelf().take(await phonePhoto());
    if (taken.kind === 'fault') throw new Error(taken.fault);
    expect(again).toEqual(taken);
    const bytes = await shelf().read(taken.hash);
    expect(
      createHash('sha256')
        .update(bytes as Uint8Array)
        .digest('hex'),
    ).toBe(taken.hash);
  });

  it('has nothing of what was refused', async () => {
    expect(await shelf().take(Buffer.from('no photo'))).toMatchObject({ kind: 'fault' });
    expect(await shelf().read('0'.repeat(64))).toBeNull();
  });

  it('lets go of what is dropped', async () => {
    const taken = await shelf().take(await phonePhoto(300, 300, '#112233'));
    if (taken.kind === 'fault') throw new Error(taken.fault);
    await shelf().drop(taken.hash);
    expect(await shelf().read(taken.hash)).toBeNull();
  });
});

describe('the folder', () => {
  it('holds whole files only, and hands out none that is not what its name says', async () => {
    const hash = 'ab'.repeat(32);
    await mkdir(join(folder, 'ab'), { recursive: true });
    await writeFile(join(folder, 'ab', `${hash}.jpg`), 'tampered');
    expect(await makePhotoShelf(folderFiles(folder)).read(hash)).toBeNull();
    const names = (await readdir(folder, { recursive: true })).filter(
      (name) => !/^..$|^..\/[0-9a-f]{64}\.jpg$/.test(name),
    );
    expect(names).toEqual([]);
  });
});

describe('the store', () => {
  it('is asked by path, signed, with the type of the picture', () => {
    const put = s3.asked.find(({ method }) => method === 'PUT');
    expect(put?.url).toMatch(/^\/dudao\/photos\/[0-9a-f]{2}\/[0-9a-f]{64}\.jpg$/);
    expect(put?.type).toBe('image/jpeg');
    expect(put?.authorization).not.toContain('secret-key');
  });

  it('that does not take a picture makes the event fail, so that it comes again', async () => {
    s3.break(true);
    await expect(
      makePhotoShelf((places['an S3-compatible store'] as () => PhotoFiles)()).take(await phonePhoto()),
    ).rejects.toThrow();
    s3.break(false);
  });
});
