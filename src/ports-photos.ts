// What evidence photos need of the world: a place for pictures, and the rows that say what they prove.
import type { Photo, PhotoAbout, ProvableAct } from './domain/photo.ts';

/** Why a file is not taken, as cards/sayings.yaml says it. */
export type PhotoFault = 'photo_too_large' | 'photo_too_many_pixels' | 'photo_format' | 'photo_heic' | 'photo_broken';

export type TakenPicture =
  | {
      readonly kind: 'picture';
      readonly hash: string;
      readonly bytes: number;
      readonly width: number;
      readonly height: number;
      /** The camera's wall time, `2022-04-19T10:11:12`; null where it says none. */
      readonly taken: string | null;
    }
  | { readonly kind: 'fault'; readonly fault: PhotoFault };

/** Keeps pictures under the hash of what is kept, so that the same one is kept once. */
export interface PhotoShelf {
  /** Most bytes of a file that is looked at. */
  readonly mostBytes: number;
  /** Looks at the content, never at the name; what is kept is drawn anew and holds nothing but the picture and its time. */
  take(bytes: Uint8Array): Promise<TakenPicture>;
  /** Always image/jpeg. Null when it is not there. */
  read(hash: string): Promise<Uint8Array | null>;
  drop(hash: string): Promise<void>;
}

/** Where the bytes lie: a folder, or an S3-compatible store. */
export interface PhotoFiles {
  put(hash: string, bytes: Uint8Array): Promise<void>;
  get(hash: string): Promise<Uint8Array | null>;
  remove(hash: string): Promise<void>;
}

/** A folder that knows what it has without reading it: where back-ups keep their copies. */
export interface PhotoFolder extends PhotoFiles {
  has(hash: string): Promise<boolean>;
}

export interface PhotoRecords {
  /** The newest provable act of a person in these campaigns since an instant. */
  lastAct(campaigns: readonly string[], personId: string, since: Date): Promise<ProvableAct | null>;
  /** A photo with the unit whose finding it proves. */
  find(id: string): Promise<{ readonly photo: Photo; readonly unitId: string | null } | null>;
  about(about: PhotoAbout): Promise<Photo[]>;
  /** Deletes what waited for a record since before an instant; answers the hashes that nothing names any more. */
  dropWaiting(before: Date): Promise<string[]>;
}
