// /form: a one-time link to a web form, for what a chat cannot hold or for whoever is in no chat (DESIGN §5, R23, R26).
// Alone or with a compound: the asker's own checklist. With a unit: its letter, for its head, to be forwarded by those who
// organise the signing. The link is its person's: whoever fills it in acts in that name.
import { zoneOf } from '../domain/campaign.ts';
import type { CardDataOf } from '../domain/card-data.ts';
import type { CardData, Change } from '../domain/change.ts';
import type { Letter } from '../domain/letter.ts';
import { may } from '../domain/rights.ts';
import { checklistForm } from './checklist-form.ts';
import { findingForm } from './finding-card.ts';
import { letterForm } from './letter-form.ts';
import { replyCard } from './reply-card.ts';
import { eventOf, type Outcome, type Situation, saying } from './service.ts';

const MOST_NAMED = 4;

export interface FormOrder<K extends keyof CardDataOf> {
  readonly personId: string;
  readonly kind: K;
  readonly draws: CardDataOf[K];
  readonly data: CardData;
}

/** The form is a card that only its person has, and only behind the link. */
export const formLink = <K extends keyof CardDataOf>(
  s: Pick<Situation, 'service' | 'campaign' | 'now'>,
  { personId, kind, draws, data }: FormOrder<K>,
): { url: string; minutes: number; change: Change } => {
  const { service, campaign, now } = s;
  const id = service.ids.next();
  const minutes = campaign.settings.formLinkHours * 60;
  const { link, url } = service.links.make({
    purpose: 'form',
    campaign: campaign.id,
    personId,
    data: { card: id },
    now,
    minutes,
  });
  const card = service.cards(campaign).draw(kind, id, draws);
  const row = {
    id,
    campaign: campaign.id,
    kind,
    channel: 'form' as const,
    chat: `form:${personId}`,
    personId,
    data,
    state: 'open' as const,
    createdAt: now,
    closesAt: link.expiresAt,
  };
  return {
    url,
    minutes,
    change: { links: [link], cards: [row], views: [{ cardId: id, personId, card, data: {}, changedAt: now }] },
  };
};

const sent = (s: Situation, title: string, form: ReturnType<typeof formLink>): Outcome => {
  const { url, minutes, change } = form;
  const reply = replyCard(
    s,
    {
      title,
      cutOffAt: s.now,
      timeless: true,
      figures: null,
      rows: [],
      total: 0,
      link: { url, minutes, formHours: minutes / 60 },
    },
    true,
  );
  return { answer: null, change: { ...change, ...reply.change } };
};

export const answerForm = async (s: Situation, text: string): Promise<Outcome> => {
  const letters = await s.service.forms.lettersOf(s.campaign.id, text, MOST_NAMED + 1);
  if (text !== '' && letters.length > 0) return handOutLetter(s, text, letters);
  return ownForm(s, text);
};

/** Whoever organises the signing may hand the letter on; signing stays the head's (R23, R26). */
const handOutLetter = async (s: Situation, text: string, found: readonly Letter[]): Promise<Outcome> => {
  const book = s.service.cards(s.campaign);
  const exact = found.filter((letter) => letter.unit === text);
  const [letter, ...others] = exact.length === 1 ? exact : found;
  if (!letter || !s.campaign.letter) return saying(s, 'form_nothing');
  if (others.length > 0) return saying(s, 'form_which_unit', { names: found.slice(0, MOST_NAMED).map((l) => l.unit) });
  const own = letter.signatoryId === s.person.id;
  if (!own && !may(s.person, 'hand_out_letter', { area: letter.area, zone: zoneOf(s.campaign, letter.area) }))
    return saying(s, 'form_not_yours', { unit: letter.unit });
  if (letter.signatoryId === null) return saying(s, 'form_no_signatory', { unit: letter.unit });
  const [signatory, all] = await Promise.all([
    s.service.roster.person(letter.signatoryId, s.campaign.id, s.today),
    s.service.forms.lettersFor(s.campaign.id, letter.signatoryId),
  ]);
  if (!signatory) return saying(s, 'form_no_signatory', { unit: letter.unit });
  const form = formLink(s, {
    personId: signatory.id,
    kind: 'letter',
    draws: letterForm(s.campaign.letter, signatory.name, all, s.today),
    data: { letters: all.map(({ id }) => id) },
  });
  const event = eventOf(
    s,
    'letter.link_handed_out',
    { kind: 'letter', id: letter.id },
    { to: signatory.id, letters: all.length },
  );
  const outcome = sent(s, book.say('form_title_letter', { name: signatory.name, unit: letter.unit }), form);
  return { ...outcome, change: { ...outcome.change, events: [event] } };
};

/** One's own: the letter one owes, a finding to claim, the checklist that is open. */
const ownForm = async (s: Situation, text: string): Promise<Outcome> => {
  const book = s.service.cards(s.campaign);
  const letters = await s.service.forms.lettersFor(s.campaign.id, s.person.id);
  if (text === '' && letters.length > 0 && s.campaign.letter) {
    const draws = letterForm(s.campaign.letter, s.person.name, letters, s.today);
    const form = formLink(s, {
      personId: s.person.id,
      kind: 'letter',
      draws,
      data: { letters: letters.map(({ id }) => id) },
    });
    return sent(s, book.say('form_title_letter', { name: s.person.name, unit: letters[0]?.unit ?? '' }), form);
  }
  const fix = await fixForm(s, text);
  if (fix) return fix;
  const tasks = await s.service.scenes.openTasks(s.campaign.id, s.person.id, s.today);
  const fitting = tasks.filter((task) => text === '' || task.compound.includes(text));
  const [task, ...others] = fitting;
  if (!task) return saying(s, 'form_nothing');
  if (others.length > 0)
    return saying(s, 'form_which_compound', { names: fitting.slice(0, MOST_NAMED).map((t) => t.compound) });
  const { assignment } = task;
  const [compound] = await s.service.scenes.compounds([assignment.compoundId ?? ''], s.today);
  if (!compound) return saying(s, 'form_nothing');
  const form = formLink(s, {
    personId: s.person.id,
    kind: 'checklist',
    draws: checklistForm(s.campaign, compound, s.person.name, s.today, assignment, false),
    data: {
      compound: compound.id,
      assignment: assignment.id,
      strand: assignment.strand,
      checklist: assignment.checklist,
    },
  });
  return sent(s, book.say('form_title_checklist', { compound: compound.name }), form);
};

/** Findings this person may claim or report as fixed, all on one form. */
const fixForm = async (s: Situation, text: string): Promise<Outcome | null> => {
  const holds = (role: string): string[] => s.person.roles.filter((h) => h.role === role).map((h) => h.scope);
  const areas = [...holds('town_contact'), ...holds('town_head')];
  const units = holds('signatory');
  if (areas.length === 0 && units.length === 0) return null;
  const noted = await s.service.findings.noted({
    campaign: s.campaign.id,
    states: ['notified', 'claimed', 'reopened'],
    ...(areas.length > 0 ? { areas } : { units }),
    limit: 50,
  });
  const fitting = noted.filter(({ finding }) => text === '' || finding.compoundName.includes(text));
  const [first] = fitting;
  if (!first) return null;
  const can = areas.length > 0 ? 'report' : 'claim';
  const place = areas[0] ?? first.finding.area;
  const form = formLink(s, {
    personId: s.person.id,
    kind: 'finding',
    draws: findingForm(s.campaign, place, fitting, s.today, s.now, can),
    data: { findings: fitting.map(({ finding }) => finding.id) },
  });
  return sent(s, s.service.cards(s.campaign).say('form_title_fix', { n: fitting.length }), form);
};
