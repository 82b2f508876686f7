// The one way in (DESIGN §1): seen before? who is this? which card? then the act decides, and one transaction keeps all
// of it with the answer. A second delivery of the same event gets the same answer and changes nothing.
import type { Campaign } from '../domain/campaign.ts';
import type { CardKind } from '../domain/card.ts';
import { allOf, type Change, type InboundRow } from '../domain/change.ts';
import type { Outgoing } from '../domain/message.ts';
import type { Acknowledged, Answer, InboundEvent, OnEvent, Scene, SceneQuery } from '../ports.ts';
import { askForTime, claimFix, recordWasWrong, reopenFix, reportFix, verifyFix } from './answer-finding.ts';
import { askLetter } from './answer-letter.ts';
import { answerQuestion } from './answer-question.ts';
import { bindStranger } from './bind-account.ts';
import { campaignMeant } from './choose-campaign.ts';
import { confirmHandOver } from './confirm-hand-over.ts';
import { handleText } from './handle-text.ts';
import { changesCampaigns } from './office/act.ts';
import { checkedYesterday, recordPress, showExceptions, showNext } from './record-answers.ts';
import { showCorrection, takeBack, tellWhy } from './revise-record.ts';
import { remindUnread } from './send-notice.ts';
import { type Outcome, type Service, type Situation, saying } from './service.ts';
import { acknowledge, showList } from './show-list.ts';
import { refuseSignature, signLetter } from './sign-letter.ts';
import { showTownReport, submitTownReport } from './submit-town-report.ts';
import { takePhoto } from './take-photo.ts';

type Act = (situation: Situation) => Promise<Outcome> | Outcome;

/** What each action of a card does (DOORS §4). */
const presses: Readonly<Record<string, Act>> = {
  all_ok: recordPress,
  submit: recordPress,
  has_exceptions: showExceptions,
  open: showNext,
  list: showList,
  acknowledge,
  remind: remindUnread,
  confirm: confirmHandOver,
  undo: takeBack,
  correct: showCorrection,
  why: tellWhy,
  yesterday: checkedYesterday,
  sign: signLetter,
  not_me: refuseSignature,
  claim: claimFix,
  report_fix: reportFix,
  progress: askForTime,
  wrong_record: recordWasWrong,
  verify: verifyFix,
  reopen: reopenFix,
};

/** What the same action does on some kinds of card. */
const pressesOn: Partial<Readonly<Record<CardKind, Readonly<Record<string, Act>>>>> = {
  letter: { open: askLetter },
  town_report: { submit: submitTownReport, open: showTownReport },
  reminder: { open: showTownReport },
  rung: { open: showTownReport },
};

/** Every action that a card may carry, for the matrix of rights. */
export const actions: readonly string[] = [
  ...new Set([...Object.keys(presses), ...Object.values(pressesOn).flatMap((own) => Object.keys(own ?? {}))]),
];

const actOf = ({ scene }: Situation, action: string): Act | undefined => {
  const kind = scene.view?.kind ?? scene.card?.kind;
  return (kind && pressesOn[kind]?.[action]) ?? presses[action];
};

const attempts = 5;

const decide = async (situation: Situation): Promise<Outcome> => {
  const { event, scene, person } = situation;
  if (event.body.kind === 'text') return handleText(situation, event.body);
  if (event.body.kind === 'file') return takePhoto(situation, event.body);
  if (!scene.card) return saying(situation, 'card_closed');
  if (scene.card.personId !== null && scene.card.personId !== person.id) return saying(situation, 'card_not_yours');
  const { action } = event.body;
  const act = action.startsWith('answer:') ? answerQuestion : actOf(situation, action);
  return act ? act(situation) : saying(situation, 'unknown_action');
};

const inboundRow = (event: InboundEvent, at: Date, personId: string | null, answer: Answer | null): InboundRow => ({
  channel: event.channel,
  eventId: event.id,
  at,
  personId,
  chat: event.chat.id,
  kind: event.body.kind,
  text: event.body.kind === 'text' ? event.body.text : null,
  press:
    event.body.kind === 'press'
      ? { card: event.body.card, action: event.body.action, values: event.body.values }
      : null,
  answer,
});

