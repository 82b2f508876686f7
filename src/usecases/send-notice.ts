// /notice: a new requirement goes to the groups of the zones and towns it is for, with who has read it; where there is no
// group, to the people themselves. Whoever sent it sees who has not, and can ask those once more (R05a, R36).
import type { Campaign } from '../domain/campaign.ts';
import type { NoticeCardData } from '../domain/card-data.ts';
import { allOf, type Change } from '../domain/change.ts';
import type { Address } from '../domain/message.ts';
import { areasTold, type Notice, type NoticeOrder, readNotice, titleOf, zonesToTell } from '../domain/notice.ts';
import { asNotice } from '../domain/sending.ts';
import type { Addressee } from '../ports.ts';
import { type CardMessage, cardMessage, sending } from './card-message.ts';
import { eventOf, type Outcome, type Service, type Situation, saying } from './service.ts';
import { show, viewed } from './show-card.ts';

const longest = 1000;
const mostUnread = 30;

/** What is typed before a notice's own words, in both languages. */
const words = { urgent: ['紧急', 'urgent'], correction: ['更正', 'correction'], everywhere: ['全市', 'all'] };

export const answerNotice = async (s: Situation, typed: string): Promise<Outcome> => {
  const order = readNotice(s.campaign, typed, words);
  const last = await s.service.bulletin.lastBy(s.campaign.id, s.person.id);
  const allowed = zonesToTell(s.campaign, s.person, order.urgent);
  if (allowed.length === 0)
    return saying(s, zonesToTell(s.campaign, s.person, true).length > 0 ? 'notice_only_urgent' : 'notice_not_allowed');
  if (order.text === '') return last ? showReaders(s, last) : saying(s, 'notice_form');
  if (order.text.length > longest) return saying(s, 'too_long', { max: longest });
  if (order.correcting && !last) return saying(s, 'notice_none_yet');
  const zones = zonesFor(order, allowed, last);
  const refused = zones.filter((zone) => !allowed.includes(zone));
  if (refused.length > 0) return saying(s, 'notice_other_zone', { zones: refused, allowed });
  return send(s, order, zones, order.correcting ? last : null);
};

/** Those it names; a correction goes where the notice went; otherwise everywhere the sender may. */
const zonesFor = (order: NoticeOrder, allowed: readonly string[], last: Notice | null): readonly string[] => {
  if (order.zones.length > 0) return order.zones;
  return order.correcting && last ? last.zones : allowed;
};

const send = async (
  s: Situation,
  order: NoticeOrder,
  zones: readonly string[],
  before: Notice | null,
): Promise<Outcome> => {
  const notice: Notice = {
    id: s.service.ids.next(),
    campaign: s.campaign.id,
    version: (before?.version ?? 0) + 1,
    replacesId: before?.id ?? null,
    text: order.text,
    urgent: order.urgent,
    zones,
    byId: s.person.id,
    byName: s.person.name,
    at: s.now,
  };
  const [audience, chats, replaced] = await Promise.all([
    addressees(s.service, s.campaign, notice, s.today),
    chatsFor(s, notice),
    before ? s.service.bulletin.cards(before.id) : [],
  ]);
  const reachedInGroup = new Set(chats.map(({ place }) => place));
  const alone = audience.filter(({ scope, to }) => to !== null && !reachedInGroup.has(scope));
  const facts: NoticeCardData = { ...factsOf(notice), readers: { read: 0, total: audience.length } };
  const drawn = [
    ...chats.map(({ to }) => noticeTo(s, notice, to, facts)),
    ...alone.flatMap(({ to }) => (to ? noticeTo(s, notice, to, { ...facts, readers: null }) : [])),
  ];
  const receipt = showState(s, notice, audience, new Map(), say(s, 'notice_sent', { zones, total: audience.length }));
  return {
    answer: receipt.answer,
    change: allOf([
      {
        notices: [notice],
        marks: replaced,
        events: [
          eventOf(
            s,
            'notice.sent',
            { kind: 'notice', id: notice.id },
            { version: notice.version, zones, urgent: notice.urgent },
          ),
        ],
      },
      sending(drawn),
      receipt.change,
    ]),
  };
};

const addressees = async (
  service: Service,
  campaign: Campaign,
  notice: Notice,
  today: string,
): Promise<Addressee[]> => {
  const all = await service.bulletin.audience(campaign.id, notice.zones, areasTold(campaign, notice), today);
  return all.filter(({ personId }) => personId !== notice.byId);
};

/** The groups of its zones and their areas. */
const chatsFor = async (
  { service, campaign }: Situation,
  notice: Notice,
): Promise<{ place: string; to: Address }[]> => {
  const areas = areasTold(campaign, notice);
  const [zoneGroups, areaGroups] = await Promise.all([service.roster.groups('zone'), service.roster.groups('area')]);
  return [
    ...zoneGroups.filter(({ serves }) => notice.zones.includes(serves)),
    ...areaGroups.filter(({ serves }) => areas.includes(serves)),
  ].map(({ serves, to }) => ({ place: serves, to }));
};

const factsOf = (notice: Notice): Omit<NoticeCardData, 'readers'> => {
  const title = titleOf(notice.text);
  return {
    from: notice.byName,
    title,
    text: title === notice.text ? '' : notice.text,
    urgent: notice.urgent,
    version: notice.version,
    sent: null,
  };
};

