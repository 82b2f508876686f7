// /bind: in a group, what the group serves (R22); in private, the account to a person by a one-time code, which the office
// gets with /bind 张工. Nobody acts as somebody else: a code is good once, for minutes, and kept as a hash.
import { createHash, randomInt } from 'node:crypto';
import { type BindCode, bindAlphabet, bindLength, plainCode } from '../domain/bind-code.ts';
import type { Campaign } from '../domain/campaign.ts';
import { may } from '../domain/rights.ts';
import { scopesNamed, subjectOf } from '../domain/scope.ts';
import type { InboundEvent } from '../ports.ts';
import { findPerson } from './find-person.ts';
import { eventOf, type Outcome, type Service, type Situation, saying } from './service.ts';

const hashOf = (typed: string): string =>
  createHash('sha256')
    .update(`bind:${plainCode(typed)}`)
    .digest('hex');

export const makeBindCode = (personId: string, now: Date, minutes: number): { code: string; row: BindCode } => {
  const signs = Array.from({ length: bindLength }, () => bindAlphabet.charAt(randomInt(bindAlphabet.length)));
  const code = signs.join('');
  const expiresAt = new Date(now.getTime() + minutes * 60_000);
  return { code: `${code.slice(0, 4)}-${code.slice(4)}`, row: { hash: hashOf(code), personId, expiresAt } };
};

export const answerBind = async (s: Situation, text: string): Promise<Outcome> => {
  if (s.event.chat.kind === 'group') return bindGroup(s, text);
  if (!may(s.person, 'administer')) return saying(s, 'bound_person', { name: s.person.name });
  if (text === '') return saying(s, 'bind_how');
  const found = await findPerson(s, text, () => true);
  if (found.kind === 'said') return found.outcome;
  const minutes = s.campaign.settings.bindCodeMinutes;
  const { code, row } = makeBindCode(found.person.id, s.now, minutes);
  return {
    ...saying(s, 'bind_code', { name: found.person.name, code, minutes }),
    change: { bindCodes: [row], events: [eventOf(s, 'person.code_given', { kind: 'person', id: found.person.id })] },
  };
};

type Serves = { readonly kind: 'zone' | 'area' | 'organisation' | 'command'; readonly name: string };

/** What the words name that a group may serve; the command group by its word. */
const servedBy = (s: Situation, text: string): Serves[] => {
  const { association } = s.campaign.organisation;
  if (text.length > 1 && association.includes(text)) return [{ kind: 'organisation', name: association }];
  if (/^(?:指挥组|指挥部|command)$/iu.test(text)) return [{ kind: 'command', name: s.campaign.id }];
  return scopesNamed(s.campaign, text).flatMap((scope): Serves[] => (scope.kind === 'city' ? [] : [scope]));
};

const bindGroup = (s: Situation, text: string): Outcome => {
  const all = servedBy(s, text);
  const [serves, ...others] = all;
  if (!serves) return saying(s, 'place_unknown', { words: text, nearest: [] });
  if (others.length > 0) return saying(s, 'place_unknown', { words: text, nearest: all.map(({ name }) => name) });
  const subject =
    serves.kind === 'zone'
      ? subjectOf(s.campaign, { kind: 'zone', name: serves.name })
      : serves.kind === 'area'
        ? subjectOf(s.campaign, { kind: 'area', name: serves.name })
        : { organisation: serves.kind === 'organisation' ? serves.name : null };
  if (!may(s.person, 'bind_group', subject)) return saying(s, 'bind_not_allowed', { place: text });
  const { channel } = s.event;
  const externalId = s.event.chat.id;
  const place = serves.kind === 'command' ? text : serves.name;
  return {
    ...saying(s, 'bound_group', { place }),
    change: {
      groups: [{ channel, externalId, title: place, servesKind: serves.kind, servesName: serves.name, boundAt: s.now }],
      events: [eventOf(s, 'group.bound', { kind: 'group', id: `${channel}/${externalId}` }, { title: place, serves })],
    },
  };
};

const asked = /^\s*[/／](?:bind|绑定|start)\s+(?<code>\S.*)$/iu;

/** Somebody whom nobody knows sends a code; null when the text is none. */
export const bindStranger = async (
  service: Service,
  campaign: Campaign,
  inboundEvent: InboundEvent,
  now: Date,
): Promise<Outcome | null> => {
  const { body, chat, channel, sender, id } = inboundEvent;
  const code = body.kind === 'text' && chat.kind === 'person' ? asked.exec(body.text)?.groups?.code : undefined;
  if (code === undefined) return null;
  const hash = hashOf(code);
  const known = await service.people.bindCode(hash, now);
  if (!known) return saying({ service, campaign }, 'bind_code_wrong');
  const person = { id: known.personId, name: known.name };
  return {
    ...saying({ service, campaign }, 'bound_person', { name: known.name }),
    change: {
      codesSpent: [{ hash, at: now }],
      accounts: [{ channel, externalId: sender, personId: known.personId, boundAt: now, lostAt: null }],
      events: [
        eventOf(
          { campaign, now, inbound: `${channel}/${id}`, person },
          'person.bound',
          { kind: 'person', id: person.id },
          {
            channel,
          },
        ),
      ],
    },
  };
};
