// Whom to act as: members of the open group, usual identities, or anybody found by name, role or unit.

import { useEffect, useState } from 'preact/hooks';
import { actAs } from './actions.ts';
import { api, problemText } from './api.ts';
import type { Person } from './model.ts';
import { Empty, Failure } from './notices.tsx';
import { PersonRow } from './person-row.tsx';
import { actor, favourites, openChatId } from './state.ts';
import { texts } from './texts.ts';
import { say as toast } from './toasts.tsx';

const FOUND_AT_MOST = 30;
const TYPING_PAUSE_MS = 200;

export const ActAs = () => {
  const [q, setQ] = useState('');
  const found = usePeople(q.trim());
  return (
    <>
      <div class="panel-search">
        <input
          class="input"
          type="search"
          data-first-focus
          aria-label={texts.actAs.search}
          placeholder={texts.actAs.search}
          value={q}
          onInput={(event) => setQ(event.currentTarget.value)}
        />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows are a shortcut beside Tab */}
      <div class="panel-list" onKeyDown={moveWithArrows}>
        <h3 class="panel-label">{q.trim() === '' ? texts.actAs.usual : texts.actAs.found}</h3>
        {found.why !== null ? (
          <Failure title={texts.failure.people} why={found.why} onRetry={found.retry} />
        ) : found.people.length === 0 && !found.looking ? (
          <Empty title={texts.actAs.none}>{texts.actAs.noneHow}</Empty>
        ) : (
          <ul aria-busy={found.looking || undefined}>
            {found.people.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                sub={
                  person.roles.map(({ label, scope }) => (scope ? `${label} · ${scope}` : label)).join('，') ||
                  person.title
                }
                current={person.id === actor.value?.id}
                onChoose={() => become(person)}
              />
            ))}
          </ul>
        )}
      </div>
    </>
  );
};

export const become = (person: Person): void => {
  if (person.id !== actor.value?.id) toast(texts.actAs.became(person.name), 'done');
  void actAs(person, openChatId.value);
};

const usePeople = (q: string) => {
  const [people, setPeople] = useState<readonly Person[]>(favourites.value);
  const [why, setWhy] = useState<string | null>(null);
  const [looking, setLooking] = useState(false);
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (q === '') {
      setPeople(favourites.value);
      setWhy(null);
      setLooking(false);
      return;
    }
    let current = true;
    setLooking(true);
    const pause = setTimeout(() => {
      api
        .people(q, FOUND_AT_MOST)
        .then(
          ({ items }) => {
            if (!current) return;
            setPeople(items);
            setWhy(null);
          },
          (error: unknown) => current && setWhy(problemText(error)),
        )
        .finally(() => current && setLooking(false));
    }, TYPING_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(pause);
    };
  }, [q, round]);

  return { people, why, looking, retry: () => setRound(round + 1) };
};

const moveWithArrows = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const rows = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('button'));
  const here = rows.indexOf(document.activeElement as HTMLElement);
  rows[Math.max(0, Math.min(rows.length - 1, here + step))]?.focus();
  event.preventDefault();
};
