// The dashboard as a whole: who is looking decides what it shows, the address decides which view.

import { useEffect } from 'preact/hooks';
import type { Me } from './model.ts';
import { Failure, Skeleton } from './parts/states.tsx';
import { Shell } from './shell.tsx';
import { begin, me, over, place, turn } from './state.ts';
import { texts } from './texts.ts';
import { AreaView } from './views/area.tsx';
import { AssignmentsView } from './views/assignments.tsx';
import { CompoundView } from './views/compound.tsx';
import { DeliveriesView } from './views/deliveries.tsx';
import { FindingsView, FindingView } from './views/findings.tsx';
import { LettersView } from './views/letters.tsx';
import { Overview, ZoneView } from './views/overview.tsx';
import { PeopleView } from './views/people.tsx';
import { Wall } from './wall.tsx';

export const App = () => {
  const state = me.value;
  useEffect(() => {
    document.title = texts.value.title;
  }, [texts.value]);
  // What day it is, and what one may see, change while the page stays open.
  useEffect(() => {
    if (turn.value > 0) void begin();
  }, [turn.value]);

  if (over.value !== null) {
    return (
      <main>
        <div class="notice" role="alert">
          <strong>{texts.value.failure.over}</strong>
          <span>{over.value}</span>
        </div>
      </main>
    );
  }
  if (state.is === 'loading') return <Skeleton tall />;
  if (state.is === 'failed') return <Failure why={state.why} onRetry={() => void begin()} />;
  const who = state.value;
  if (who.kind === 'wall' || location.pathname === '/wall') return <Wall who={who} />;
  return (
    <Shell who={who}>
      <View who={who} />
    </Shell>
  );
};

const View = ({ who }: { readonly who: Me }) => {
  const { view, id } = place.value;
  switch (view) {
    case 'overview':
      return <Overview who={who} />;
    case 'zone':
      return <ZoneView name={id} who={who} />;
    case 'area':
      return <AreaView name={id} who={who} />;
    case 'compound':
      return <CompoundView key={id} id={id} who={who} />;
    case 'findings':
      return <FindingsView who={who} />;
    case 'finding':
      return <FindingView key={id} id={id} who={who} />;
    case 'letters':
      return <LettersView />;
    case 'assignments':
      return <AssignmentsView who={who} />;
    case 'people':
      return <PeopleView />;
    case 'deliveries':
      return <DeliveriesView />;
  }
};
