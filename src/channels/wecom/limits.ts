// What WeCom's cards hold, as the reference documents it: the self-built app's page and the bot's differ. Numbers of
// characters are what clients show; counts and bytes are refused when exceeded.

export interface Dialect {
  /** Who takes it: the self-built app in private chats, or the bot. */
  readonly name: 'app' | 'bot';
  readonly title: number;
  readonly desc: number;
  readonly subTitle: number;
  readonly voteTitle: number;
  readonly voteDesc: number;
  readonly selectTitle: number;
  readonly selectOption: number;
  readonly tick: number;
}

export const appDialect: Dialect = {
  name: 'app',
  title: 36,
  desc: 44,
  subTitle: 160,
  voteTitle: 16,
  voteDesc: 160,
  selectTitle: 13,
  selectOption: 16,
  tick: 17,
};

/** Where the bot's page says nothing of votes, the smaller of its own numbers and the app's. */
export const botDialect: Dialect = {
  name: 'bot',
  title: 26,
  desc: 30,
  subTitle: 112,
  voteTitle: 16,
  voteDesc: 112,
  selectTitle: 13,
  selectOption: 10,
  tick: 11,
};

export const cardLimits = {
  buttons: 6,
  buttonText: 10,
  /** The first option of a selector is 请选择. */
  choices: 9,
  selectors: 3,
  ticks: 20,
  keyBytes: 1024,
  optionIdBytes: 128,
  taskIdBytes: 128,
} as const;

export const textBytes = { app: 2048, bot: 20_480 } as const;

/** One message of a card is split into at most so many cards: a group is read on a phone. */
export const mostCards = 3;
/** And its words into at most so many messages. */
export const mostTexts = 5;
