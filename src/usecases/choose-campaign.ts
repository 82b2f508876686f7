// Which campaign a message is about, where several run in one service: the card's own, the one a text names, the one whose
// group it stands in, the one its writer serves or has something to do in; in the end the first.
import { areasOf, type Campaign, runsOn, zonesOf } from '../domain/campaign.ts';
import { readCommand } from '../domain/commands.ts';
import type { InboundEvent, Scene } from '../ports.ts';
import type { Service } from './service.ts';

export interface Meant {
  readonly campaign: Campaign;
  /** Without the campaign's name, which was said for us alone. */
  readonly event: InboundEvent;
}

/** `scene` may have been read for another campaign: only what holds in all of them is asked of it. */
export const campaignMeant = async (service: Service, event: InboundEvent, scene: Scene, now: Date): Promise<Meant> => {
  const [first, ...others] = service.campaigns.all();
  if (!first) throw new Error('no campaign is loaded');
  const own = scene.card && service.campaigns.get(scene.card.campaign);
  if (own || others.length === 0 || event.body.kind !== 'text') return { campaign: own ?? first, event };
  const { body } = event;
  const named = [first, ...others].find((campaign) => namesOf(campaign).some((name) => body.text.includes(name)));
  if (named) {
    const text = namesOf(named).reduce((rest, name) => rest.replace(name, ' '), body.text);
    return { campaign: named, event: { ...event, body: { ...body, text: text.replace(/ +/g, ' ').trim() } } };
  }
  const ofGroup = narrowed([first, ...others], (campaign) => servesGroup(campaign, scene.group));
  const ofPerson = narrowed(ofGroup, (campaign) => scene.campaigns.includes(campaign.id));
  const running = narrowed(ofPerson, (campaign) => runsOn(campaign, campaign.calendar.dayOf(now)));
  const [likeliest = first] = running;
  if (running.length === 1 || readCommand(body.text).kind !== 'none') return { campaign: likeliest, event };
  return { campaign: (await withTask(service, running, scene, body.text, now)) ?? likeliest, event };
};

const namesOf = ({ id, shortTitle }: Campaign): string[] => (shortTitle === null ? [id] : [shortTitle, id]);

/** Those that fit; all of them where none does. */
const narrowed = (campaigns: readonly Campaign[], fits: (campaign: Campaign) => boolean): readonly Campaign[] => {
  const fitting = campaigns.filter(fits);
  return fitting.length > 0 ? fitting : campaigns;
};

const servesGroup = (campaign: Campaign, group: Scene['group']): boolean => {
  switch (group?.servesKind) {
    case 'command':
      return group.servesName === campaign.id;
    case 'zone':
      return zonesOf(campaign).includes(group.servesName);
    case 'area':
      return areasOf(campaign).includes(group.servesName);
    case 'organisation':
      return campaign.organisation.association === group.servesName;
    default:
      return true;
  }
};

/** The campaign in which the writer has an open checklist: best one at a compound that the words name. */
const withTask = async (
  service: Service,
  campaigns: readonly Campaign[],
  { person }: Scene,
  text: string,
  now: Date,
): Promise<Campaign | null> => {
  if (!person) return null;
  const open = await Promise.all(
    campaigns.map(async (campaign) => ({
      campaign,
      tasks: await service.scenes.openTasks(campaign.id, person.id, campaign.calendar.dayOf(now)),
    })),
  );
  const named = open.find(({ tasks }) => tasks.some((task) => text.includes(task.compound)));
  return (named ?? open.find(({ tasks }) => tasks.length > 0))?.campaign ?? null;
};
