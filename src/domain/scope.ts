// Which part of the city a question is about: the whole, a zone, an area or one compound; and what a person may see of it.
import { areasOf, type Campaign, zoneOf, zonesOf } from './campaign.ts';
import type { Person } from './people.ts';
import { type Act, may, type Subject } from './rights.ts';

export type Scope =
  | { readonly kind: 'city' }
  | { readonly kind: 'zone'; readonly name: string }
  | { readonly kind: 'area'; readonly name: string };

export const areasIn = (campaign: Campaign, scope: Scope): string[] =>
  scope.kind === 'city' ? areasOf(campaign) : scope.kind === 'zone' ? areasOf(campaign, scope.name) : [scope.name];

export const subjectOf = (campaign: Campaign, scope: Scope): Subject =>
  scope.kind === 'city'
    ? {}
    : scope.kind === 'zone'
      ? { zone: scope.name }
      : { area: scope.name, zone: zoneOf(campaign, scope.name) };

/** Everything that `text` may name: 东区 is a zone and an area. An exact name stands alone. */
export const scopesNamed = (campaign: Campaign, text: string): Scope[] => {
  const zones = zonesOf(campaign);
  const areas = areasOf(campaign);
  if (zones.includes(text)) return [{ kind: 'zone', name: text }];
  if (areas.includes(text)) return [{ kind: 'area', name: text }];
  if (text.length < 2) return [];
  const near = (name: string) => name.includes(text);
  return [
    ...zones.filter(near).map((name): Scope => ({ kind: 'zone', name })),
    ...areas.filter(near).map((name): Scope => ({ kind: 'area', name })),
  ];
};

/** The widest scope this person may ask about; null = none at all. City first, then the own zone, then the own area. */
export const widestScope = (campaign: Campaign, person: Person, act: Act): Scope | null => {
  if (may(person, act)) return { kind: 'city' };
  const zone = zonesOf(campaign).find((name) => may(person, act, { zone: name }));
  if (zone !== undefined) return { kind: 'zone', name: zone };
  const area = areasOf(campaign).find((name) => may(person, act, { area: name }));
  return area === undefined ? null : { kind: 'area', name: area };
};
