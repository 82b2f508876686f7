// A pack that came from the page that edits it, as JSON and not as files: checked like one, and given new ids where its
// questions are new, so that what was answered before stays what it was (E30).
import type { Holidays } from '../domain/calendar.ts';
import type { Phase } from '../domain/campaign.ts';
import { issueReason } from '../issue-reason.ts';
import { type PackRemark, remarksOn } from './check-pack.ts';
import { type PackBody, packBodySchema } from './pack-body.ts';

export interface CheckedBody {
  /** Null where there is a fault. */
  readonly body: PackBody | null;
  readonly faults: readonly Pick<PackRemark, 'path' | 'reason'>[];
  readonly notes: readonly Pick<PackRemark, 'path' | 'reason'>[];
}

export const checkBody = (value: unknown, holidays: Holidays): CheckedBody => {
  const parsed = packBodySchema.safeParse(value, { error: issueReason });
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => ({
      path: path as (string | number)[],
      reason: message,
    }));
    return { body: null, faults, notes: [] };
  }
  const remarks = remarksOn(parsed.data, holidays);
  const of = (weight: PackRemark['weight']) => remarks.filter((one) => one.weight === weight);
  return { body: of('fault').length > 0 ? null : parsed.data, faults: of('fault'), notes: of('note') };
};

interface Changed {
  readonly checklists: readonly string[];
  readonly letters: readonly string[];
}

/** `changed` get an id that is not among `taken`: `-v2`, `-v3` … after what they were called first. */
export const withFreshIds = (body: PackBody, changed: Changed, taken: ReadonlySet<string>): PackBody => {
  const fresh = (ids: readonly string[]): ReadonlyMap<string, string> =>
    new Map(ids.map((id) => [id, nextId(id, taken)]));
  const checklists = fresh(changed.checklists);
  const letters = fresh(changed.letters);
  const renamed = <T extends { readonly id: string }>(files: readonly T[], names: ReadonlyMap<string, string>): T[] =>
    files.map((file) => ({ ...file, id: names.get(file.id) ?? file.id }));
  return {
    ...body,
    checklists: renamed(body.checklists, checklists),
    letters: renamed(body.letters, letters),
    plan: {
      ...body.plan,
      strands: body.plan.strands.map((strand) => ({
        ...strand,
        ...(strand.checklist ? { checklist: checklists.get(strand.checklist) ?? strand.checklist } : {}),
        ...(strand.letter ? { letter: letters.get(strand.letter) ?? strand.letter } : {}),
      })),
    },
  };
};

const nextId = (id: string, taken: ReadonlySet<string>): string => {
  const base = id.replace(/-v\d+$/, '');
  for (let n = 2; ; n += 1) if (!taken.has(`${base}-v${n}`)) return `${base}-v${n}`;
};

/** The pack with its phases as they run now: as the office moved them since (E31). */
export const withPhases = (
  body: PackBody,
  running: readonly { readonly id: string; readonly phases: readonly Phase[] }[],
): PackBody => ({
  ...body,
  plan: {
    ...body.plan,
    strands: body.plan.strands.map((strand) => {
      const phases = running.find(({ id }) => id === strand.id)?.phases ?? [];
      return {
        ...strand,
        phases: strand.phases.map((phase) => {
          const now = phases.find(({ id }) => id === phase.id);
          return now ? { ...phase, start: now.start, end: now.end } : phase;
        }),
      };
    }),
  },
});
