// The parts of a change as tables: which columns, what makes a row the same, and what a repetition means. No SQL here.
import type { Change, SpentLink } from '../domain/change.ts';
import type { Inspection } from '../domain/inspection.ts';
import type { CompanyRow, OrganisationRow, RegistryTurn } from '../domain/office/records.ts';
import * as rows from './rows.ts';

/**
 * insert: appended, a repeat of the key is a lost race · keep: a repeat of the key is left alone · cover: so too, and its
 * figures with it · versioned: n replaces n − 1 · upsert: the last one stands · update: these columns of a row that is
 * there · delete · retire: no longer live · spend: good once · announce: a message for each webhook that wants it.
 */
export type Mode =
  | 'insert'
  | 'keep'
  | 'cover'
  | 'versioned'
  | 'upsert'
  | 'update'
  | 'delete'
  | 'retire'
  | 'spend'
  | 'announce';

export type Row = Readonly<Record<string, unknown>>;

export interface Section {
  readonly table: string;
  readonly mode: Mode;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly encode: (record: never, hold: string | null) => Readonly<Record<string, unknown>>;
  /** The section that must be out of the way first: unique indexes look at once. */
  readonly after?: keyof Change;
}

const section = <T>(
  table: string,
  mode: Mode,
  columns: string,
  key: string,
  encode: (record: T, hold: string | null) => Readonly<Record<string, unknown>>,
  after?: keyof Change,
): Section => ({ table, mode, columns: columns.split(' '), key: key.split(' '), encode, ...(after ? { after } : {}) });

export const deltaColumns = 'campaign measure area organisation department on_day day late n';

