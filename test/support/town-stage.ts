// Two zones of the demo city in the playground, with words for what people do there: what city–town scenarios are played on.
import { expect } from 'vitest';
import type { RunningService } from '../../src/commands/serve.ts';
import { type PlaygroundClient, playgroundClient, type ShownCard, type ShownMessage } from './playground-client.ts';
import { startTestService, testToken } from './service.ts';
import { smallCity } from './small-city.ts';

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly reachable: boolean;
  readonly roles: readonly { readonly role: string; readonly scope: string }[];
}

export interface AssignmentRow {
  readonly id: string;
  readonly kind: string;
  readonly person: string;
  readonly compound: string;
  readonly compoundName: string;
  readonly area: string;
  readonly zone: string;
  readonly reasons: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly state: string;
  readonly inspection: string | null;
}

export interface TownStage {
  readonly play: PlaygroundClient;
  readonly service: RunningService;
  close(): Promise<void>;
  /** The first reachable holder of a role over a scope; or the nth. */
  who(role: string, scope: string, n?: number): PersonRow;
  /** Says it in the person's own chat and waits for what comes back. */
  ask(person: string, text: string): Promise<ShownMessage>;
  /** What a person sees in the own chat. */
  seen(person: string): Promise<ShownMessage[]>;
  /** The newest card of a kind in the person's own chat. */
  card(person: string, kind: string): Promise<ShownCard>;
  press(
    person: string,
    card: string,
    action: string,
    values?: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<{ toast?: string; card?: ShownCard }>;
  assignments(day: string): Promise<AssignmentRow[]>;
  /** Logs in to the pages by the link that the bot sends; answers the cookie. */
  enter(person: string): Promise<string>;
}

export const openTownStage = async (
  clockStart = '2022-04-19T08:00:00+08:00',
  environment: Readonly<Record<string, string>> = {},
): Promise<TownStage> => {
  const service = await startTestService({
    campaignStart: '2022-04-19',
    clockStart,
    environment: { CAMPAIGN: await smallCity(), ...environment },
  });
  const play = playgroundClient(service.url, testToken);
  const people = await play.all<PersonRow>('/people');
  const own = (person: string) => `person:${person}`;
  const seen = (person: string) => play.messages(own(person), person);
  const stage: TownStage = {
    play,
    service,
    close: () => service.close(),
    who(role, scope, n = 0) {
      const found = people.filter((p) => p.reachable && p.roles.some((r) => r.role === role && r.scope === scope))[n];
      if (!found) throw new Error(`nobody is ${role} of ${scope}`);
      return found;
    },
    async ask(person, text) {
      const before = new Set((await seen(person)).map((m) => m.id));
      await play.say(person, own(person), text);
      let answer: ShownMessage | undefined;
      await expect
        .poll(
          async () => {
            answer = (await seen(person)).find((m) => !before.has(m.id) && m.text !== text);
            return answer !== undefined;
          },
          { timeout: 10_000 },
        )
        .toBe(true);
      return answer as ShownMessage;
    },
    seen,
    async card(person, kind) {
      const found = (await seen(person)).findLast((m) => m.card?.kind === kind)?.card;
      if (!found) throw new Error(`${person} has no ${kind} card`);
      return found;
    },
    press: (person, card, action, values = {}) => play.press(person, own(person), card, action, values),
    assignments: (day) => play.all<AssignmentRow>(`/assignments?on=${day}`),
    async enter(person) {
      const { card } = await stage.ask(person, '/看板');
      const url = (card?.actions ?? [])
        .map((action) => (action as { url?: string }).url)
        .find((to) => to !== undefined);
      const answer = await fetch(url ?? '', { method: 'POST', redirect: 'manual' });
      return answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';', 1)[0])
        .join('; ');
    },
  };
  return stage;
};
