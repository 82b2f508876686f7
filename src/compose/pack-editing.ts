// The pack page's desk: the newest version to edit, the check of a draft with its cards, and the draft published as a version.
import { checkBody, withFreshIds, withPhases } from '../campaigns/edited-pack.ts';
import { holidaysFolder, loadHolidays } from '../campaigns/holidays.ts';
import { campaignFrom, type PackBody } from '../campaigns/pack-body.ts';
import { packHash } from '../campaigns/read-pack.ts';
import { changedUnderTheirIds, inForce } from '../domain/pack-version.ts';
import { Problem } from '../domain/problem.ts';
import { reason } from '../domain/reason.ts';
import type { PackEditing } from '../http/web/pack.ts';
import type { Clock } from '../ports.ts';
import { makePacks } from '../store/packs.ts';
import { publishPack } from '../usecases/publish-pack.ts';
import type { OpenCampaigns } from './campaigns.ts';
import { previewPack } from './card-previews.ts';
import type { Foundation } from './foundation.ts';
import type { Cards } from './service.ts';

export const openPackEditing = async (
  { pool }: Pick<Foundation, 'pool'>,
  campaigns: OpenCampaigns,
  clock: Clock,
  cards: Pick<Cards, 'drafted'>,
): Promise<PackEditing> => {
  const holidays = await loadHolidays(holidaysFolder);
  const desk = {
    packs: makePacks(pool),
    clock,
    versions: (id: string) => campaigns.versions(id),
    refresh: () => campaigns.refresh(),
  };
  const checked = (id: string, value: unknown) => {
    const result = checkBody(value, holidays);
    if (!result.body || result.body.plan.id === id) return result;
    const text = reason(`须是 ${id}：行动的编号不能改`, `must be ${id}: a campaign keeps its id`);
    return { body: null, faults: [{ path: ['plan', 'id'], reason: text }], notes: [] };
  };
  return {
    present({ id, strands }) {
      const versions = campaigns.versions(id);
      const newest = versions.at(-1);
      if (!newest) throw new Problem('not-found', { what: 'campaign', id });
      const body = newest.body as PackBody;
      // One that waits for its day says its own phases.
      const runs = inForce(versions, clock.now())?.campaign.version === newest.campaign.version;
      return { version: newest.campaign.version, body: runs ? withPhases(body, strands) : body };
    },
    check({ id }, value) {
      const { body, faults, notes } = checked(id, value);
      if (!body) return { faults, notes, samples: [] };
      const campaign = campaignFrom(body, 0, holidays);
      return { faults, notes, samples: previewPack(campaign, cards.drafted(campaign)) };
    },
    async publish({ id }, { body: value, base, from }, by) {
      const versions = campaigns.versions(id);
      if (versions.at(-1)?.campaign.version !== base) throw new Problem('stale');
      const { body: draft, faults } = checked(id, value);
      if (!draft)
        throw new Problem('pack-refused', {
          faults: faults.map(({ path, reason: why }) => ({ path: path.join('.'), reason: why })),
        });
      const taken = versions.flatMap(({ campaign }) =>
        [...campaign.checklists, ...campaign.letters].map((one) => one.id),
      );
      const changed = changedUnderTheirIds(versions, campaignFrom(draft, 0, holidays));
      const body = withFreshIds(draft, changed, new Set(taken));
      return publishPack(desk, { campaign: campaignFrom(body, 0, holidays), body, hash: packHash(body), from, by });
    },
  };
};
