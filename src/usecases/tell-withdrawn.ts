// A finding that a town was told of is withdrawn, because the record was wrong: the town is told that too (E10).
import { zoneNow } from '../domain/campaign.ts';
import type { Change } from '../domain/change.ts';
import { itemName } from './finding-card.ts';
import type { Situation } from './service.ts';
import { line, townEars } from './town-ear.ts';

/** The messages that belong to a change which withdraws findings; none for most changes. */
export const withdrawnTold = async (s: Situation, change: Change): Promise<Pick<Change, 'messages'>> => {
  const gone = (change.findings ?? []).filter((f) => f.state === 'withdrawn' && f.notifiedAt !== null);
  if (gone.length === 0) return {};
  const ears = await townEars(s.service, s.campaign, s.today);
  const messages = gone.flatMap((finding) => {
    const to = ears.of(finding.area, zoneNow(s.campaign, finding));
    const facts = { compound: finding.compoundName, item: itemName(s.campaign, finding) };
    const text = s.service.cards(s.campaign).say('town_record_corrected', facts);
    return to
      ? [line(s, `withdrawn:${finding.id}:${finding.version}`, to, text, [{ kind: 'finding', id: finding.id }])]
      : [];
  });
  return { messages };
};
