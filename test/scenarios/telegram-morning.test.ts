// A morning in a Telegram group with the real use cases, outbox and worker: the card is posted, one compound is done in two
// taps, another with an exception in the private chat, the group's card follows, and every press, delivered twice, counts once.

import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Foundation } from '../../src/compose/foundation.ts';
import { makeService, openCards } from '../../src/compose/service.ts';
import { type Delivery, makeDelivery } from '../../src/delivery/delivery.ts';
import { areasOf } from '../../src/domain/campaign.ts';
import { makeLinkMaker } from '../../src/http/web/link-tokens.ts';
import { folderFiles } from '../../src/photos/folder-files.ts';
import { makePhotoShelf } from '../../src/photos/photo-shelf.ts';
import type { Channel, OnEvent } from '../../src/ports.ts';
import { type OpenNotifications, openNotifications } from '../../src/store/notifications.ts';
import { makeOutbox } from '../../src/store/outbox.ts';
import { makeOnEvent } from '../../src/usecases/handle-inbound.ts';
import { redrawMarked } from '../../src/usecases/redraw-card.ts';
import { sendAssignments } from '../../src/usecases/send-assignments.ts';
import type { Service } from '../../src/usecases/service.ts';
import { insert } from '../support/seed.ts';
import type { ServedMessage } from '../support/telegram-server.ts';
import {
  ALICE,
  BOB,
  GROUP,
  posted,
  pressUpdate,
  setTelegramStage,
  type TelegramStage,
  textUpdate,
} from '../support/telegram-stage.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { at, zhongshan } from '../support/universe.ts';

const ZONE = '东区组团';
const log = pino({ level: 'silent' });

let stage: TelegramStage;
let channel: Channel;
let delivery: Delivery;
let notifications: OpenNotifications;
let onEvent: OnEvent;

const seed = async (area: string): Promise<void> => {
  const { pool } = stage;
  const added = at('2022-04-18 08:00');
  await insert(pool, 'company', [{ id: 'co', name: '安美物业', origin: 'local' }]);
  await insert(pool, 'company_unit', [
    { id: 'u1', company_id: 'co', name: '安美物业东区分公司', kind: 'branch', area },
  ]);
  await insert(
    pool,
    'compound',
    ['阳光花园', '景湖居'].map((name, i) => ({
      id: `k${i}`,
      name,
      aliases: [],
      pinyin: '',
      area,
      status: 'listed',
      added_at: added,
    })),
  );
  await insert(pool, 'management', [
    { id: 'm0', compound_id: 'k0', unit_id: 'u1' },
    { id: 'm1', compound_id: 'k1', unit_id: 'u1' },
  ]);
  await insert(pool, 'person', [
    { id: 'p-zhang', name: '张工', lives: 'unknown', no_account: false, added_at: added },
    { id: 'p-li', name: '李工', lives: 'unknown', no_account: false, added_at: added },
  ]);
  await insert(
    pool,
    'role_holding',
    ['p-zhang', 'p-li'].map((person) => ({
      id: person,
      person_id: person,
      role: 'inspector',
      scope_kind: 'zone',
      scope: ZONE,
    })),
  );
  await insert(pool, 'binding', [
    { channel: 'telegram', external_id: String(ALICE), person_id: 'p-zhang', bound_at: added },
    { channel: 'telegram', external_id: String(BOB), person_id: 'p-li', bound_at: added },
  ]);
  await insert(pool, 'chat_group', [
    { channel: 'telegram', external_id: GROUP, title: ZONE, serves_kind: 'zone', serves_name: ZONE, bound_at: added },
  ]);
};

