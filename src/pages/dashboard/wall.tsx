// The wall: figures for a screen that everybody walks past. No names, no links, nothing to press; it renews itself.

import type { Me } from './model.ts';
import { Headlines } from './parts/figures.tsx';
import { LoadedView, Skeleton } from './parts/states.tsx';
import { language, texts } from './texts.ts';
import { Board, useTally } from './views/overview.tsx';
import { moment } from './words.ts';

export const Wall = ({ who }: { readonly who: Me }) => {
  const tally = useTally();
  return (
    <main class="wall">
      <LoadedView state={tally.state} retry={tally.retry} waiting={<Skeleton tall rows={3} />}>
        {(value) => (
          <>
            <header class="wall-head">
              <h1>{texts.value.wall.title(who.campaign.title)}</h1>
              <p>{texts.value.cutOff.liveAt(moment(value.cutOffAt, language.value))}</p>
            </header>
            <Headlines figures={value.city} within={{}} sees={who.sees} links={false} />
            <Board zones={value.zones} links={false} />
          </>
        )}
      </LoadedView>
    </main>
  );
};
