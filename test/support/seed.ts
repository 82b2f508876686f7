// Rows for tests of what reads them, written as plainly as the tables are.
import type pg from 'pg';

type Row = Readonly<Record<string, unknown>>;

/** Inserts rows that all have the columns of the first; objects go in as JSON, lists of texts as arrays. */
export const insert = async (pool: pg.Pool, table: string, rows: readonly Row[]): Promise<void> => {
  const columns = Object.keys(rows[0] ?? {});
  const names = columns.map((column) => `"${column}"`).join(', ');
  for (const row of rows) {
    const marks = columns.map((_, i) => `$${i + 1}`).join(', ');
    await pool.query(
      `insert into ${table} (${names}) values (${marks})`,
      columns.map((column) => row[column]),
    );
  }
};

const at = (time: string): string => `2022-04-19T${time}+08:00`;

/** One compound's story: two people, a record with a "no" and its correction, a finding, a letter, and what was sent. */
export const seedStory = async (pool: pg.Pool, campaign: string): Promise<void> => {
  await insert(pool, 'organisation', [{ id: 'o1', name: '东区住建局', kind: 'town_bureau', area: '东区街道' }]);
  const person = {
    organisation_id: 'o1',
    department: '物业股',
    lives: 'known',
    no_account: false,
    added_at: at('08:00:00'),
  };
  await insert(pool, 'person', [
    { id: 'p1', name: '张工', mobile: '13800001234', compound_id: 'k1', ...person },
    { id: 'p2', name: '李工', mobile: null, compound_id: null, ...person },
  ]);
  await insert(pool, 'role_holding', [
    {
      id: 'r1',
      person_id: 'p1',
      role: 'staff',
      campaign: null,
      scope_kind: 'organisation',
      scope: '东区住建局',
      from_on: '2022-04-01',
      to_on: null,
    },
    {
      id: 'r2',
      person_id: 'p1',
      role: 'inspector',
      campaign: 'another',
      scope_kind: 'zone',
      scope: '东区组团',
      from_on: null,
      to_on: null,
    },
  ]);
  await insert(pool, 'binding', [
    { channel: 'playground', external_id: 'x1', person_id: 'p1', bound_at: at('08:00:00') },
  ]);
  await insert(pool, 'company', [{ id: 'c1', name: '安美物业', origin: 'local' }]);
  await insert(pool, 'company_unit', [
    { id: 'u1', company_id: 'c1', name: '安美物业东区分公司', kind: 'branch', area: '东区街道' },
  ]);
  await insert(pool, 'compound', [
    {
      id: 'k1',
      name: '阳光花园',
      aliases: ['阳光'],
      pinyin: '',
      area: '东区街道',
      status: 'listed',
      added_at: at('07:00:00'),
    },
    {
      id: 'k2',
      name: '景湖居',
      aliases: [],
      pinyin: '',
      area: '东区街道',
      status: 'pending',
      added_at: at('07:00:00'),
    },
    { id: 'k3', name: '别处', aliases: [], pinyin: '', area: '别市', status: 'listed', added_at: at('07:00:00') },
  ]);
  await insert(pool, 'management', [
    { id: 'm1', compound_id: 'k1', unit_id: 'u1', from_on: null, to_on: null },
    { id: 'm2', compound_id: 'k2', unit_id: 'u1', from_on: null, to_on: '2022-04-20' },
  ]);
  await insert(pool, 'assignment', [
    {
      id: 'a1',
      campaign,
      strand: 'home',
      kind: 'home',
      person_id: 'p1',
      checklist: 'checklist-2022-04',
      compound_id: 'k1',
      area: '东区街道',
      zone: '东区组团',
      reasons: ['home_duty'],
      from_on: '2022-04-19',
      to_on: '2022-04-26',
      state: 'done',
      version: 2,
      given_at: at('08:30:00'),
    },
    {
      id: 'a2',
      campaign,
      strand: 'zone',
      kind: 'zone',
      person_id: 'p2',
      checklist: 'checklist-2022-04',
      compound_id: 'k2',
      area: '东区街道',
      zone: '东区组团',
      reasons: ['not_yet_checked'],
      from_on: '2022-04-20',
      to_on: '2022-04-20',
      state: 'open',
      version: 1,
      given_at: at('08:30:00'),
    },
  ]);
  const inspection = {
    campaign,
    assignment_id: 'a1',
    strand: 'home',
    checklist: 'checklist-2022-04',
    check_on: '2022-04-19',
    entered_at: at('10:00:00.123'),
    inspector_id: 'p1',
    inspector_name: '张工',
    compound_id: 'k1',
    compound_name: '阳光花园',
    compound_status: 'listed',
    company: '安美物业东区分公司',
    area: '东区街道',
    zone: '东区组团',
    department: '物业股',
    note: null,
    source: { channel: 'playground', kind: 'tap' },
  };
  await insert(pool, 'inspection', [
    {
      id: 'i1',
      version: 1,
      replaces_id: null,
      live: false,
      recorded_at: at('10:00:00.123'),
      entered_by_id: null,
      answers: { wall_notice: 'yes' },
      flags: [],
      ...inspection,
    },
    {
      id: 'i2',
      version: 2,
      replaces_id: 'i1',
      live: true,
      recorded_at: at('10:05:00'),
      entered_by_id: 'p2',
      answers: { wall_notice: 'no', staff_mask: null },
      flags: ['doubtful', 'proxy'],
      ...inspection,
    },
  ]);
  await insert(pool, 'coverage', [
    {
      campaign,
      compound_id: 'k1',
      inspection_id: 'i2',
      area: '东区街道',
      covered_at: at('10:00:00'),
      covered_on: '2022-04-19',
    },
  ]);
  const finding = {
    campaign,
    compound_id: 'k1',
    compound_name: '阳光花园',
    area: '东区街道',
    zone: '东区组团',
    company: '安美物业东区分公司',
    version: 1,
    inspection_ids: ['i2'],
  };
  await insert(pool, 'finding', [
    { id: 'f1', item: 'wall_notice', state: 'notified', opened_at: at('10:05:00'), due_on: '2022-04-21', ...finding },
    { id: 'f2', item: 'staff_mask', state: 'verified', opened_at: at('10:05:00'), due_on: '2022-04-21', ...finding },
    { id: 'f3', item: 'mask_remind', state: 'open', opened_at: at('10:05:00.001'), due_on: null, ...finding },
  ]);
  await insert(pool, 'letter', [
    {
      id: 'l1',
      campaign,
      letter: 'letter-2022-04',
      unit_id: 'u1',
      unit: '安美物业东区分公司',
      kind: 'branch',
      origin: 'local',
      area: '东区街道',
      zone: '东区组团',
      signatory_id: 'p2',
      state: 'signed_late',
      version: 3,
      answers: { q1: 'yes' },
      due_on: '2022-04-26',
      owed_at: at('08:00:00'),
      signed_at: '2022-04-27T09:00:00+08:00',
    },
    {
      id: 'l2',
      campaign,
      letter: 'letter-2022-04',
      unit_id: 'u2',
      unit: '无名分公司',
      kind: 'HQ',
      origin: 'outside',
      area: null,
      zone: null,
      signatory_id: null,
      state: 'undecided',
      version: 1,
      answers: {},
      due_on: '2022-04-26',
      owed_at: at('08:00:00'),
      signed_at: null,
    },
  ]);
  await insert(pool, 'nudge', [
    { campaign, about_kind: 'letter', about_id: 'l1', step: 'reminder_1', on: '2022-04-24' },
    { campaign, about_kind: 'letter', about_id: 'l1', step: 'reminder_2', on: '2022-04-26' },
    { campaign, about_kind: 'letter', about_id: 'l1', step: 'rung_1', on: '2022-04-27' },
  ]);
  await insert(pool, 'ledger_row', [
    {
      campaign,
      letter_id: 'l1',
      unit: '安美物业东区分公司',
      area: '东区街道',
      zone: '东区组团',
      frozen_at: '2022-04-27T00:05:00+08:00',
      state_then: 'sent',
      attempts: 2,
      reason: null,
    },
  ]);
  await insert(pool, 'event', [
    {
      campaign,
      at: at('10:00:00'),
      kind: 'inspection.recorded',
      subject_kind: 'inspection',
      subject_id: 'i1',
      by_id: 'p1',
      by_name: '张工',
      inbound: 'playground/e1',
      data: {},
    },
    {
      campaign,
      at: at('20:00:00'),
      kind: 'slot.run',
      subject_kind: 'slot',
      subject_id: 'tally',
      by_id: null,
      by_name: null,
      inbound: null,
      data: { day: '2022-04-19' },
    },
    {
      campaign: 'another',
      at: at('20:00:00'),
      kind: 'slot.run',
      subject_kind: 'slot',
      subject_id: 'tally',
      by_id: null,
      by_name: null,
      inbound: null,
      data: {},
    },
  ]);
  const message = {
    channel: 'playground',
    chat: 'g1',
    person_id: null,
    about: JSON.stringify([{ kind: 'zone', id: '东区组团' }]),
    rung: null,
    message: {},
    created_at: at('08:30:00'),
    not_before: at('08:30:00'),
  };
  await insert(pool, 'outbox', [
    {
      key: 'm1',
      campaign,
      kind: 'assignment',
      verb: 'send',
      state: 'sent',
      attempts: 1,
      sent_at: at('08:30:01'),
      error: null,
      ...message,
    },
    {
      key: 'm2',
      campaign,
      kind: 'assignment',
      verb: 'update',
      state: 'sent',
      attempts: 1,
      sent_at: at('10:00:01'),
      error: null,
      ...message,
    },
    {
      key: 'm3',
      campaign: null,
      kind: 'answer',
      verb: 'send',
      state: 'sending',
      attempts: 0,
      sent_at: null,
      error: null,
      ...message,
    },
    {
      key: 'm4',
      campaign,
      kind: 'tally',
      verb: 'send',
      state: 'failed',
      attempts: 5,
      sent_at: null,
      error: 'chat not found',
      ...message,
    },
    {
      key: 'm5',
      campaign: 'another',
      kind: 'tally',
      verb: 'send',
      state: 'sent',
      attempts: 1,
      sent_at: at('20:00:01'),
      error: null,
      ...message,
    },
  ]);
  await insert(pool, 'chat_group', [
    {
      channel: 'playground',
      external_id: 'g1',
      title: '东区组团',
      serves_kind: 'zone',
      serves_name: '东区组团',
      webhook_key: 'hook-key',
      bound_at: at('08:00:00'),
    },
    {
      channel: 'wecom',
      external_id: 'g2',
      title: '指挥部',
      serves_kind: 'command',
      serves_name: 'command',
      webhook_key: null,
      bound_at: at('08:00:00'),
    },
  ]);
};
