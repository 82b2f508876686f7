// A unit got another head before its letter was signed: the letter is his now (E14), and goes out to him in the morning.
import type { Campaign } from '../domain/campaign.ts';
import { withHead } from '../domain/letter.ts';
import { deltas, momentOf, ofLetter, tallyTime } from '../domain/tally.ts';
import type { Service } from './service.ts';

const batch = 500;

/** Safe to run again at any time: once handed on, a letter is nobody else's. */
export const handLettersOn = async (service: Service, campaign: Campaign, now: Date): Promise<void> => {
  const { calendar } = campaign;
  const moment = momentOf(calendar, tallyTime(campaign.slots), now);
  let read = batch;
  while (read === batch) {
    const stale = await service.roster.lettersOfFormerHeads(campaign.id, calendar.dayOf(now), batch);
    const steps = stale.map(({ letter, headId }) => ({ before: letter, after: withHead(letter, headId) }));
    if (steps.length === 0) return;
    const committed = await service.committer.commit({
      letters: steps.map(({ after }) => after),
      events: steps.map(({ before, after }) => ({
        campaign: campaign.id,
        at: now,
        kind: 'letter.handed_on',
        subject: { kind: 'letter', id: after.id },
        by: null,
        inbound: null,
        data: { from: before.signatoryId, to: after.signatoryId },
      })),
      deltas: steps.flatMap(({ before, after }) => deltas(campaign.id, moment, ofLetter(before), ofLetter(after))),
    });
    // Somebody signs this very moment: the next morning looks again.
    if (committed === 'stale') return;
    read = stale.length;
  }
};
