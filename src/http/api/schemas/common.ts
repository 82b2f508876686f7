// The small shapes that the API's records are made of.
import * as z from 'zod';

export const id = z.string().min(1);
export const day = z.iso.date().meta({ description: 'A day of the campaign’s zone', example: '2022-04-19' });
export const instant = z.iso
  .datetime({ offset: true })
  .meta({ description: 'An instant with its offset', example: '2022-04-19T08:30:00.000+08:00' });
/** A file's bytes. */
export const file = z.string().meta({ override: { type: 'string', format: 'binary' } });
export const count = z.int().min(0);
export const strand = z.enum(['home', 'letter', 'zone', 'city_town']);
export const channel = z.enum(['playground', 'wecom', 'dingtalk', 'telegram', 'feishu', 'form', 'webhook']).meta({
  id: 'Channel',
  description:
    '`form`: the one-time web form, where nobody has an account; `webhook`: another system, which is only told',
});
/** Where accounts and groups can be bound. */
export const platform = channel.exclude(['form', 'webhook']).meta({ id: 'Platform' });
export const named = z.object({ id, name: z.string() }).meta({ id: 'Named' });
export const ref = z.object({ kind: z.string(), id: z.string() }).meta({ id: 'Ref' });
export const area = z.string().meta({ example: '东区街道' });
export const zone = z.string().meta({ example: '东区组团' });

/** The text of one answer for each item id. */
export const answers = z.record(z.string(), z.union([z.enum(['yes', 'no']), z.number(), z.string(), z.null()])).meta({
  id: 'Answers',
  description: 'By item id: yes, no, a number, an option; null = nothing certain was said',
});

export const problem = z
  .looseObject({
    type: z.string().meta({ example: 'urn:dudao:problem:not-found' }),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'From the catalogue of problems; it stays the same' }),
    detail: z.string().meta({ description: 'One sentence, zh-CN or en by Accept-Language' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457, with the typed details of its code beside' });
