// A photo comes in (E12): it proves what its sender just did, or waits for the record that follows. Alone it is no answer.
import type { Campaign } from '../domain/campaign.ts';
import type { Change } from '../domain/change.ts';
import { attached, isNear, type Photo, type ProvableAct, photoEvent, takenAtOf } from '../domain/photo.ts';
import type { InboundEvent } from '../ports.ts';
import type { TakenPicture } from '../ports-photos.ts';
import { type Outcome, type Service, type Situation, saying } from './service.ts';

type File = Extract<InboundEvent['body'], { kind: 'file' }>;

const MEGABYTE = 1024 * 1024;

export const takePhoto = async (s: Situation, file: File): Promise<Outcome> => {
  const taken = await s.service.shelf.take(file.bytes);
  if (taken.kind === 'fault')
    return saying(s, taken.fault, { name: file.name, megabytes: s.service.shelf.mostBytes / MEGABYTE });
  const photo = photoOf(s, taken, null);
  const act = await s.service.photos.lastAct(
    s.service.campaigns.all().map(({ id }) => id),
    s.person.id,
    since(s.campaign, s.now),
  );
  if (!act)
    return {
      ...saying(s, 'photo_without_record', { minutes: s.campaign.settings.photoMinutes }),
      change: keeping(photo, s.now),
    };
  const campaign = s.service.campaigns.get(act.campaign) ?? s.campaign;
  const said = act.about.kind === 'inspection' ? 'photo_added' : 'photo_added_to_fix';
  return {
    ...saying({ service: s.service, campaign }, said, { compound: act.compoundName, n: act.photos + 1 }),
    change: keeping(attached(photo, act), s.now),
  };
};

const since = ({ settings }: Campaign, now: Date): Date => new Date(now.getTime() - settings.photoMinutes * 60_000);

/** A picture as evidence of this event's sender, of an act or waiting for one. */
export const photoOf = (
  s: Situation,
  { hash, bytes, width, height, taken }: Extract<TakenPicture, { kind: 'picture' }>,
  act: ProvableAct | null,
): Photo => {
  const photo: Photo = {
    id: s.service.ids.next(),
    campaign: s.campaign.id,
    hash,
    bytes,
    width,
    height,
    takenAt: takenAtOf(taken, s.campaign.calendar, s.now),
    at: s.now,
    byId: s.person.id,
    byName: s.person.name,
    about: null,
    compoundId: null,
    area: null,
    zone: null,
    inbound: s.inbound,
  };
  return act ? attached(photo, act) : photo;
};

export const keeping = (photo: Photo, at: Date): Change => ({ photos: [photo], events: [photoEvent(photo, at)] });

/** The photos that waited for this very record, which was just decided. */
export const takeWaiting = (s: Situation, act: Omit<ProvableAct, 'at' | 'photos' | 'compoundName'>): Photo[] =>
  s.scene.waitingPhotos
    .filter((photo) => isNear(s.now, photo.at, s.campaign.settings.photoMinutes))
    .map((photo) => attached(photo, act));

/** What waited in vain is no evidence of anything: it goes. */
export const dropWaitingPhotos = async (service: Service, now: Date): Promise<void> => {
  const longest = Math.max(...service.campaigns.all().map(({ settings }) => settings.photoMinutes));
  const gone = await service.photos.dropWaiting(new Date(now.getTime() - longest * 60_000));
  for (const hash of gone) await service.shelf.drop(hash);
};
