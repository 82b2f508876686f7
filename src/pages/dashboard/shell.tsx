// What stands around every view: the title, the day one looks at, the sections, and the menu.

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Icon, type IconName } from '../look/icon.tsx';
import { Overlay } from '../look/overlay.tsx';
import { api } from './api.ts';
import type { Me } from './model.ts';
import { dotted } from './parts/list.tsx';
import { type ViewName, writePlace } from './place.ts';
import { connected, go, on, place, to, whyOf } from './state.ts';
import { language, speak, texts } from './texts.ts';
import { longDay, shortDay } from './words.ts';

interface Section {
  readonly view: ViewName;
  readonly label: string;
  readonly icon: IconName;
  readonly seen: boolean | undefined;
  readonly holds: readonly ViewName[];
}

const sectionsOf = (who: Me): Section[] => {
  const t = texts.value.nav;
  const all: Section[] = [
    { view: 'overview', label: t.overview, icon: 'board', seen: true, holds: ['overview', 'zone', 'area', 'compound'] },
    { view: 'findings', label: t.findings, icon: 'warning', seen: who.sees.findings, holds: ['findings', 'finding'] },
    { view: 'letters', label: t.letters, icon: 'letter', seen: who.sees.letters, holds: ['letters'] },
    { view: 'assignments', label: t.assignments, icon: 'clock', seen: who.sees.records, holds: ['assignments'] },
    { view: 'people', label: t.people, icon: 'people', seen: who.sees.roster, holds: ['people'] },
    { view: 'deliveries', label: t.deliveries, icon: 'send', seen: who.sees.deliveries, holds: ['deliveries'] },
  ];
  return all.filter(({ seen }) => seen);
};

export const Shell = ({ who, children }: { readonly who: Me; readonly children: ComponentChildren }) => {
  const [menu, setMenu] = useState(false);
  const t = texts.value;
  return (
    <div class="shell">
      <header class="top">
        <a class="top-title" href={writePlace('overview')}>
          <strong>{t.title}</strong>
          <span>{who.campaign.title}</span>
        </a>
        <CutOff who={who} />
        <button type="button" class="icon-button top-menu" aria-label={t.menu.label} onClick={() => setMenu(true)}>
          <Icon name="menu" />
        </button>
      </header>
      <Sections who={who} />
      <main class="view" id="view">
        {on.value !== null && (
          <p class="past">
            {t.cutOff.pastAbout(longDay(on.value, language.value))}{' '}
            <a href={writePlace(place.value.view, place.value.id)}>{t.cutOff.backToLive}</a>
          </p>
        )}
        {children}
      </main>
      {menu && <Menu who={who} onClose={() => setMenu(false)} />}
    </div>
  );
};

const Sections = ({ who }: { readonly who: Me }) => (
  <nav class="sections" aria-label={texts.value.nav.label}>
    {sectionsOf(who).map(({ view, label, icon, holds }) => (
      <a
        key={view}
        class="section"
        href={to(view)}
        aria-current={holds.includes(place.value.view) ? 'page' : undefined}
      >
        <Icon name={icon} />
        <span>{label}</span>
      </a>
    ))}
  </nav>
);

/** The day whose figures are shown; the last one is live. */
const CutOff = ({ who }: { readonly who: Me }) => {
  const t = texts.value.cutOff;
  const shown = on.value;
  const choose = (day: string): void => {
    if (day === '' || day === who.day)
      go(writePlace(place.value.view, place.value.id, { ...place.value.query, on: null }));
    else go(writePlace(place.value.view, place.value.id, { ...place.value.query, on: day }));
  };
  return (
    <div class="cut-off">
      <span class={`live ${shown === null && connected.value ? 'is-live' : ''}`} role="status">
        {shown !== null ? t.past : connected.value ? t.live : t.disconnected}
      </span>
      {/* The browser would write the day in its own way: ours is shown, its picker is used. */}
      <label class="day">
        <span aria-hidden="true">{shortDay(shown ?? who.day, language.value)}</span>
        <Icon name="down" />
        <input
          type="date"
          aria-label={t.label}
          value={shown ?? who.day}
          min={who.campaign.firstDay}
          max={who.day}
          onClick={(event) => openPicker(event.currentTarget)}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      </label>
    </div>
  );
};

/** On a desk only the small icon opens it; old web views open it anywhere. */
const openPicker = (input: HTMLInputElement): void => {
  try {
    input.showPicker?.();
  } catch {
    // Not from a press of its own: typing works.
  }
};

const Menu = ({ who, onClose }: { readonly who: Me; readonly onClose: () => void }) => {
  const t = texts.value.menu;
  const [link, setLink] = useState<{ url: string; minutes: number } | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const leave = (everywhere: boolean): void => {
    api.logOut(everywhere).then(
      () => location.assign(`/left${everywhere ? '?everywhere=1' : ''}`),
      (error: unknown) => setSaid(whyOf(error)),
    );
  };
  const copy = (url: string): void => {
    // Old web views have no clipboard: the link stands there to be selected.
    navigator.clipboard?.writeText(url).then(
      () => setSaid(t.copied),
      () => undefined,
    );
  };
  const roles = [...new Set((who.person?.roles ?? []).map(({ role }) => texts.value.roles[role] ?? role))];
  return (
    <Overlay label={who.person?.name ?? t.label} closeLabel={texts.value.close} shape="sheet" onClose={onClose}>
      <div class="menu">
        <p class="about">{dotted(...roles)}</p>
        {who.campaigns.length > 1 && <CampaignChoice who={who} />}
        <button type="button" class="button" onClick={() => speak(language.value === 'en' ? 'zh-CN' : 'en')}>
          {t.language}
        </button>
        {who.sees.deliveries && (
          <a class="button" href={`/pack?campaign=${encodeURIComponent(who.campaign.id)}`}>
            {t.pack}
          </a>
        )}
        {who.sees.figures && (
          <button
            type="button"
            class="button"
            onClick={() => {
              api.wallLink().then(setLink, (error: unknown) => setSaid(whyOf(error)));
            }}
          >
            {t.wall}
          </button>
        )}
        {link && (
          <div class="wall-link">
            <p>{t.wallMade(link.minutes)}</p>
            <input
              class="input"
              readOnly
              value={link.url}
              aria-label={t.wall}
              onFocus={(e) => e.currentTarget.select()}
            />
            <button type="button" class="button" onClick={() => copy(link.url)}>
              {t.copy}
            </button>
          </div>
        )}
        <button type="button" class="button" onClick={() => leave(false)}>
          {t.leave}
        </button>
        <button type="button" class="button button-danger" onClick={() => leave(true)}>
          {t.leaveEverywhere}
        </button>
        <p role="status">{said}</p>
      </div>
    </Overlay>
  );
};

const CampaignChoice = ({ who }: { readonly who: Me }) => (
  <label class="menu-choice">
    {texts.value.menu.campaign}
    <select
      class="input"
      value={who.campaign.id}
      onChange={(event) => {
        chooseCampaign(event.currentTarget.value);
      }}
    >
      {who.campaigns.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </select>
  </label>
);

const chooseCampaign = (id: string): void => {
  location.href = `/?campaign=${encodeURIComponent(id)}`;
};