/** What a way in that is no platform knows beside the event. */
export interface Knowing {
  /** Whose act it is, where no account says so. */
  readonly personId?: string;
  /** What is written with the outcome. */
  readonly beside?: (situation: Situation, outcome: Outcome) => Change | Promise<Change>;
  /** Until then, what the event brings about is not sent. */
  readonly acknowledged?: Acknowledged;
}

/** Handles one event of any channel. Resolves once it is committed. */
export const makeOnEvent =
  (service: Service): OnEvent =>
  (event, acknowledged) =>
    handleEvent(service, event, acknowledged ? { acknowledged } : {});

export const handleEvent = async (
  service: Service,
  event: InboundEvent,
  knowing: Knowing = {},
): Promise<Answer | null> => {
  const hold = knowing.acknowledged ? service.holds.until(knowing.acknowledged) : null;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const done = await once(service, event, knowing, hold);
    if (done) return done.answer;
  }
  throw new Error(`event ${event.channel}/${event.id} lost ${attempts} races in a row`);
};

/** One try; null when somebody else was faster and all must be read again. */
const once = async (
  service: Service,
  event: InboundEvent,
  { personId, beside, acknowledged }: Knowing,
  hold: string | null,
): Promise<{ answer: Answer | null } | null> => {
  const now = service.clock.now();
  const [first] = service.campaigns.all();
  if (!first) throw new Error('no campaign is loaded');
  const guessed = await service.scenes.scene(queryFor(first, event, now, personId));
  if (guessed.seen) return guessed.seen;
  const { campaign, event: asked } = await campaignMeant(service, event, guessed, now);
  const asGuessed = campaign.timezone === first.timezone && (guessed.card !== null || campaign.id === first.id);
  const scene = asGuessed ? guessed : await service.scenes.scene(queryFor(campaign, event, now, personId));
  const situation: Situation | null = scene.person && {
    service,
    campaign,
    event: asked,
    scene,
    person: scene.person,
    now,
    today: campaign.calendar.dayOf(now),
    inbound: `${event.channel}/${event.id}`,
  };
  const decided = situation
    ? await decide(situation)
    : ((await bindStranger(service, campaign, asked, now)) ?? saying({ service, campaign }, 'not_bound'));
  const outcome =
    situation && beside ? { ...decided, change: allOf([decided.change, await beside(situation, decided)]) } : decided;
  const { change, answer } = event.body.kind === 'press' ? outcome : asMessage(campaign, event, scene, now, outcome);
  const row = inboundRow(event, now, scene.person?.id ?? null, answer);
  if ((await service.committer.commit({ ...change, inbound: [row] }, hold)) === 'stale') return null;
  if (changesCampaigns(change)) await service.campaigns.refresh?.();
  if (change.messages?.length || change.marks?.length) {
    if (acknowledged) void acknowledged.then(service.wake);
    else service.wake();
  }
  return { answer };
};

/** What the event is judged by in one campaign; a card says itself which one it belongs to. */
const queryFor = (campaign: Campaign, event: InboundEvent, now: Date, personId?: string): SceneQuery => {
  const press = event.body.kind === 'press' ? event.body : null;
  const named = press?.values.compound;
  const day = campaign.calendar.dayOf(now);
  return {
    event,
    cardId: press?.card ?? null,
    compoundId: typeof named === 'string' && named !== '' ? named : null,
    ...(personId === undefined ? {} : { personId }),
    campaign: campaign.id,
    day,
    dayStart: campaign.calendar.instant(day, '00:00'),
  };
};

/** A text has no toast to show the answer in: the words follow as a message in the chat they were asked in. */
const asMessage = (campaign: Campaign, event: InboundEvent, scene: Scene, now: Date, outcome: Outcome): Outcome => {
  const text = outcome.answer?.toast;
  if (text === undefined) return outcome;
  const to = {
    channel: event.channel,
    chat: event.chat.id,
    personId: event.chat.kind === 'person' ? (scene.person?.id ?? null) : null,
  };
  const message: Outgoing = {
    key: `answer:${event.channel}/${event.id}`,
    campaign: campaign.id,
    to,
    kind: 'answer',
    about: [],
    message: { text },
    notBefore: now,
  };
  return { answer: null, change: { ...outcome.change, messages: [...(outcome.change.messages ?? []), message] } };
};
