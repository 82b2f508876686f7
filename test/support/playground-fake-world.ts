// The small world behind the fake playground: who has seen what, and how its service answers a press, a saying and the clock.
// Knows no HTTP.

import type { Card, Chat, LiveEvent, Message } from '../../src/pages/playground/model.ts';
import * as story from './playground-fake-cards.ts';

export type Body = Readonly<Record<string, unknown>>;

export interface Content {
  readonly text?: string;
  readonly card?: Card;
  /** The service itself unless said otherwise. */
  readonly from?: Message['from'];
}

export interface World {
  readonly post: (chat: string, content: Content) => Message;
  readonly change: (message: Message, card: Card) => void;
  /** The answer to a GET; null when there is no such path. */
  readonly read: (path: string, query: URLSearchParams) => unknown;
  /** The answer to a POST. */
  readonly write: (path: string, body: Body) => unknown;
}

interface WorldOptions {
  readonly now: string;
  readonly hints: boolean;
  /** Tells those for whom `concerns` is true that something has happened. */
  readonly tell: (event: LiveEvent, concerns: (person: string) => boolean) => void;
}

interface Kept {
  readonly chat: string;
  readonly sequence: number;
  readonly message: Message;
}

export const playgroundWorld = (options: WorldOptions): World => {
  const kept = new Map<string, Kept>();
  const unread = new Map<string, number>();
  const { tell } = options;
  let { now } = options;
  let sequence = 0;

  const isIn = (chat: string) => (as: string) =>
    story.CHATS.some((known) => known.id === chat && known.members.some((member) => member.id === as));

  const keep = (chat: string, message: Message): Message => {
    sequence += 1;
    kept.set(message.id, { chat, sequence, message });
    tell({ type: 'message', chat }, isIn(chat));
    return message;
  };

  const newId = (): string => `n${sequence + 1}`;

  const post: World['post'] = (chat, { from = 'bot', ...content }) => {
    for (const person of story.PEOPLE.map((one) => one.id).filter(isIn(chat))) {
      const key = `${person} ${chat}`;
      unread.set(key, (unread.get(key) ?? 0) + 1);
    }
    return keep(chat, { id: newId(), at: now, changedAt: now, from, ...content });
  };

  const change = (message: Message, card: Card): void => {
    const entry = kept.get(message.id);
    if (entry) keep(entry.chat, { ...entry.message, card, changedAt: `${now}#${sequence}` });
  };

  const cardMessage = (cardId: string): Kept | undefined =>
    Array.from(kept.values()).find((entry) => entry.message.card?.id === cardId);

  const confirm = (chat: string, compound: string, notDone: readonly string[]): void => {
    post(chat, { card: story.confirmationCard(`card-${newId()}`, compound, notDone) });
  };

  const press = (body: Body): unknown => {
    const entry = cardMessage(String(body.card));
    const card = entry?.message.card;
    if (!entry || !card) return { accepted: false, toast: '这张卡片已经不在了。请看会话里最新的卡片。' };
    const values = (body.values ?? {}) as Readonly<Record<string, string | readonly string[]>>;
    const answered = (stateText: string): unknown => {
      const next: Card = { ...card, state: 'answered', stateText, actions: [] };
      change(entry.message, next);
      return { accepted: true, card: next };
    };
    if (card.kind === 'assignment') {
      const compound = story.COMPOUNDS.find(({ id }) => id === values.compound);
      if (!compound) return { accepted: false, toast: '请先选择小区，再点按钮。' };
      if (body.action === 'has_exceptions') {
        post(entry.chat, { card: story.checklistCard(`card-${newId()}`, compound.name) });
        return { accepted: true };
      }
      const left = card.fields[0]?.options?.map(({ id }) => id).filter((id) => id !== compound.id) ?? [];
      const next = story.assignmentCard(card.id, left);
      change(entry.message, next);
      confirm(entry.chat, compound.name, []);
      return { accepted: true, toast: `已记录：${compound.name}，8 项全部落实`, card: next };
    }
    if (card.kind === 'checklist') {
      const ticked = story.ITEMS.filter(({ id }) => values.not_done?.includes(id)).map(({ label }) => label);
      if (ticked.length === 0 && !values.note) {
        return { accepted: false, toast: '还没有勾选。8 项都落实请用“全部落实”。' };
      }
      const compound = card.title.split(' ')[0] ?? '';
      const answer = answered(`张工 已提交：${ticked.length} 项未落实`);
      confirm(entry.chat, compound, ticked);
      return answer;
    }
    if (card.kind === 'letter') return answered('王经理 4月19日 08:40 已签阅');
    if (body.action === 'why') return { accepted: true, toast: '“有未落实”里勾选的项记为未落实，其余记为落实。' };
    return answered('张工 已回复');
  };

  const say = (body: Body): unknown => {
    const chat = String(body.chat);
    const words = String(body.text);
    const speaker = story.PEOPLE.find(({ id }) => id === body.as);
    const from = { id: String(body.as), name: speaker?.name ?? '' };
    const file = body.file as { type: string; base64: string } | undefined;
    const message = keep(chat, {
      id: newId(),
      at: now,
      changedAt: now,
      from,
      ...(words ? { text: words } : {}),
      ...(file ? { image: `data:${file.type};base64,${file.base64}` } : {}),
    });
    const spoken = words.replace('@督导', '').trim();
    const exceptions = /(\S+) 除了(.+?)其他都有/.exec(spoken);
    if (exceptions) {
      const nums = exceptions[2]?.match(/\d/g) ?? [];
      confirm(
        chat,
        exceptions[1] ?? '',
        nums.map((num) => story.ITEMS[Number(num) - 1]?.label ?? ''),
      );
    } else if (spoken.includes('口罩')) post(chat, { card: story.questionCard(`card-${newId()}`) });
    else if (/^\/(汇总|report)/.test(spoken)) post(chat, { card: story.reportCard(`card-${newId()}`) });
    return { accepted: true, message };
  };

  const moveClock = (body: Body): unknown => {
    const until = String(body.advanceTo);
    const run = story
      .slotsOf(now.slice(0, 10))
      .filter(({ at }) => Date.parse(at) > Date.parse(now) && Date.parse(at) <= Date.parse(until));
    for (const { kind, at } of run) {
      now = at;
      if (kind === 'assignments') {
        post('zone-east', { card: story.assignmentCard(`card-${newId()}`) });
        post('private-wang', { card: story.letterCard(`card-${newId()}`) });
      }
      if (kind === 'tally') post('zone-east', { card: story.tallyCard(`card-${newId()}`) });
    }
    now = until;
    tell({ type: 'clock', now }, () => true);
    return { now, slotsRun: run.map(({ kind, day }) => ({ campaign: 'zhongshan-2022', kind, day })), waiting: 0 };
  };

  const chatsOf = (as: string): readonly Chat[] =>
    story.CHATS.filter(({ id }) => isIn(id)(as)).map((chat) => {
      const last = Array.from(kept.values())
        .filter((entry) => entry.chat === chat.id)
        .pop()?.message;
      return {
        ...chat,
        unread: unread.get(`${as} ${chat.id}`) ?? 0,
        ...(last ? { last: { at: last.at, text: last.card?.title ?? last.text ?? '[照片]' } } : {}),
      };
    });

  const messagesOf = (chat: string, as: string, after: number): unknown => {
    unread.set(`${as} ${chat}`, 0);
    const items = Array.from(kept.values())
      .filter((entry) => entry.chat === chat && entry.sequence > after)
      .sort((a, b) => a.sequence - b.sequence)
      .map((entry) => entry.message);
    return { items, next: String(sequence) };
  };

  const read = (path: string, query: URLSearchParams): unknown => {
    const as = query.get('as') ?? '';
    const q = query.get('q') ?? '';
    const chat = /^\/chats\/([^/]+)\/messages$/.exec(path)?.[1];
    if (chat) return messagesOf(decodeURIComponent(chat), as, Number(query.get('after') ?? 0));
    if (path === '/chats') return { items: chatsOf(as) };
    if (path === '/commands') return { items: story.COMMANDS };
    if (path === '/people') {
      const found = story.PEOPLE.filter(({ name, roles }) => `${name}${roles[0]?.label}${roles[0]?.scope}`.includes(q));
      return { items: q === '' ? found.slice(0, 10) : found };
    }
    if (path === '/me') {
      const day = now.slice(0, 10);
      return {
        campaign: { id: 'zhongshan-2022', title: '四项“攻坚战”' },
        now,
        day,
        canMoveClock: true,
        nextSlots: story.slotsOf(day).filter(({ at }) => Date.parse(at) > Date.parse(now)),
        hints: options.hints,
      };
    }
    return null;
  };

  const WRITES: Readonly<Record<string, (body: Body) => unknown>> = {
    '/press': press,
    '/say': say,
    '/clock': moveClock,
  };

  return { post, change, read, write: (path, body) => WRITES[path]?.(body) ?? {} };
};