beforeAll(async () => {
  const campaign = await zhongshan();
  stage = await setTelegramStage();
  channel = stage.channel;
  await seed(areasOf(campaign, ZONE)[0] ?? '');
  const clock = { now: () => at('2022-04-19 08:30') };
  notifications = openNotifications(stage.pool, log);
  const service: Service = makeService({
    foundation: { pool: stage.pool } as Foundation,
    campaigns: { all: () => [campaign], get: () => campaign },
    clock,
    cards: (await openCards()).book,
    channels: new Map([['telegram', channel]]),
    links: makeLinkMaker('', () => ''),
    shelf: makePhotoShelf(folderFiles(await tempFolder())),
    log,
    wake: () => delivery.wake(),
  });
  delivery = makeDelivery({
    outbox: makeOutbox(stage.pool),
    notifications,
    channels: [channel],
    clock,
    log,
    redraw: (card) => redrawMarked(service, card),
  });
  delivery.start();
  onEvent = makeOnEvent(service);
  await sendAssignments(service, campaign, '2022-04-19', clock.now());
  await delivery.drain({ timeoutMs: 20_000 });
}, 60_000);
afterAll(async () => {
  await delivery.stop();
  await notifications.close();
  await stage.close();
});

const group = (): ServedMessage => stage.server.messages.find((m) => m.chat === GROUP) ?? expect.fail('no card');
const own = (who: number): ServedMessage =>
  stage.server.messages.findLast((m) => m.chat === String(who)) ?? expect.fail('nothing in private');
let presses = 0;
const press = async (who: number, message: ServedMessage, label: string): Promise<Record<string, unknown>> => {
  presses += 1;
  const button = stage.server.buttonsOf(message).find(({ text }) => text.includes(label));
  const data = button?.callback_data ?? expect.fail(`no ${label}: ${message.buttons.flat().map(({ text }) => text)}`);
  // Telegram repeats what it is not sure of: every press comes twice here.
  const update = posted(pressUpdate(`m${presses}`, who, message, data));
  for (let i = 0; i < 2; i += 1) await channel.receive(update, onEvent);
  return stage.server.callsOf('answerCallbackQuery').find((call) => call.callback_query_id === `m${presses}`) ?? {};
};
const live = async () =>
  (await stage.pool.query('select inspector_name, compound_name, answers from inspection where live order by 1')).rows;
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 });

describe('a morning in the zone’s group', () => {
  it('begins with one card of all compounds', () => {
    expect(stage.server.shownIn(GROUP)).toHaveLength(1);
    expect(group().text).toContain('今天 2 个小区');
  });

  it('two taps record a compound, and the group’s card follows', async () => {
    expect(await press(ALICE, group(), '全部落实')).toMatchObject({ text: expect.stringContaining('选择小区') });
    await press(ALICE, group(), '阳光花园');
    expect(await press(ALICE, group(), '全部落实')).toMatchObject({ text: expect.stringContaining('阳光花园') });
    expect(await live()).toMatchObject([{ inspector_name: '张工', compound_name: '阳光花园' }]);
    await soon(() => group().text).toMatch(/✓ 阳光花园 · 张工/);
  });

  it('an exception is ticked in the private chat and becomes a finding', async () => {
    await press(BOB, group(), '景湖居');
    const { url } = await press(BOB, group(), '有未落实');
    await channel.receive(posted(textUpdate(BOB, String(BOB), `/start ${String(url).split('start=')[1]}`)), onEvent);
    expect(own(BOB).text).toContain('景湖居 · 请勾选未落实的项');
    expect(await press(BOB, own(BOB), '提交')).toMatchObject({ text: expect.any(String) });
    expect(await live()).toHaveLength(1);
    await press(BOB, own(BOB), '4 ');
    await press(BOB, own(BOB), '提交');
    await soon(() => own(BOB).text).toContain('已记录：景湖居');
    expect((await stage.pool.query('select item, state from finding')).rows).toHaveLength(1);
    await soon(() => group().text).toMatch(/都已完成/);
  });

  it('a command is answered in the chat', async () => {
    await channel.receive(posted(textUpdate(ALICE, String(ALICE), '/help')), onEvent);
    await delivery.drain({ timeoutMs: 20_000 });
    expect(own(ALICE).text).toMatch(/帮助|命令/);
  });

  it('and a stranger is told how to be known', async () => {
    await channel.receive(posted(textUpdate(99, '99', '都落实了')), onEvent);
    await delivery.drain({ timeoutMs: 20_000 });
    expect(own(99).text).toContain('绑定码');
  });
});
