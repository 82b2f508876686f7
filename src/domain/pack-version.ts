// Versions of a campaign pack (E30): which one stands when, what an earlier one still lends its open cards and records, and
// what a new one may not do. A checklist or a letter is told by its id: other questions are another id.
import type { Campaign, LetterText } from './campaign.ts';
import type { Checklist } from './checklist.ts';
import type { SettingChange } from './office/records.ts';
import type { PhaseChange } from './phase-change.ts';
import type { Fault } from './problem.ts';
import { reason } from './reason.ts';

/** A campaign as one version of its pack has it, and from when on. */
export interface VersionedCampaign {
  readonly campaign: Campaign;
  readonly effectiveAt: Date;
}

/** The last version whose instant has come; the first one where none has. Null only for none at all. */
export const inForce = <V extends VersionedCampaign>(versions: readonly V[], now: Date): V | null => {
  const inOrder = versions.toSorted((a, b) => a.campaign.version - b.campaign.version);
  return inOrder.findLast((one) => one.effectiveAt <= now) ?? inOrder[0] ?? null;
};

const withOlder = <T extends { readonly id: string }>(own: readonly T[], older: readonly (readonly T[])[]): T[] => {
  const known = new Map(own.map((one) => [one.id, one]));
  // From the newest to the oldest: the last wording of each id stands.
  for (const list of older) for (const one of list) if (!known.has(one.id)) known.set(one.id, one);
  return [...known.values()];
};

/** The campaign that stands, with the checklists and letters of those before it: open cards finish on theirs. */
export const standing = (versions: readonly VersionedCampaign[], now: Date): Campaign | null => {
  const present = inForce(versions, now)?.campaign;
  if (!present) return null;
  const before = versions
    .map((one) => one.campaign)
    .filter((one) => one.version < present.version)
    .sort((a, b) => b.version - a.version);
  return {
    ...present,
    checklists: withOlder(
      present.checklists,
      before.map((one) => one.checklists),
    ),
    letters: withOlder(
      present.letters,
      before.map((one) => one.letters),
    ),
  };
};

/**
 * The ends that the office moved and that still hold: where a later version of the pack gives a phase another end than the
 * one it was moved from, the pack was meant.
 */
export const changesThatHold = (
  versions: readonly VersionedCampaign[],
  changes: readonly PhaseChange[],
  now: Date,
): PhaseChange[] => {
  const endIn = (campaign: Campaign | undefined, { strand, phase }: PhaseChange) =>
    campaign?.strands.find((one) => one.id === strand)?.phases.find((one) => one.id === phase)?.end;
  const present = inForce(versions, now)?.campaign;
  return changes.filter(
    (change) =>
      change.campaign === present?.id &&
      endIn(inForce(versions, change.at)?.campaign, change) === endIn(present, change),
  );
};

/** The settings that the office set and that still hold: where a later version of the pack says otherwise than before, it was meant. */
export const settingsThatHold = (
  versions: readonly VersionedCampaign[],
  changes: readonly SettingChange[],
  now: Date,
): SettingChange[] => {
  const saysOf = (campaign: Campaign | undefined, key: string) => JSON.stringify(campaign?.settingTable.pack[key]);
  const present = inForce(versions, now)?.campaign;
  return changes.filter(
    ({ campaign, key, at }) =>
      campaign === present?.id && saysOf(inForce(versions, at)?.campaign, key) === saysOf(present, key),
  );
};

const asked = (checklist: Checklist): string =>
  JSON.stringify(
    checklist.items.map(({ id, num, label, kind, required, options, min, max, unit }) => [
      ...[id, num, label, kind, required, min, max, unit],
      options.map((option) => [option.id, option.label]),
    ]),
  );

const wording = ({ title, salutation, intro, questions, closing }: LetterText): string =>
  JSON.stringify([title, salutation, intro, closing, questions.map(({ id, num, text }) => [id, num, text])]);

/** Checklists and letters that ask otherwise than one of the same id did before. */
export const changedUnderTheirIds = (
  versions: readonly VersionedCampaign[],
  next: Campaign,
): { readonly checklists: readonly string[]; readonly letters: readonly string[] } => {
  const before = versions.map((one) => one.campaign);
  return {
    checklists: next.checklists
      .filter((one) =>
        before.some(({ checklists }) => checklists.some((c) => c.id === one.id && asked(c) !== asked(one))),
      )
      .map(({ id }) => id),
    letters: next.letters
      .filter((one) =>
        before.some(({ letters }) => letters.some((l) => l.id === one.id && wording(l) !== wording(one))),
      )
      .map(({ id }) => id),
  };
};

/**
 * Why a version may not stand beside the ones there are: records and signatures name their checklist and letter by id, and
 * what they answered must stay what it was. Words people use (aliases, short labels) may change.
 */
export const clashes = (versions: readonly VersionedCampaign[], next: Campaign): Fault[] => {
  const { checklists, letters } = changedUnderTheirIds(versions, next);
  return [
    ...checklists.map((id) => ({
      path: `checklist ${id}`,
      reason: reason(
        '检查内容与以前不同：请换一个新的编号，并在 plan.yaml 里用它，以前的记录仍用原来的',
        'its questions are others than before: give it a new id and name that in the plan, records keep the old one',
      ),
    })),
    ...letters.map((id) => ({
      path: `letter ${id}`,
      reason: reason(
        '文字与以前不同：请换一个新的编号，并在 plan.yaml 里用它，以前的签阅仍用原来的',
        'its text is another than before: give it a new id and name that in the plan, signatures keep the old one',
      ),
    })),
  ];
};

/** What a version asks otherwise than the one that stands, for whoever publishes it. */
export interface PackDifference {
  readonly checklists: readonly {
    readonly strand: 'home' | 'zone';
    readonly from: string | null;
    readonly to: string | null;
    readonly added: readonly string[];
    readonly removed: readonly string[];
  }[];
  /** Null = the letter stays. */
  readonly letter: { readonly from: string | null; readonly to: string | null; readonly signAgain: boolean } | null;
  readonly phases: readonly string[];
}

export const differenceBetween = (before: Campaign | null, after: Campaign): PackDifference => {
  const asks = (campaign: Campaign | null, strand: 'home' | 'zone'): Checklist | null => {
    const id = campaign?.strands.find((one) => one.id === strand)?.checklist;
    return campaign?.checklists.find((one) => one.id === id) ?? null;
  };
  const without = (one: Checklist | null, other: Checklist | null): string[] =>
    (one?.items ?? []).filter((item) => !other?.items.some(({ id }) => id === item.id)).map((item) => item.shortLabel);
  const ends = (campaign: Campaign | null): Map<string, string> =>
    new Map(
      (campaign?.strands ?? []).flatMap((s) => s.phases.map((p) => [p.id, `${p.start} ${p.end ?? ''}`] as const)),
    );
  const old = ends(before);
  return {
    checklists: (['home', 'zone'] as const).flatMap((strand) => {
      const [from, to] = [asks(before, strand), asks(after, strand)];
      return from?.id === to?.id
        ? []
        : [
            {
              strand,
              from: from?.id ?? null,
              to: to?.id ?? null,
              added: without(to, from),
              removed: without(from, to),
            },
          ];
    }),
    letter:
      before?.letter?.id === after.letter?.id
        ? null
        : {
            from: before?.letter?.id ?? null,
            to: after.letter?.id ?? null,
            signAgain: after.letter?.signAgain ?? false,
          },
    phases: [...ends(after)].filter(([id, span]) => old.get(id) !== span).map(([id]) => id),
  };
};
