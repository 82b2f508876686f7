// The pack page as a whole: sections of the pack on the left, the cards on the right, below each other on a phone.

import { useEffect } from 'preact/hooks';
import type { Pack } from './model.ts';
import { Preview } from './preview.tsx';
import { PublishBar } from './publish.tsx';
import { Checklists } from './sections/checklists.tsx';
import { Letters } from './sections/letters.tsx';
import { Basics, Dates, Slots } from './sections/plan.tsx';
import { begin, checked, draft, type SectionName, sample, section, start } from './state.ts';
import { language, speak, texts } from './texts.ts';

export const App = () => {
  const t = texts.value;
  const state = start.value;
  useEffect(() => {
    document.title = t.title;
  }, [t]);
  if (state.is === 'loading')
    return (
      <div class="waiting" role="status" aria-label={t.loading}>
        <div class="skeleton" />
        <div class="skeleton" />
      </div>
    );
  if (state.is === 'failed')
    return (
      <main>
        <div class="notice" role="alert">
          <strong>{t.failure.title}</strong>
          <span>{state.why}</span>
          <button type="button" class="button" onClick={() => void begin()}>
            {t.retry}
          </button>
        </div>
      </main>
    );
  const { me } = state.value;
  return (
    <>
      <header class="top">
        <div class="top-title">
          <h1>{t.title}</h1>
          <span>{me.campaign.title}</span>
        </div>
        <a class="top-link" href="/">
          {t.back}
        </a>
        <button type="button" class="top-link" onClick={() => speak(language.value === 'en' ? 'zh-CN' : 'en')}>
          {t.english}
        </button>
      </header>
      <main class="desk">
        {draft.value && <Editor pack={draft.value} />}
        <Preview />
      </main>
      <PublishBar />
    </>
  );
};

const Editor = ({ pack }: { readonly pack: Pack }) => {
  const t = texts.value.sections;
  const all: readonly SectionName[] = [
    'basics',
    'dates',
    'slots',
    'checklists',
    ...(pack.letters.length > 0 ? (['letters'] as const) : []),
  ];
  return (
    <div class="editor">
      <nav class="sections" aria-label={t.label}>
        {all.map((name) => (
          <button
            key={name}
            type="button"
            class="section"
            aria-current={section.value === name ? 'page' : undefined}
            onClick={() => {
              section.value = name;
              sample.value = null;
            }}
          >
            {t[name]}
            <Faults name={name} />
          </button>
        ))}
      </nav>
      <h2 class="visually-hidden">{t[section.value]}</h2>
      <Section pack={pack} />
    </div>
  );
};

const starts: Readonly<Record<SectionName, RegExp>> = {
  basics: /^plan\.(id|title|short_title|strands\.\d+\.name)/,
  dates: /^plan\.(strands(?!\.\d+\.name)|deadlines|derived)/,
  slots: /^plan\.(schedule|settings)/,
  checklists: /^checklists/,
  letters: /^letters/,
};

const Faults = ({ name }: { readonly name: SectionName }) => {
  const n = (checked.value?.faults ?? []).filter(({ path }) => starts[name].test(path)).length;
  return n === 0 ? null : <span class="badge">{n}</span>;
};

const Section = ({ pack }: { readonly pack: Pack }) => {
  switch (section.value) {
    case 'basics':
      return <Basics pack={pack} />;
    case 'dates':
      return <Dates pack={pack} />;
    case 'slots':
      return <Slots pack={pack} />;
    case 'checklists':
      return <Checklists pack={pack} />;
    case 'letters':
      return <Letters pack={pack} />;
  }
};
