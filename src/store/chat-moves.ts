// Groups that a platform gave a new id (a Telegram group that became a supergroup). Cards, outbox, lanes and bindings keep
// the id that was known first, so nothing that waits is lost and no lane is split; only the way out and in is translated.
// A group moves once: what it becomes never moves again.
import type pg from 'pg';
import type { ChatMoves } from '../ports-channels.ts';

export const makeChatMoves = (pool: pg.Pool): ChatMoves => {
  const idOr = async (text: string, channel: string, id: string): Promise<string> =>
    (await pool.query<{ id: string }>(text, [channel, id])).rows[0]?.id ?? id;
  return {
    async moved(channel, from, to) {
      await pool.query(
        'insert into chat_move (channel, moved_to, known_as) values ($1, $3, $2) on conflict do nothing',
        [channel, from, to],
      );
    },
    current: (channel, known) =>
      idOr('select moved_to as id from chat_move where channel = $1 and known_as = $2', channel, known),
    known: (channel, id) =>
      idOr('select known_as as id from chat_move where channel = $1 and moved_to = $2', channel, id),
  };
};
