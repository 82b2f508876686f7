// The shipped campaign as tests see it, unmoved.
import { loadHolidays } from '../../src/campaigns/holidays.ts';
import { campaignFrom } from '../../src/campaigns/pack-body.ts';
import { loadPack } from '../../src/campaigns/read-pack.ts';
import type { Campaign } from '../../src/domain/campaign.ts';

export const zhongshan = async (): Promise<Campaign> => {
  const pack = await loadPack('campaigns/zhongshan-2022');
  if (!pack.ok) throw new Error('the shipped pack has faults');
  return campaignFrom(pack.body, 1, await loadHolidays());
};
