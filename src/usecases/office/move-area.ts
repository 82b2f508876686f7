// An area goes to another zone from a day on (R08): plans, tallies and rights of that day follow; past days keep theirs.
import type { Day } from '../../domain/calendar.ts';
import { areasOf } from '../../domain/campaign.ts';
import type { ZoneAreaRow } from '../../domain/office/records.ts';
import { followedBy, holdsForGood } from '../../domain/office/spans.ts';
import { Problem } from '../../domain/problem.ts';
import { zonesKnown } from '../../domain/zone-map.ts';
import { eventOf } from '../service.ts';
import type { Decided, OfficeActing } from './act.ts';

export interface AreaMove {
  readonly area: string;
  readonly zone: string;
  readonly from: Day;
  readonly before: string | null;
}

export const moveArea = async (
  acting: OfficeActing,
  area: string,
  order: { readonly zone: string; readonly from: Day },
): Promise<Decided<AreaMove>> => {
  const { service, campaign, today } = acting;
  const { zone, from } = order;
  if (!areasOf(campaign).includes(area)) throw new Problem('not-found', { what: 'area', id: area });
  if (!zonesKnown(campaign).includes(zone)) throw new Problem('not-found', { what: 'zone', id: zone });
  if (from < today) throw new Problem('day-past', { on: from, today });
  const spans = await service.registry.zoneAreasOf(campaign.id, area);
  if (holdsForGood(spans, from)?.zone === zone) throw new Problem('already-so');
  const next: ZoneAreaRow & { readonly from: Day } = {
    id: service.ids.next(),
    campaign: campaign.id,
    zone,
    area,
    from,
    to: null,
  };
  const before = campaign.zones.find((row) => row.area === area)?.zone ?? null;
  return {
    answer: { area, zone, from, before },
    change: {
      zoneAreas: followedBy<ZoneAreaRow>(spans, next),
      events: [eventOf(acting, 'area.moved', { kind: 'area', id: area }, { from: before, to: zone, on: from })],
    },
  };
};
