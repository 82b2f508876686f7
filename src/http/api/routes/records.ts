// Listings of what was planned, found and signed, and the reading of a typed reply.
import * as z from 'zod';
import { type Finding, isOverdue } from '../../../domain/finding.ts';
import { Problem } from '../../../domain/problem.ts';
import { listRoute, onDay, type Route, route } from '../route.ts';
import * as schemas from '../schemas/records.ts';
import type { ApiServices } from '../services.ts';

/** Longer replies are no replies (DOORS §3). */
const MOST_CHARACTERS = 2_000;

export const recordRoutes = ({ listings, parse }: ApiServices): Route[] => [
  listRoute({
    path: '/inspections',
    tag: 'records',
    summary: 'Inspections, oldest first: live versions, or with those they replaced',
    query: z.object({ versions: z.enum(['live', 'all']).default('live') }),
    item: schemas.inspection,
    key: ['instant', 'text'],
    read: (page, { versions }) => listings.inspections({ ...page, versions }),
  }),
  listRoute({
    path: '/findings',
    tag: 'records',
    summary: 'Findings, oldest first',
    item: schemas.listedFinding,
    key: ['instant', 'text'],
    read: async (page) => {
      const { items, next } = await listings.findings(page);
      return { items: items.map((finding) => shownFinding(finding, page.today)), next };
    },
  }),
  listRoute({
    path: '/letters',
    tag: 'records',
    summary: 'One row for each unit that must sign',
    item: schemas.letter,
    key: ['text', 'text'],
    read: (page) => listings.letters(page),
  }),
  listRoute({
    path: '/ledger',
    tag: 'records',
    summary: 'Units that had not signed when the window ended, as frozen then',
    item: schemas.ledgerRow,
    key: ['text'],
    read: (page) => listings.ledger(page),
  }),
  listRoute({
    path: '/assignments',
    tag: 'records',
    summary: 'Assignments by first day; with `on`, those whose window holds that day',
    query: onDay,
    item: schemas.assignment,
    key: ['day', 'text'],
    read: (page, { on }) => listings.assignments({ ...page, on: on ?? null }),
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
