// Versions of a campaign's pack (E30).
import * as z from 'zod';
import { count, day, id, instant } from './common.ts';

export const packRequest = z
  .object({
    files: z.record(z.string().regex(/^[\w.-]+\.(ya?ml|csv)$/), z.string()).meta({
      description: 'The pack’s files by name: plan.yaml, checklist*.yaml, letter*.yaml and the zone table, as texts',
    }),
    from: day.optional().meta({ description: 'The first day of this version; tomorrow when left out' }),
  })
  .meta({ id: 'PackRequest' });

export const published = z
  .object({
    campaign: id,
    version: count,
    isNew: z.boolean().meta({ description: 'false: the newest version says the same, nothing was written' }),
    from: day,
    effectiveAt: instant,
    differs: z.object({
      checklists: z.array(
        z.object({
          strand: z.enum(['home', 'zone']),
          from: id.nullable(),
          to: id.nullable(),
          added: z.array(z.string()),
          removed: z.array(z.string()),
        }),
      ),
      letter: z.object({ from: id.nullable(), to: id.nullable(), signAgain: z.boolean() }).nullable(),
      phases: z.array(z.string()),
    }),
  })
  .meta({ id: 'PublishedPack' });

export const packLine = z
  .object({
    version: count,
    hash: z.string(),
    importedAt: instant,
    effectiveAt: instant,
    stands: z.enum(['now', 'later', 'replaced']),
    checklists: z.array(z.object({ strand: z.string(), id })),
    letter: id.nullable(),
  })
  .meta({ id: 'PackVersion' });
