// The playground's messages: kept, changed in place, read from a cursor on. What a vendor's servers do elsewhere.
import type pg from 'pg';
import type { PlaygroundMessage, PlaygroundMessages, PlaygroundRooms, PlaygroundSpeaker } from '../ports-playground.ts';

interface Row extends Omit<PlaygroundMessage, 'from'> {
  readonly fromId: string | null;
  readonly fromName: string | null;
}

const columns = (m: string): string =>
  `${m}.id, ${m}.chat, ${m}.at, ${m}.changed_at as "changedAt", ${m}.seq, ${m}.born, ${m}.from_id as "fromId", ${m}.from_name as "fromName", ${m}.text, ${m}.image, ${m}.card`;

const decode = ({ fromId, fromName, ...row }: Row): PlaygroundMessage => ({
  ...row,
  from: fromId === null ? null : { id: fromId, name: fromName ?? '' },
});

/**
 * A cursor must never pass a message that is committed later with a smaller place. So whoever writes to a chat holds its
 * lock until he commits, and takes the place under it: `from` is evaluated first because the lock is volatile.
 */
const chatLock = (chat: string): string =>
  `chat_lock as materialized (select pg_advisory_xact_lock(hashtextextended('playground:' || ${chat}, 0)))`;
const nextPlace = `nextval(pg_get_serial_sequence('playground_message', 'seq'))`;

/** Whose account this is. */
const speaker = `select p.id, p.name from binding b join person p on p.id = b.person_id where b.channel = 'playground' and b.external_id = `;

export const makePlaygroundMessages = (pool: pg.Pool): PlaygroundMessages => ({
  async put({ id, chat, at, from, text, image, card }) {
    const { rows } = await pool.query<Row>({
      name: 'playground:put',
      text: `with ${chatLock('$2')}, place as materialized (select ${nextPlace} as seq from chat_lock),
        added as (
          insert into playground_message as m (id, chat, at, changed_at, from_id, from_name, text, image, card, seq, born)
          select $1, $2, $3::timestamptz, $3::timestamptz, $4, $5, $6, $7, $8::jsonb, seq, seq from place on conflict (id) do nothing returning ${columns('m')})
       select * from added union all select ${columns('m')} from playground_message m where m.id = $1 limit 1`,
      values: [
        id,
        chat,
        at,
        from?.id ?? null,
        from?.name ?? null,
        text,
        image,
        card === null ? null : JSON.stringify(card),
      ],
    });
    // None: another process added the same id while this statement ran, so a new look sees it.
    const row =
      rows[0] ??
      (await pool.query<Row>(`select ${columns('m')} from playground_message m where m.id = $1`, [id])).rows[0];
    if (!row) throw new Error(`the playground lost the message ${id}`);
    return decode(row);
  },

  async change(id, { text, card }, at) {
    const { rowCount } = await pool.query(
      `with ${chatLock('(select chat from playground_message where id = $1)')}, place as materialized (select ${nextPlace} as seq from chat_lock)
       update playground_message m set text = $2, card = $3::jsonb, changed_at = $4, seq = place.seq from place where m.id = $1`,
      [id, text, card === null ? null : JSON.stringify(card), at],
    );
    return rowCount === 1;
  },

  async touchCard(chat, card, at) {
    await pool.query(
      `with ${chatLock('$1')}, place as materialized (select ${nextPlace} as seq from chat_lock)
       update playground_message m set changed_at = $3, seq = place.seq from place
        where m.chat = $1 and m.card is not null and m.card ->> 'id' = $2`,
      [chat, card, at],
    );
  },

  async words(chat, id) {
    const { rows } = await pool.query<{ words: string | null }>(
      `select coalesce(text, concat_ws(E'\\n', card ->> 'title', (select string_agg(line, E'\\n') from jsonb_array_elements_text(card -> 'lines') line))) as words
         from playground_message where chat = $1 and id = $2`,
      [chat, id],
    );
    return rows[0]?.words ?? null;
  },

  async look(as, chat, card) {
    const { rows } = await pool.query<{ person: PlaygroundSpeaker | null; chat: boolean; card: boolean }>(
      `select (select to_jsonb(s) from (${speaker} $1) s) as person,
              exists (select from chat_group where channel = 'playground' and external_id = $2)
                or exists (select from binding where channel = 'playground' and 'person:' || external_id = $2 and external_id = coalesce($1, external_id)) as chat,
              exists (select from playground_message where chat = $2 and card is not null and card ->> 'id' = $3) as card`,
      [as, chat, card],
    );
    return rows[0] ?? { person: null, chat: false, card: false };
  },
});

type Reading = Pick<PlaygroundRooms, 'person' | 'messages' | 'read' | 'unread'>;

/** What came after `seq`, from others. */
export const unreadOf = (person: string, chat: string): string =>
  `(select count(*) from playground_message u where u.chat = ${chat} and u.from_id is distinct from ${person}
     and u.born > coalesce((select seq from playground_read r where r.person_id = ${person} and r.chat = ${chat}), 0))`;

export const makePlaygroundReading = (pool: pg.Pool): Reading => ({
  async person(id) {
    return (await pool.query<PlaygroundSpeaker>(`${speaker} $1`, [id])).rows[0] ?? null;
  },

  async messages(chat, as, after, limit) {
    const { rows } = await pool.query<Row & { ownCard: Row['card']; ownAt: Date | null }>(
      `select ${columns('m')}, v.card as "ownCard", v.changed_at as "ownAt"
         from playground_message m left join card_view v on v.card_id = m.card ->> 'id' and v.person_id = $2
        where m.chat = $1 and m.seq > $3 order by m.seq limit $4`,
      [chat, as, after, limit],
    );
    return rows.map(({ ownCard, ownAt, ...row }) => {
      const message = decode(row);
      if (ownCard === null || ownAt === null) return message;
      return { ...message, card: ownCard, changedAt: new Date(Math.max(+ownAt, +message.changedAt)) };
    });
  },

  async read(person, chat, seq) {
    await pool.query(
      `insert into playground_read as r (person_id, chat, seq) values ($1, $2, $3)
       on conflict (person_id, chat) do update set seq = excluded.seq where r.seq < excluded.seq`,
      [person, chat, seq],
    );
  },

  async unread(person, chat) {
    const { rows } = await pool.query<{ unread: number }>(`select ${unreadOf('$1', '$2')} as unread`, [person, chat]);
    return rows[0]?.unread ?? 0;
  },
});
