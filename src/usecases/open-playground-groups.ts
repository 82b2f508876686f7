// Opens the playground for a campaign: its groups, and an account for everybody (DOORS §4). At start, and after a roster
// came in; who sits in a group follows from roles and needs no opening.
import { areasOf, type Campaign, zonesOf } from '../domain/campaign.ts';
import type { Clock } from '../ports.ts';
import type { PlaygroundDoors, PlaygroundGroup } from '../ports-playground.ts';

/** Nine zone groups, 23 area groups, the association's, and the command group. */
export const playgroundGroups = (campaign: Campaign): PlaygroundGroup[] => [
  ...zonesOf(campaign).map((zone): PlaygroundGroup => group(`zone:${zone}`, `${zone}督导群`, 'zone', zone)),
  ...[...new Set(areasOf(campaign))].map((area) => group(`area:${area}`, `${area}物业督导群`, 'area', area)),
  group('association', campaign.organisation.association, 'organisation', campaign.organisation.association),
  group('command', '督导指挥群', 'command', campaign.id),
];

const group = (
  id: string,
  title: string,
  servesKind: PlaygroundGroup['servesKind'],
  servesName: string,
): PlaygroundGroup => ({ id, title, servesKind, servesName });

export const openPlaygroundGroups = (
  { doors, clock }: { readonly doors: PlaygroundDoors; readonly clock: Clock },
  campaigns: readonly Campaign[],
): Promise<{ groups: number; people: number }> => doors.open(campaigns.flatMap(playgroundGroups), clock.now());