const noticeTo = (s: Situation, notice: Notice, to: Address, draws: NoticeCardData): CardMessage =>
  cardMessage(s.service, s.campaign, s.now, {
    key: `notice:${notice.id}:${to.channel}/${to.chat}`,
    to,
    kind: 'notice',
    as: 'notice',
    draws,
    data: { notice: notice.id },
    about: [{ kind: 'notice', id: notice.id }],
    window: asNotice(s.campaign.calendar, s.campaign.settings, notice.urgent, s.now),
  });

// ---- who has read ---------------------------------------------------------------------------------------------------

const say = (s: Situation, key: string, facts: Readonly<Record<string, unknown>>): string =>
  s.service.cards(s.campaign).say(key, facts);

type Readers = ReadonlyMap<string, Date>;

/** To whoever sent it: how many have read, and who has not, in private (1.7). */
const showState = (
  s: Situation,
  notice: Notice,
  audience: readonly Addressee[],
  readers: Readers,
  said: string,
): Outcome => {
  const unread = audience.filter(({ personId }) => !readers.has(personId));
  const read = audience.length - unread.length;
  const label = (a: Addressee) => s.service.cards(s.campaign).say('person_label', { name: a.name, place: a.scope });
  return show(s, {
    kind: 'notice',
    draws: {
      ...factsOf(notice),
      readers: { read, total: audience.length },
      sent: { zones: notice.zones, unread: unread.slice(0, mostUnread).map(label), more: unread.length > mostUnread },
    },
    data: { notice: notice.id, own: true },
    said,
  });
};

const stateOf = async (s: Situation, notice: Notice): Promise<{ audience: Addressee[]; readers: Readers }> => {
  const [audience, readers] = await Promise.all([
    addressees(s.service, s.campaign, notice, s.today),
    s.service.bulletin.readers(notice.id),
  ]);
  return { audience, readers };
};

const showReaders = async (s: Situation, notice: Notice): Promise<Outcome> => {
  const { audience, readers } = await stateOf(s, notice);
  const read = audience.filter(({ personId }) => readers.has(personId)).length;
  return showState(s, notice, audience, readers, say(s, 'notice_state', { read, total: audience.length }));
};

/** The notice that the pressed card carries, if its presser sent it. */
const ownNotice = async (s: Situation): Promise<Notice | null> => {
  const id = s.scene.card?.data.notice;
  const notice = typeof id === 'string' ? await s.service.bulletin.notice(id) : null;
  return notice?.byId === s.person.id ? notice : null;
};

/** 看谁未阅: the sender's card as it stands now. */
export const showUnread = async (s: Situation): Promise<Outcome> => {
  const notice = await ownNotice(s);
  return notice ? showReaders(s, notice) : saying(s, 'notice_not_yours');
};

/** 催阅: those who have not read get it in private, once. */
export const remindUnread = async (s: Situation): Promise<Outcome> => {
  const notice = await ownNotice(s);
  if (!notice) return saying(s, 'notice_not_yours');
  const { audience, readers } = await stateOf(s, notice);
  const unread = audience.filter(({ personId, to }) => to !== null && !readers.has(personId));
  if (unread.length === 0) return saying(s, 'notice_all_read');
  const facts = { ...factsOf(notice), readers: null };
  const drawn = unread.flatMap(({ to }) => (to ? noticeTo(s, notice, to, facts) : []));
  const shown = showState(s, notice, audience, readers, say(s, 'notice_reminded', { n: unread.length }));
  return {
    answer: shown.answer,
    change: allOf([
      sending(drawn),
      { events: [eventOf(s, 'notice.reminded', { kind: 'notice', id: notice.id }, { people: unread.length })] },
      shown.change,
    ]),
  };
};

/** 已阅: noted once for each person, with the time; the group's card counts on. */
export const acknowledgeNotice = async (s: Situation): Promise<Outcome> => {
  const { card } = s.scene;
  const id = card?.data.notice;
  const notice = typeof id === 'string' ? await s.service.bulletin.notice(id) : null;
  if (!card || !notice) return saying(s, 'card_closed');
  const book = s.service.cards(s.campaign);
  const readers = await s.service.bulletin.readers(notice.id);
  const readAt = readers.get(s.person.id) ?? s.now;
  const drawn = book.draw(
    'notice',
    card.id,
    { ...factsOf(notice), readers: null },
    {
      state: 'answered',
      stateText: book.say('state_acknowledged', { name: s.person.name, at: readAt }),
    },
  );
  const shown = viewed(s, card, drawn, card.data, book.say('acknowledged'));
  const noted: Change = readers.has(s.person.id)
    ? {}
    : {
        noticeReadings: [{ noticeId: notice.id, personId: s.person.id, readAt }],
        events: [eventOf(s, 'notice.acknowledged', { kind: 'notice', id: notice.id })],
        marks: card.personId === null ? [card.id] : [],
      };
  return { answer: shown.answer, change: allOf([noted, shown.change]) };
};

/** A group's card drawn anew: how many have read, or that a newer version has taken its place. */
export const noticeNow = async (
  service: Service,
  campaign: Campaign,
  id: string,
): Promise<{ draws: NoticeCardData; replaced: boolean } | null> => {
  const notice = await service.bulletin.notice(id);
  if (!notice) return null;
  const [audience, readers] = await Promise.all([
    addressees(service, campaign, notice, campaign.calendar.dayOf(service.clock.now())),
    service.bulletin.readers(id),
  ]);
  const read = audience.filter(({ personId }) => readers.has(personId)).length;
  return { draws: { ...factsOf(notice), readers: { read, total: audience.length } }, replaced: notice.replaced };
};
