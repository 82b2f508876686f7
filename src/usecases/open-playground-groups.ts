// Opens the playground for a campaign: its groups, and an account for everybody (DOORS §4). At start, and after a roster
// came in; who sits in a group follows from roles and needs no opening.
import { areasOf, type Campaign, zonesOf } from '../domain/campaign.ts';
import type { Clock } from '../ports.ts';
import type { PlaygroundDoors, PlaygroundGroup } from '../ports-playground.ts';

/** A group for each zone and each area, the association's, and the command group. */
export const playgroundGroups = (campaign: Campaign): PlaygroundGroup[] => [
  ...zonesOf(campaign).map((zone): PlaygroundGroup => group(`zone:${zone}`, `${zone}督导群`, 'zone', zone)),
  ...[...new Set(areasOf(campaign))].map((area) => group(`area:${area}`, `${area}物业督导群`, 'area', area)),
  group('association', campaign.organisation.association, 'organisation', campaign.organisation.association),
  group('command', '督导指挥群', 'command', campaign.id),
];

/** Campaigns share the groups of their zones and areas; the second has an association and a command group of its own. */
const groupsOf = (campaigns: readonly Campaign[]): PlaygroundGroup[] =>
  campaigns.flatMap((campaign, i) =>
    playgroundGroups(campaign).map((one) =>
      i === 0 || one.servesKind === 'zone' || one.servesKind === 'area'
        ? one
        : { ...one, id: `${one.id}:${campaign.id}`, title: titleBeside(campaign, one) },
    ),
  );

const titleBeside = ({ shortTitle }: Campaign, { title }: PlaygroundGroup): string =>
  shortTitle === null ? title : `${shortTitle} · ${title}`;

const group = (
  id: string,
  title: string,
  servesKind: PlaygroundGroup['servesKind'],
  servesName: string,
): PlaygroundGroup => ({ id, title, servesKind, servesName });

export const openPlaygroundGroups = (
  { doors, clock }: { readonly doors: PlaygroundDoors; readonly clock: Clock },
  campaigns: readonly Campaign[],
): Promise<{ groups: number; people: number }> => doors.open(groupsOf(campaigns), clock.now());