export const sections: Readonly<Record<keyof Change, Section>> = {
  inbound: section(
    'inbound',
    'insert',
    'channel event_id at person_id chat kind text press answer',
    'channel event_id',
    rows.encodeInbound,
  ),
  retired: section('inspection', 'retire', 'id', 'id', (id: string) => ({ id })),
  inspections: section(
    'inspection',
    'insert',
    'id campaign assignment_id version replaces_id live strand checklist check_on recorded_at entered_at inspector_id entered_by_id compound_id compound_name compound_status inspector_name company area zone department answers note source flags',
    'id',
    rows.encodeInspection,
    'retired',
  ),
  flagged: section('inspection', 'update', 'id flags', 'id', (one: Pick<Inspection, 'id' | 'flags'>) => one),
  placed: section(
    'inspection',
    'update',
    'id compound_id compound_status area zone flags',
    'id',
    ({ id, compoundId, compoundStatus, area, zone, flags }: Inspection) => ({
      id,
      compound_id: compoundId,
      compound_status: compoundStatus,
      area,
      zone,
      flags,
    }),
  ),
  assignments: section(
    'assignment',
    'versioned',
    'id campaign strand kind person_id checklist compound_id area zone organisation department reasons from_on to_on state version given_at done_at draft stands_for',
    'id',
    rows.encodeAssignment,
  ),
  uncovered: section(
    'coverage',
    'delete',
    'campaign compound_id',
    'campaign compound_id',
    (c: { campaign: string; compoundId: string }) => ({ campaign: c.campaign, compound_id: c.compoundId }),
  ),
  covered: section(
    'coverage',
    'cover',
    'campaign compound_id inspection_id area covered_at covered_on',
    'campaign compound_id',
    rows.encodeCovering,
    'uncovered',
  ),
  findings: section(
    'finding',
    'versioned',
    'id campaign compound_id compound_name item area zone company unit_id state version inspection_ids opened_at notified_at due_on promised_on claimed_at claimed_by_id reported_at verified_at reopened_at referred_at',
    'id',
    rows.encodeFinding,
  ),
  letters: section(
    'letter',
    'versioned',
    'id campaign letter unit_id unit kind origin area zone signatory_id state version answers remark due_on owed_at sent_at read_at signed_at signed_by_id',
    'id',
    rows.encodeLetter,
  ),
  ledger: section(
    'ledger_row',
    'keep',
    'campaign letter_id unit area zone frozen_at state_then attempts reason',
    'campaign letter_id',
    rows.encodeLedgerRow,
  ),
  absences: section('absence', 'upsert', 'id person_id from_on to_on reason by_id at', 'id', rows.encodeAbsence),
  holdings: section(
    'role_holding',
    'upsert',
    'id person_id role campaign scope_kind scope from_on to_on batch deputy_for',
    'id',
    rows.encodeHolding,
  ),
  bindCodes: section('bind_code', 'insert', 'hash person_id expires_at', 'hash', rows.encodeBindCode),
  codesSpent: section('bind_code', 'spend', 'hash used_at', 'hash', (c: { hash: string; at: Date }) => ({
    hash: c.hash,
    used_at: c.at,
  })),
  accounts: section(
    'binding',
    'upsert',
    'channel external_id person_id bound_at lost_at',
    'person_id channel',
    rows.encodeAccount,
  ),
  groups: section(
    'chat_group',
    'upsert',
    'channel external_id title serves_kind serves_name bound_at',
    'channel external_id',
    rows.encodeGroup,
  ),
  homes: section('person', 'update', 'id compound_id lives', 'id', rows.encodeHome),
  formerHomes: section(
    'former_home',
    'keep',
    'person_id compound_id until',
    'person_id compound_id until',
    rows.encodeFormerHome,
  ),
  pendingCompounds: section(
    'compound',
    'insert',
    'id name aliases pinyin area status added_at',
    'id',
    rows.encodePendingCompound,
  ),
  exclusions: section(
    'exclusion',
    'versioned',
    'id campaign person_id state version claimed_at told_at decided_at decided_by_id',
    'id',
    rows.encodeExclusion,
  ),
  turns: section('registry_turn', 'versioned', 'id version', 'id', (turn: RegistryTurn) => ({ ...turn })),
  peopleAdded: section(
    'person',
    'insert',
    'id name organisation_id department staff_kind mobile unit_id no_account joined_on left_on lives added_at',
    'id',
    rows.encodePerson,
  ),
  peopleChanged: section(
    'person',
    'update',
    'id name organisation_id department staff_kind mobile unit_id no_account joined_on left_on',
    'id',
    rows.encodePerson,
  ),
  organisations: section('organisation', 'upsert', 'id name kind area', 'id', (o: OrganisationRow) => ({ ...o })),
  companies: section('company', 'upsert', 'id name origin', 'id', (c: CompanyRow) => ({ ...c })),
  units: section('company_unit', 'upsert', 'id company_id name kind area added_on', 'id', rows.encodeUnit),
  compoundsAdded: section(
    'compound',
    'insert',
    'id name aliases pinyin area estate status merged_id added_at',
    'id',
    rows.encodeCompound,
  ),
  compoundsChanged: section(
    'compound',
    'update',
    'id name aliases pinyin area estate status merged_id',
    'id',
    rows.encodeCompound,
  ),
  managements: section('management', 'upsert', 'id compound_id unit_id from_on to_on', 'id', rows.encodeManagement),
  zoneAreas: section('zone_area', 'upsert', 'id campaign zone area from_on to_on', 'id', rows.encodeZoneArea),
  settingChanges: section(
    'setting_change',
    'insert',
    'id campaign key value by_id by_name at',
    'id',
    rows.encodeSettingChange,
  ),
  spotChecks: section(
    'spot_check',
    'insert',
    'id campaign at by_id by_name frame_kind place seed n frame',
    'id',
    rows.encodeSpotCheck,
  ),
  spotDraws: section(
    'spot_draw',
    'versioned',
    'assignment_id spot_check_id campaign place compound_id first_id again_id outcome items version',
    'assignment_id',
    rows.encodeSpotDraw,
  ),
  handOvers: section('hand_over', 'versioned', 'id campaign zone day version summary steps', 'id', rows.encodeHandOver),
  phaseChanges: section(
    'phase_change',
    'insert',
    'id campaign strand phase end_on by_id at',
    'id',
    rows.encodePhaseChange,
  ),
  notices: section(
    'notice',
    'insert',
    'id campaign version replaces_id text urgent zones by_id by_name at',
    'id',
    rows.encodeNotice,
  ),
  noticeReadings: section(
    'notice_reading',
    'keep',
    'notice_id person_id read_at',
    'notice_id person_id',
    rows.encodeNoticeReading,
  ),
  townReports: section(
    'town_report',
    'insert',
    'campaign area version text figures cut_off_at by_id by_name late',
    'campaign area version',
    rows.encodeTownReport,
  ),
  nudges: section(
    'nudge',
    'insert',
    'campaign about_kind about_id step to_id on outbox_key',
    'campaign about_kind about_id step',
    rows.encodeNudge,
  ),
  cards: section(
    'card',
    'upsert',
    'id campaign kind channel chat person_id data state created_at closes_at',
    'id',
    rows.encodeCard,
  ),
  views: section('card_view', 'upsert', 'card_id person_id card data changed_at', 'card_id person_id', rows.encodeView),
  marks: section('card_mark', 'insert', 'card_id hold', 'id', (id: string, hold) => ({ card_id: id, hold })),
  events: section(
    'event',
    'insert',
    'campaign at kind subject_kind subject_id by_id by_name inbound data',
    'id',
    rows.encodeEvent,
  ),
  deltas: section('delta', 'insert', deltaColumns, 'id', rows.encodeDelta),
  photos: section(
    'photo',
    'upsert',
    'id campaign hash bytes width height taken_at at by_id by_name about_kind about_id compound_id area zone inbound',
    'id',
    rows.encodePhoto,
  ),
  messages: section(
    'outbox',
    'keep',
    'key campaign channel chat person_id kind verb about rung message card_id state created_at not_before expires_at attempts hold',
    'key',
    rows.encodeOutgoing,
  ),
  links: section(
    'one_time_link',
    'insert',
    'key purpose campaign person_id data made_at expires_at used_at',
    'key',
    rows.encodeLink,
  ),
  spent: section('one_time_link', 'spend', 'key used_at', 'key', (s: SpentLink) => ({ key: s.key, used_at: s.at })),
  webhooks: section(
    'webhook',
    'upsert',
    'id campaign title url types secret old_secret old_secret_until added_at paused_at removed_at',
    'id',
    rows.encodeWebhook,
  ),
  announced: section('outbox', 'announce', 'key campaign type at about message', 'key', rows.encodeAnnouncement),
  sessions: section('session', 'insert', 'key kind person_id opened_at seen_at ends_at', 'key', rows.encodeSession),
};
