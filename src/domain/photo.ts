// Evidence photos (E12): a photo alone is no answer. It belongs to what its sender recorded shortly before, or waits as
// long for the record that follows. What a picture file may be is judged in photos/.
import type { Calendar } from './calendar.ts';
import type { DomainEvent } from './event.ts';
import type { Subject } from './rights.ts';

export interface PhotoAbout {
  readonly kind: 'inspection' | 'finding';
  readonly id: string;
}

export interface Photo {
  readonly id: string;
  readonly campaign: string;
  /** sha256 of the stored bytes, hex: where the picture lies. */
  readonly hash: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  /** When the camera says that it was taken; null where it says nothing. */
  readonly takenAt: Date | null;
  readonly at: Date;
  readonly byId: string;
  readonly byName: string;
  /** Null while it waits for its record. */
  readonly about: PhotoAbout | null;
  readonly compoundId: string | null;
  readonly area: string | null;
  readonly zone: string | null;
  readonly inbound: string;
}

/** What a person did last that a photo can prove: a record made, a fix claimed or reported. */
export interface ProvableAct {
  readonly campaign: string;
  readonly about: PhotoAbout;
  readonly at: Date;
  readonly compoundId: string;
  readonly compoundName: string;
  readonly area: string;
  readonly zone: string | null;
  /** Photos that are attached to it already. */
  readonly photos: number;
}

/** The camera's own clock knows no zone: its wall time is read in the campaign's. Null for what is no time, or lies ahead. */
export const takenAtOf = (wall: string | null, calendar: Calendar, now: Date): Date | null => {
  const [, day = '', time = '', second = ''] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):(\d{2})/.exec(wall ?? '') ?? [];
  if (day === '') return null;
  const at = new Date(calendar.instant(day, time).getTime() + Number(second) * 1000);
  return at <= now ? at : null;
};

/** Whether what was done at `actAt` is still near enough to a photo sent `at`, in either order. */
export const isNear = (actAt: Date, at: Date, minutes: number): boolean =>
  Math.abs(at.getTime() - actAt.getTime()) <= minutes * 60_000;

export const attached = (photo: Photo, act: Omit<ProvableAct, 'at' | 'photos' | 'compoundName'>): Photo => ({
  ...photo,
  campaign: act.campaign,
  about: act.about,
  compoundId: act.compoundId,
  area: act.area,
  zone: act.zone,
});

export const photoEvent = (photo: Photo, at: Date): DomainEvent => ({
  campaign: photo.campaign,
  at,
  kind: photo.about ? 'photo.attached' : 'photo.received',
  subject: photo.about ?? { kind: 'photo', id: photo.id },
  by: { id: photo.byId, name: photo.byName },
  inbound: photo.inbound,
  data: { photo: photo.id, hash: photo.hash },
});

/** What `see_photos` is asked about (REQUIREMENTS 1.7). `unitId`: whose finding it proves, null where it proves none. */
export const subjectOfPhoto = (photo: Photo, unitId: string | null): Subject => ({
  zone: photo.zone,
  area: photo.area,
  personId: photo.byId,
  unitId,
});
