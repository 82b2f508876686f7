import { expect, it } from 'vitest';
import type { Change } from '../../src/domain/change.ts';
import type { Inspection } from '../../src/domain/inspection.ts';
import { announcements } from '../../src/domain/webhook.ts';
import { at } from '../support/universe.ts';

const record: Inspection = {
  id: 'i1',
  campaign: 'c',
  assignmentId: 'a1',
  version: 1,
  replacesId: null,
  strand: 'zone',
  checklist: 'k1',
  checkOn: '2022-04-19',
  recordedAt: at('2022-04-19 10:00'),
  enteredAt: at('2022-04-19 10:00'),
  inspectorId: 'p1',
  inspectorName: '张建国',
  enteredById: null,
  compoundId: 'k1',
  compoundName: '阳光花园',
  compoundStatus: 'listed',
  company: '安美物业',
  area: '东区街道',
  zone: '东区组团',
  department: null,
  answers: { isolation_point: 'no' },
  note: '联系李经理 13800138000',
  source: { channel: 'wecom', kind: 'text', text: '4没有，找李经理' },
  flags: [],
};
const event = (kind: string, subject: { kind: string; id: string }, data = {}) => ({
  campaign: 'c',
  at: at('2022-04-19 10:00'),
  kind,
  subject,
  by: { id: 'p1', name: '张建国' },
  inbound: 'wecom/1',
  data,
});

it('tells of records, findings and signatures in their order, and of nothing else', () => {
  const change: Change = {
    inspections: [record],
    events: [
      event('inspection.recorded', { kind: 'inspection', id: 'i1' }),
      event('assignment.done', { kind: 'assignment', id: 'a1' }),
      event('finding.opened', { kind: 'finding', id: 'f1' }, { inspection: 'i1', item: 'isolation_point' }),
      event('letter.partial', { kind: 'letter', id: 'l1' }),
      event('letter.signed_late', { kind: 'letter', id: 'l1' }),
      event('person.bound', { kind: 'person', id: 'p1' }),
    ],
  };
  expect(announcements(change).map(({ type }) => type)).toEqual([
    'inspection.recorded',
    'finding.opened',
    'letter.signed_late',
  ]);
  expect(announcements(change)[1]).toMatchObject({ data: { finding: { id: 'f1' }, inspection: 'i1', by: 'p1' } });
});

it('holds no name and nothing that somebody typed (R47)', () => {
  const [told] = announcements({
    inspections: [record],
    events: [event('inspection.recorded', { kind: 'inspection', id: 'i1' })],
  });
  expect(told?.data).toMatchObject({ inspection: { inspector: 'p1', answers: { isolation_point: 'no' } } });
  expect(JSON.stringify(told)).not.toMatch(/张建国|李经理|13800138000|wecom\/1/);
});
