// The four levels of supervision (R03) as lines of a roster: who of a campaign's zone table holds which role where.
// The table gives names only; plan.ts finds the people among those already known (E04).
import { type Campaign, zonesOf } from '../campaign.ts';
import type { RoleName, ScopeKind } from '../people.ts';
import type { Place } from './lines.ts';

export interface ZoneRoleLine {
  readonly kind: 'zone_role';
  readonly at: Place;
  readonly name: string;
  readonly role: RoleName;
  readonly scopeKind: ScopeKind;
  readonly scope: string;
  readonly campaign: string;
  /** 第一批, of zone leads (R07). */
  readonly batch: string | null;
  readonly organisation: string;
  readonly organisationKind: 'bureau' | 'association' | 'company';
}

export interface ZoneAreaLine {
  readonly kind: 'zone_area';
  readonly at: Place;
  readonly campaign: string;
  readonly zone: string;
  readonly area: string;
}

/** The scope of a role over everything. */
export const CITY = 'city';

/**
 * A commander of all zones holds the city; everybody else holds each of his zones (E07: several supervisors in a zone,
 * several zones to a liaison). `leadBatch` is the batch of the zone leads.
 */
export const rolesFromZones = (campaign: Campaign, leadBatch: string | null): (ZoneRoleLine | ZoneAreaLine)[] => {
  const { leadBureau, association } = campaign.organisation;
  const zones = zonesOf(campaign);
  const commands = (name: string) => new Set(campaign.zones.filter((r) => r.commander === name).map((r) => r.zone));
  const lines = campaign.zones.flatMap((row, i) => {
    const at = { sheet: campaign.id, line: i + 1 };
    const role = (
      role: RoleName,
      name: string,
      organisation: string,
      organisationKind: ZoneRoleLine['organisationKind'],
      batch: string | null = null,
    ): ZoneRoleLine => {
      const city = role === 'commander' && commands(name).size === zones.length;
      const scope = city
        ? ({ scopeKind: 'city', scope: CITY } as const)
        : ({ scopeKind: 'zone', scope: row.zone } as const);
      return {
        kind: 'zone_role',
        at,
        name,
        role,
        ...scope,
        campaign: campaign.id,
        batch,
        organisation,
        organisationKind,
      };
    };
    return [
      { kind: 'zone_area', at, campaign: campaign.id, zone: row.zone, area: row.area } as const,
      role('commander', row.commander, leadBureau, 'bureau'),
      role('supervisor', row.supervisor, leadBureau, 'bureau'),
      role('liaison', row.liaison, association, 'association'),
      role('zone_lead', row.leadPerson, row.leadCompany, 'company', leadBatch),
    ];
  });
  const seen = new Set<string>();
  return lines.filter((line) => {
    if (line.kind === 'zone_area') return true;
    const key = `${line.role}/${line.scope}/${line.name}/${line.organisation}`;
    return !seen.has(key) && seen.add(key);
  });
};
