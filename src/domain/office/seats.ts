// Which role is held over what (R03): a supervisor holds zones, a town's contact an area. Names are checked against the
// campaign and the registry; here stands only which kind goes with which.
import type { RoleName, ScopeKind } from '../people.ts';

const scopes: Readonly<Record<RoleName, readonly ScopeKind[]>> = {
  commander: ['city', 'zone'],
  supervisor: ['zone'],
  liaison: ['zone'],
  zone_lead: ['zone'],
  inspector: ['zone'],
  staff: ['organisation'],
  department_head: ['department'],
  town_contact: ['area'],
  town_head: ['area'],
  association: ['organisation'],
  signatory: ['unit'],
  office: ['city'],
  archivist: ['city'],
};

export const roleNames = Object.keys(scopes) as [RoleName, ...RoleName[]];

export const scopesFor = (role: RoleName): readonly ScopeKind[] => scopes[role];

/** The four levels are a campaign's own; who works where is the same in all (as rosters have it). */
export const campaignOfRole = (role: RoleName, campaign: string): string | null =>
  role === 'commander' || role === 'supervisor' || role === 'liaison' || role === 'zone_lead' ? campaign : null;
