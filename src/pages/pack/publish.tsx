// What stands of the draft, and the step that makes it a version: from a day on, after the notes were seen.

import { useState } from 'preact/hooks';
import { Overlay } from '../look/overlay.tsx';
import { changed, checked, checking, publish, published, start, throwAway, whyOf } from './state.ts';
import { texts } from './texts.ts';

export const PublishBar = () => {
  const t = texts.value;
  const [open, setOpen] = useState(false);
  const [sure, setSure] = useState(false);
  const faults = checked.value?.faults.length ?? 0;
  const ready = changed.value && !checking.value && faults === 0;
  return (
    <footer class="publish-bar">
      <p role="status">{standing()}</p>
      <a class="text-button to-cards" href="#cards">
        {t.preview.jump}
      </a>
      {changed.value && (
        <button
          type="button"
          class="text-button"
          onBlur={() => setSure(false)}
          onClick={() => {
            if (sure) throwAway();
            setSure(!sure);
          }}
        >
          {sure ? t.publish.throwAwaySure : t.publish.throwAway}
        </button>
      )}
      <button
        type="button"
        class="button button-primary"
        aria-disabled={!ready || undefined}
        onClick={() => ready && setOpen(true)}
      >
        {t.publish.open}
      </button>
      {open && <PublishSheet onClose={() => setOpen(false)} />}
    </footer>
  );
};

const standing = (): string => {
  const t = texts.value.state;
  const done = published.value;
  const { faults = [], notes = [] } = checked.value ?? {};
  if (done) return done.isNew ? t.published(done.version, done.from) : t.nothingNew;
  if (checking.value) return t.checking;
  if (faults.length > 0) return t.faults(faults.length);
  const version = start.value.is === 'ready' ? start.value.value.present.version : 0;
  const base = changed.value ? t.changed : t.same(version);
  return notes.length > 0 ? `${base} · ${t.notes(notes.length)}` : base;
};

const dayAfter = (day: string): string => {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
};

const PublishSheet = ({ onClose }: { readonly onClose: () => void }) => {
  const t = texts.value.publish;
  const today = start.value.is === 'ready' ? start.value.value.me.day : '';
  const [from, setFrom] = useState(dayAfter(today));
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const notes = checked.value?.notes ?? [];
  const confirm = (): void => {
    if (busy) return;
    setBusy(true);
    setWhy(null);
    publish(from).then(onClose, (error: unknown) => {
      setWhy(whyOf(error));
      setBusy(false);
    });
  };
  return (
    <Overlay label={t.title} closeLabel={texts.value.close} shape="sheet" onClose={onClose}>
      <div class="sheet">
        <p>{t.about}</p>
        {notes.length > 0 && (
          <>
            <h3>{t.notes}</h3>
            <ul>
              {notes.map(({ path, reason }) => (
                <li key={path} class="note">
                  {reason}
                </li>
              ))}
            </ul>
          </>
        )}
        <label class="field">
          <span>{t.from}</span>
          <input
            class="input"
            type="date"
            min={today}
            value={from}
            onInput={(event) => setFrom(event.currentTarget.value)}
          />
        </label>
        {why !== null && (
          <p class="fault" role="alert">
            {why}
          </p>
        )}
        <button type="button" class="button button-primary" aria-disabled={busy || undefined} onClick={confirm}>
          {busy ? t.busy : t.confirm}
        </button>
      </div>
    </Overlay>
  );
};
