// The registry of compounds (R12): entered, renamed, taken up from what people named (E20), and handed from one company to
// another by date (E03). A compound of the registry is never deleted.
import type { Day } from '../../domain/calendar.ts';
import { areasOf } from '../../domain/campaign.ts';
import { allOf, type Change } from '../../domain/change.ts';
import { recordsListed } from '../../domain/office/listing.ts';
import type { CompoundEntry, ManagementRow } from '../../domain/office/records.ts';
import { followedBy, holdsForGood } from '../../domain/office/spans.ts';
import { Problem } from '../../domain/problem.ts';
import { deltas, momentOf, ofFinding, tallyTime } from '../../domain/tally.ts';
import { naturalId } from '../natural-id.ts';
import { eventOf } from '../service.ts';
import type { Decided, OfficeActing } from './act.ts';

export interface CompoundOrder {
  readonly name?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly estate?: string | null | undefined;
}

const compoundOf = async ({ service }: OfficeActing, id: string): Promise<CompoundEntry> => {
  const found = await service.registry.compound(id);
  if (!found) throw new Problem('not-found', { what: 'compound', id });
  return found;
};

/** Two compounds of one area may not be called the same (E17: in two areas they may). */
const checkName = async ({ service }: OfficeActing, area: string, name: string): Promise<void> => {
  const other = await service.registry.compoundNamed(area, name);
  if (other) throw new Problem('name-taken', { name, id: other.id });
};

const sounding = async ({ service }: OfficeActing, compound: CompoundEntry): Promise<CompoundEntry> => ({
  ...compound,
  pinyin: await service.people.sounds([compound.name, ...compound.aliases]),
});

const subject = (id: string) => ({ kind: 'compound', id });

export const addCompound = async (
  acting: OfficeActing,
  order: CompoundOrder & { readonly name: string; readonly area: string },
): Promise<Decided<{ readonly id: string }>> => {
  const { campaign, service } = acting;
  const { area, name } = order;
  if (!areasOf(campaign).includes(area)) throw new Problem('not-found', { what: 'area', id: area });
  await checkName(acting, area, name);
  const natural = naturalId('c', `${area}/${name}`);
  // One that was renamed keeps the id its first name gave it.
  const id = (await service.registry.compound(natural)) ? service.ids.next() : natural;
  const compound = await sounding(acting, {
    id,
    name,
    aliases: order.aliases ?? [],
    pinyin: '',
    area,
    estate: order.estate ?? null,
    status: 'listed',
    mergedId: null,
  });
  return {
    answer: { id },
    change: {
      compoundsAdded: [{ ...compound, addedAt: acting.now }],
      events: [eventOf(acting, 'compound.added', subject(id), { name, area })],
    },
  };
};

export const changeCompound = async (
  acting: OfficeActing,
  id: string,
  order: CompoundOrder,
): Promise<Decided<{ readonly id: string }>> => {
  const before = await compoundOf(acting, id);
  const { name = before.name, estate = before.estate } = order;
  if (name !== before.name) await checkName(acting, before.area, name);
  // People go on looking for it by the name it had.
  const former = name === before.name ? [] : [before.name];
  const aliases = [...new Set([...(order.aliases ?? before.aliases), ...former])].filter((alias) => alias !== name);
  const same = name === before.name && estate === before.estate && aliases.join('\n') === before.aliases.join('\n');
  if (same) throw new Problem('already-so');
  const after = await sounding(acting, { ...before, name, estate, aliases });
  return {
    answer: { id },
    change: {
      compoundsChanged: [after],
      events: [
        eventOf(acting, 'compound.changed', subject(id), {
          from: { name: before.name, aliases: before.aliases, estate: before.estate },
          to: { name, aliases, estate },
        }),
      ],
    },
  };
};

