// What Feishu tells us, one thing after the other: presses, words, files, people who open our chat, groups we are put into.
// Resolves, with the body of the acknowledgement, once what was said is kept; Feishu sends events again that were not
// acknowledged, and tells people when a press was not.
import { ChannelRefused, type Log, type OnEvent } from '../../ports.ts';
import type { Reachability } from '../../ports-channels.ts';
import type { SentFile } from './client.ts';
import { asEvent, type Incoming, quotedWords } from './codec.ts';
import { makeOnPress, type PressNeeds, type Taking } from './press.ts';
import { words } from './words.ts';

export interface IncomingNeeds extends PressNeeds {
  readonly reach: Reachability;
  readonly log: Log;
}

export type OnIncoming = (incoming: Incoming, take: Taking) => Promise<string>;

const kept = '{}';

export const makeOnIncoming = (needs: IncomingNeeds): OnIncoming => {
  const { client, followUps, reach, log, afterwards } = needs;
  const onPress = makeOnPress(needs);

  /** The words that somebody replied to; what cannot be had is no reason not to hear the reply. */
  const quotedIn = async (parent: string): Promise<string> => {
    if (parent === '') return '';
    try {
      const message = await client.message(parent);
      return message ? quotedWords(message) : '';
    } catch (error) {
      log.info({ channel: 'feishu', err: error }, 'a message that was replied to could not be read');
      return '';
    }
  };

  const onText = async ({ from, text, mentionsBot, parent }: Extract<Incoming, { kind: 'text' }>, onEvent: OnEvent) => {
    const quoted = mentionsBot ? await quotedIn(parent) : '';
    await onEvent(asEvent(from, { kind: 'text', text, mentionsBot, ...(quoted === '' ? {} : { quoted }) }));
    if (from.chat.kind === 'person') await reach.back('feishu', from.sender);
  };

  const onFile = async (
    { from, message, key, as, name }: Extract<Incoming, { kind: 'file' }>,
    { onEvent, acknowledged }: Taking,
  ): Promise<void> => {
    let fetched: SentFile;
    try {
      fetched = await client.download(message, key, as);
    } catch (error) {
      if (!(error instanceof ChannelRefused) || !error.fatal) throw error;
      log.warn({ channel: 'feishu', err: error }, 'a file could not be fetched');
      const text = words.fileTooBig;
      const refuse = () => followUps.post('feishu', from.chat.id, { text }, `answer:feishu/${from.id}`);
      return afterwards.add('refusing a file', () => acknowledged.then(refuse));
    }
    await onEvent(asEvent(from, { kind: 'file', name, ...fetched }));
  };

  return async (incoming, take) => {
    switch (incoming.kind) {
      case 'press':
        return onPress(incoming, take);
      case 'text':
        await onText(incoming, take.onEvent);
        return kept;
      case 'file':
        await onFile(incoming, take);
        return kept;
      case 'entered':
        await reach.back('feishu', incoming.sender);
        return kept;
      case 'membership':
        log.info({ channel: 'feishu', chat: incoming.chat, inside: incoming.inside }, 'the bot joined or left a group');
        return kept;
    }
  };
};
