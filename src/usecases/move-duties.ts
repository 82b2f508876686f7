// Home duties that go another way than by a record: with a move, an exclusion, an absence, a deputy (R10, E13–E16). A
// person's duties may belong to several campaigns, and each counts in its own.
import { allOf, type Change } from '../domain/change.ts';
import type { DutyStep } from '../domain/home.ts';
import { deltas, momentOf, ofAssignment, tallyTime } from '../domain/tally.ts';
import type { Service } from './service.ts';

/** Who does it, and the message it came from. */
export interface DoneBy {
  readonly at: Date;
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly inbound: string | null;
}

export const dutiesMoved = (service: Service, steps: readonly DutyStep[], { at, by, inbound }: DoneBy): Change =>
  allOf(
    steps.flatMap(({ before, after }): Change[] => {
      const campaign = service.campaigns.get(after.campaign);
      if (!campaign) return [];
      const moment = momentOf(campaign.calendar, tallyTime(campaign.slots), at);
      const event = {
        campaign: campaign.id,
        at,
        kind: before.state === after.state ? 'assignment.moved' : `assignment.${after.state}`,
        subject: { kind: 'assignment', id: after.id },
        by,
        inbound,
        data: { compound: after.compoundId },
      };
      return [
        {
          assignments: [after],
          events: [event],
          deltas: deltas(campaign.id, moment, ofAssignment(before), ofAssignment(after)),
        },
      ];
    }),
  );
