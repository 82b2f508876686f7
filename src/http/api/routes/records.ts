// Listings of what was planned, found and signed, and the reading of a typed reply.
import * as z from 'zod';
import { type Finding, isOverdue } from '../../../domain/finding.ts';
import { Problem } from '../../../domain/problem.ts';
import { inOrder, inPlace, listRoute, onDay, placesIn, type Route, route } from '../route.ts';
import { id } from '../schemas/common.ts';
import * as schemas from '../schemas/records.ts';
import type { ApiServices } from '../services.ts';

/** Longer replies are no replies (DOORS §3). */
const MOST_CHARACTERS = 2_000;

export const recordRoutes = ({ listings, parse }: ApiServices): Route[] => [
  listRoute({
    path: '/inspections',
    tag: 'records',
    summary: 'Inspections, oldest first: live versions, or with those they replaced',
    onPages: ['see_records'],
    query: inPlace.extend({
      ...inOrder.shape,
      versions: z.enum(['live', 'all']).default('live'),
      compound: id.optional(),
    }),
    item: schemas.inspection,
    key: ['instant', 'text'],
    read: (page, { versions, order, compound = null, ...place }) =>
      listings.inspections({ ...page, versions, order, compound, places: placesIn(page.campaign, place) }),
  }),
  listRoute({
    path: '/findings',
    tag: 'records',
    summary: 'Findings, oldest first; `group` = those behind one figure of the tally',
    onPages: ['see_findings'],
    query: inPlace.extend({ ...inOrder.shape, group: schemas.findingGroup.optional(), compound: id.optional() }),
    item: schemas.listedFinding,
    key: ['instant', 'text'],
    read: async (page, { group = null, order, compound = null, ...place }) => {
      const places = placesIn(page.campaign, place);
      const { items, next } = await listings.findings({ ...page, places, group, order, compound, id: null });
      return { items: items.map((finding) => shownFinding(finding, page.today)), next };
    },
  }),
  route({
    method: 'get',
    path: '/findings/{id}',
    tag: 'records',
    summary: 'One finding, and everything that happened to it',
    params: z.object({ id }),
    answer: schemas.findingStory,
    onPages: ['see_findings'],
    handle: async ({ params, campaign, today, sight }) => {
      const asked = { campaign, today, sight, after: null, limit: 1, places: null, group: null, order: 'asc' } as const;
      const [[finding], events] = await Promise.all([
        listings.findings({ ...asked, id: params.id, compound: null }).then(({ items }) => items),
        listings.history(campaign.id, { kind: 'finding', id: params.id }),
      ]);
      if (!finding) throw new Problem('not-found', { what: 'finding', id: params.id });
      return {
        ...shownFinding(finding, today),
        events: events.map(({ at, kind, by, data }) => ({ at, kind, by: by ?? ('system' as const), data })),
      };
    },
  }),
  listRoute({
    path: '/letters',
    tag: 'records',
    summary: 'One row for each unit that must sign',
    onPages: ['see_letters'],
    query: inPlace.extend({ group: schemas.letterGroup.optional() }),
    item: schemas.letter,
    key: ['text', 'text'],
    read: (page, { group = null, ...place }) =>
      listings.letters({ ...page, group, places: placesIn(page.campaign, place) }),
  }),
  listRoute({
    path: '/ledger',
    tag: 'records',
    summary: 'Units that had not signed when the window ended, as frozen then',
    onPages: ['see_letters'],
    query: inPlace,
    item: schemas.ledgerRow,
    key: ['text'],
    read: (page, place) => listings.ledger({ ...page, places: placesIn(page.campaign, place) }),
  }),
  listRoute({
    path: '/assignments',
    tag: 'records',
    summary: 'Assignments by first day; with `on`, those whose window holds that day',
    onPages: ['see_records'],
    query: inPlace.extend({
      ...onDay.shape,
      kind: z.enum(['home', 'zone']).optional(),
      group: schemas.dutyGroup.optional(),
    }),
    item: schemas.assignment,
    key: ['day', 'text'],
    read: (page, { on = null, kind = null, group = null, ...place }) =>
      listings.assignments({ ...page, on, kind, group, places: placesIn(page.campaign, place) }),
  }),
  route({
    method: 'post',
    path: '/parse',
    tag: 'records',
    summary: 'How a typed reply to a checklist is understood; writes nothing',
    body: schemas.parseRequest,
    answer: schemas.parsed,
    handle: ({ body, campaign }) => {
      if (body.text.length > MOST_CHARACTERS) {
        throw new Problem('too-large', { limit: MOST_CHARACTERS, unit: 'characters' });
      }
      const checklist = campaign.checklists.find(({ id }) => id === body.checklist);
      if (!checklist) throw new Problem('not-found', { what: 'checklist', id: body.checklist });
      const { kind, answers, note, spans } = parse(body.text, checklist);
      return { kind, answers, note, spans };
    },
  }),
];

export const shownFinding = <F extends Finding>(finding: F, today: string) => {
  const {
    campaign: _,
    compoundId,
    inspectionIds,
    unitId: _unit,
    version: _version,
    claimedById: _by,
    ...rest
  } = finding;
  return { ...rest, compound: compoundId, inspections: inspectionIds, overdue: isOverdue(finding, today) };
};
