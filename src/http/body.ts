// Reads what a request brings: bytes up to a limit, JSON, or one uploaded file. Routes that verify signatures take the bytes.
import type { Context } from 'koa';
import rawBody from 'raw-body';
import { Problem } from '../domain/problem.ts';

export const readBytes = async (ctx: Context, limit: number): Promise<Buffer> => {
  try {
    return await rawBody(ctx.req, { limit, length: ctx.request.length });
  } catch (error) {
    if ((error as { status?: number }).status === 413) throw new Problem('too-large', { limit, unit: 'bytes' });
    throw error;
  }
};

/** Throws `unsupported-type` for anything that does not say it is JSON, `bad-json` for what is none. */
export const readJson = async (ctx: Context, limit: number): Promise<unknown> => {
  if (!ctx.is('json')) throw new Problem('unsupported-type', { accepted: ['application/json'] });
  const bytes = await readBytes(ctx, limit);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new Problem('bad-json', { reason: (error as Error).message });
  }
};

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The first file of a multipart form, whatever its field is called. */
export const readUpload = async (ctx: Context, limit: number): Promise<Upload> => {
  if (!ctx.is('multipart/form-data')) throw new Problem('unsupported-type', { accepted: ['multipart/form-data'] });
  const bytes = await readBytes(ctx, limit);
  const form = await new Response(new Uint8Array(bytes), { headers: { 'Content-Type': ctx.get('Content-Type') } })
    .formData()
    .catch(() => {
      throw new Problem('bad-request', {
        faults: [{ path: '', reason: 'the multipart form is broken off or malformed' }],
      });
    });
  const file = [...form.values()].find((value) => value instanceof File);
  if (!file) throw new Problem('bad-request', { faults: [{ path: 'file', reason: 'a file is missing' }] });
  return { name: file.name, bytes: await file.bytes() };
};
