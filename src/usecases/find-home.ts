// "Which compound do you live in?" asked once and answered by a name, an alias, pinyin initials or a name nearly right
// (R11). One that fits exactly is taken; anything else is chosen on a card, never guessed (E17). One that the registry
// does not know is kept as pending (E20); who lives in none says so (claim-exclusion.ts).
import { areasOf, type Campaign, strandOf } from '../domain/campaign.ts';
import { type CardOption, textOf } from '../domain/card.ts';
import { compoundHits, compoundWords } from '../domain/compound-search.ts';
import { hasRole } from '../domain/people.ts';
import { claimExclusion, saysExcluded } from './claim-exclusion.ts';
import { naturalId } from './natural-id.ts';
import { type Outcome, type Service, type Situation, saying } from './service.ts';
import { settleHome } from './settle-home.ts';
import { show } from './show-card.ts';

type HomeChoice = { readonly kind: 'compound'; readonly id: string } | { readonly kind: 'other' | 'new' | 'none' };

/** What the card keeps: the words, and what each answer to tap stands for. */
export interface HomePending {
  readonly words: string;
  readonly choices: readonly HomeChoice[];
}

const mostHits = 4;
const mostRead = 200;
const longestName = 30;

/** Whether the words are those, in private, of somebody who owes a home inspection. */
const owesHome = ({ campaign, person, event }: Situation): boolean =>
  event.chat.kind === 'person' && hasRole(person, 'staff') && strandOf(campaign, 'home')?.checklist != null;

/** Whether a text of this person may be the name of the home we asked for. */
export const awaitsHome = (s: Situation): boolean => owesHome(s) && s.person.lives === 'unknown';

/** Whether a text that reports on nothing speaks of the own home: its name was asked for, or there is none. */
export const speaksOfHome = (s: Situation, text: string): boolean =>
  owesHome(s) && (s.person.lives === 'unknown' || saysExcluded(text));

/** Null when the words name no compound at all. */
const searchHome = async (s: Situation, text: string): Promise<Outcome | null> => {
  if (!hasRole(s.person, 'staff')) return saying(s, 'home_not_asked');
  if (saysExcluded(text)) return claimExclusion(s);
  const areas = areasOf(s.campaign);
  const words = compoundWords(text, areas);
  if (words.name === '' || words.name.length > longestName) return null;
  const { sound, compounds } = await s.service.people.compoundsLike(words.name, areas, mostRead);
  const hits = compoundHits(words, sound, compounds);
  const [only, ...others] = hits;
  if (only?.fit === 'exact' && others.length === 0) return settleHome(s, only.compound.id);
  return only ? askWhich(s, text, hits.slice(0, mostHits)) : null;
};

const polite = /^(?:收到|好的?|谢谢|感谢|您?你?好|嗯+|明白|知道了?|辛苦了?|ok|在吗|[\s，。！~])+$/iu;

/** Words that report on nothing, from somebody whom we asked for his home: the name of it, or no more than politeness. */
export const heardHome = async (s: Situation, text: string): Promise<Outcome> =>
  polite.test(text) ? { change: {}, answer: null } : answerHomeCommand(s, text);

/** /我的小区: without a name it asks; a name that nothing is like is answered with what one can do. */
export const answerHomeCommand = async (s: Situation, text: string): Promise<Outcome> => {
  if (text === '') return hasRole(s.person, 'staff') ? askHome(s) : saying(s, 'home_not_asked');
  return (await searchHome(s, text)) ?? unknownHome(s, text);
};

const option = (s: Pick<Situation, 'service' | 'campaign'>, key: string): CardOption => ({
  id: key,
  label: s.service.cards(s.campaign).say(key),
});

/** The card that asks: sent with the morning's, and to whoever wants to say it again. */
export const homeQuestion = (service: Service, campaign: Campaign) => ({
  kind: 'question' as const,
  draws: {
    asks: 'own_home' as const,
    words: '',
    compound: null,
    answers: [option({ service, campaign }, 'option_no_home')],
  },
  data: { home: { words: '', choices: [{ kind: 'none' }] } satisfies HomePending },
});

export const askHome = (s: Situation): Outcome => show(s, homeQuestion(s.service, s.campaign));

const askWhich = (s: Situation, words: string, hits: ReturnType<typeof compoundHits>): Outcome =>
  show(s, {
    kind: 'question',
    draws: {
      asks: 'which_home',
      words,
      compound: null,
      answers: [
        ...hits.map(({ compound }) => ({ id: compound.id, label: `${compound.name} · ${compound.area}` })),
        option(s, 'option_other_home'),
        option(s, 'option_no_home'),
      ],
    },
    data: {
      home: {
        words,
        choices: [
          ...hits.map(({ compound }) => ({ kind: 'compound' as const, id: compound.id })),
          { kind: 'other' },
          { kind: 'none' },
        ],
      } satisfies HomePending,
    },
  });

const unknownHome = (s: Situation, text: string): Outcome => {
  const areas = areasOf(s.campaign);
  const { name, area } = compoundWords(text, areas);
  const words = (name || text).slice(0, longestName);
  // Whoever said the area already need not choose it.
  const offered = area === null ? areas : [area];
  return show(s, {
    kind: 'question',
    draws: {
      asks: 'home_unknown',
      words,
      compound: null,
      answers: [option(s, 'option_new_home'), option(s, 'option_no_home')],
      areas: offered.map((id) => ({ id, label: id })),
    },
    data: { home: { words, choices: [{ kind: 'new' }, { kind: 'none' }] } satisfies HomePending },
  });
};

/** An answer on one of these cards was tapped. */
export const answerHome = (s: Situation, { words, choices }: HomePending): Outcome | Promise<Outcome> => {
  if (s.event.body.kind !== 'press') return saying(s, 'card_refreshed');
  const choice = choices[Number(s.event.body.action.slice('answer:'.length)) - 1];
  switch (choice?.kind) {
    case 'compound':
      return settleHome(s, choice.id);
    case 'other':
      return unknownHome(s, words);
    case 'none':
      return claimExclusion(s);
    case 'new':
      return addHome(s, words);
    default:
      return saying(s, 'card_refreshed');
  }
};

/** The person's own word for a compound that the registry lacks: kept as pending, for the office to merge (E20). */
const addHome = async (s: Situation, name: string): Promise<Outcome> => {
  const area = s.event.body.kind === 'press' ? textOf(s.event.body.values, 'area') : '';
  if (!areasOf(s.campaign).includes(area)) return saying(s, 'choose_area');
  const { people } = s.service;
  const { sound, compounds } = await people.compoundsLike(name, [area], mostRead);
  const [known] = compoundHits({ name, area }, sound, compounds);
  if (known?.fit === 'exact') return settleHome(s, known.compound.id);
  const id = naturalId('c', `${area}/${name}`);
  return settleHome(s, id, { id, name, aliases: [], pinyin: sound, area, addedAt: s.now });
};
