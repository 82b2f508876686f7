// The photos of a record, small, each a way to the whole picture. Fetched when they come into sight.

import type { Photo } from '../model.ts';
import { language, texts } from '../texts.ts';
import { moment } from '../words.ts';

export const Photos = ({ photos }: { readonly photos: readonly Photo[] }) =>
  photos.length === 0 ? null : (
    <ul class="photos">
      {photos.map(({ id, at }) => (
        <li key={id}>
          <a href={`/photos/${encodeURIComponent(id)}`} target="_blank" rel="noopener">
            <img
              src={`/photos/${encodeURIComponent(id)}`}
              alt={texts.value.compounds.photo(moment(at, language.value))}
              loading="lazy"
            />
          </a>
        </li>
      ))}
    </ul>
  );