/** A compound that waits is listed as it is, or, with `into`, found to be that one under a second name. */
export const takeUpCompound = async (
  acting: OfficeActing,
  id: string,
  into: string | null,
): Promise<Decided<{ readonly id: string; readonly records: number }>> => {
  const pending = await compoundOf(acting, id);
  if (pending.status !== 'pending') throw new Problem('already-so');
  const target = into === null ? { ...pending, status: 'listed' as const } : await compoundOf(acting, into);
  if (target.status !== 'listed') throw new Problem('not-found', { what: 'compound', id: into ?? id });
  const listed =
    into === null
      ? target
      : await sounding(acting, {
          ...target,
          aliases: [...new Set([...target.aliases, pending.name, ...pending.aliases])].filter((n) => n !== target.name),
        });
  const records = await recordsTakenOver(acting, pending, listed);
  return {
    answer: { id: listed.id, records: records.placed?.length ?? 0 },
    change: allOf([
      {
        compoundsChanged: into === null ? [listed] : [listed, { ...pending, status: 'merged', mergedId: listed.id }],
        events: [
          eventOf(
            acting,
            into === null ? 'compound.listed' : 'compound.merged',
            subject(id),
            into === null ? { name: pending.name } : { name: pending.name, into: listed.id },
          ),
        ],
      },
      records,
      into === null ? {} : await belongingsMoved(acting, pending, listed),
    ]),
  };
};

/** Every campaign's records there, with the coverage that comes of them. */
const recordsTakenOver = async (
  { service, now }: OfficeActing,
  pending: CompoundEntry,
  listed: CompoundEntry,
): Promise<Change> =>
  allOf(
    await Promise.all(
      service.campaigns.all().map(async (campaign) => {
        const [records, coverage] = await Promise.all([
          service.registry.recordsAt(campaign.id, pending.id),
          service.registry.coverageOf(campaign.id, listed.id),
        ]);
        return recordsListed(listed, { campaign, records, coverage }, now);
      }),
    ),
  );

/** Who lives there, who is sent there and what is to be put right there go along. */
const belongingsMoved = async (
  acting: OfficeActing,
  pending: CompoundEntry,
  listed: CompoundEntry,
): Promise<Change> => {
  const { service, now } = acting;
  const campaigns = service.campaigns.all().map(({ id }) => id);
  const [residents, assignments, findings] = await Promise.all([
    service.registry.residentsOf(pending.id),
    service.registry.assignmentsAt(campaigns, pending.id),
    service.registry.findingsAt(campaigns, pending.id),
  ]);
  const moved = findings.map((before) => ({
    before,
    after: { ...before, compoundId: listed.id, area: listed.area, version: before.version + 1 },
  }));
  return {
    homes: residents.map((personId) => ({ personId, compoundId: listed.id, lives: 'known' as const })),
    assignments: assignments.map((a) => ({
      ...a,
      compoundId: listed.id,
      version: a.version + 1,
      // A home duty counts where the person works (E01), whatever becomes of the compound.
      ...(a.kind === 'home' ? {} : { area: listed.area }),
    })),
    findings: moved.map(({ after }) => after),
    deltas: moved.flatMap(({ before, after }) => {
      const campaign = service.campaigns.get(before.campaign);
      if (!campaign) return [];
      const moment = momentOf(campaign.calendar, tallyTime(campaign.slots), now);
      return deltas(campaign.id, moment, ofFinding(before), ofFinding(after));
    }),
  };
};

/** From a day on another unit manages it, or none (E18, with the reason). Records keep the company of their own day. */
export const changeManagement = async (
  acting: OfficeActing,
  id: string,
  order: { readonly unit: string | null; readonly from: Day; readonly reason: string | null },
): Promise<Decided<{ readonly compound: string; readonly unit: string | null; readonly from: Day }>> => {
  const { registry, ids } = acting.service;
  const { from, reason } = order;
  const compound = await compoundOf(acting, id);
  const unit = order.unit === null ? null : await registry.unit(order.unit);
  if (order.unit !== null && !unit) throw new Problem('not-found', { what: 'unit', id: order.unit });
  const unitId = unit?.id ?? null;
  const spans = await registry.managementsOf(compound.id);
  const lasting = holdsForGood(spans, from);
  if (lasting && lasting.unitId === unitId) throw new Problem('already-so');
  const before = spans.find(({ to }) => to === null)?.unitId ?? null;
  const next: ManagementRow & { readonly from: Day } = { id: ids.next(), compoundId: id, unitId, from, to: null };
  return {
    answer: { compound: id, unit: unitId, from },
    change: {
      managements: followedBy<ManagementRow>(spans, next),
      events: [
        eventOf(acting, 'compound.handed_over', subject(id), {
          from: before,
          to: unitId,
          on: from,
          ...(reason === null ? {} : { reason }),
        }),
      ],
    },
  };
};
