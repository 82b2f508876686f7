// The cards beside the editor: each as one platform shows it, with what does not fit there. Nothing on them can be pressed.

import type { PreviewInput, PreviewMessage, Sample } from './model.ts';
import { channel, checked, checking, type SectionName, sample, section, trouble } from './state.ts';
import { texts } from './texts.ts';

/** What a section changes is seen best on this card. */
const ownCard: Readonly<Record<SectionName, readonly string[]>> = {
  basics: ['notice'],
  dates: ['finding'],
  slots: ['assignment'],
  checklists: ['checklist-zone', 'checklist-home'],
  letters: ['letter'],
};

const CHANNELS = ['playground', 'wecom', 'dingtalk', 'telegram', 'feishu'];

export const Preview = () => {
  const t = texts.value.preview;
  const samples = checked.value?.samples ?? [];
  const shown = chosen(samples);
  const faulty = (checked.value?.faults.length ?? 0) > 0;
  const on = shown?.on.find((one) => one.channel === channel.value);
  return (
    <section class="preview" id="cards" aria-label={t.title} aria-busy={checking.value || undefined}>
      <h2>{t.title}</h2>
      <div class="row">
        <label class="field">
          <span>{t.card}</span>
          <select
            class="input"
            value={shown?.id ?? ''}
            onChange={(event) => {
              sample.value = event.currentTarget.value;
            }}
          >
            {samples.map(({ id }) => (
              <option key={id} value={id}>
                {t.cards[id] ?? id}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{t.channel}</span>
          <select
            class="input"
            value={channel.value}
            onChange={(event) => {
              channel.value = event.currentTarget.value;
            }}
          >
            {CHANNELS.map((name) => (
              <option key={name} value={name}>
                {t.channels[name] ?? name}
              </option>
            ))}
          </select>
        </label>
      </div>
      {trouble.value !== null && (
        <p class="fault" role="alert">
          {trouble.value}
        </p>
      )}
      {faulty && <p class="note">{shown ? t.stale : t.empty}</p>}
      {shown && on && (
        <>
          <p class="about">{shown.place === 'group' ? t.group : t.person}</p>
          {on.messages.map((message, i) => (
            <Message key={i} message={message} />
          ))}
          <ul class="misfits">
            {on.misfits.length === 0 ? (
              <li class="fits">{t.fits}</li>
            ) : (
              on.misfits.map((misfit) => (
                <li key={misfit} class="note">
                  {misfit}
                </li>
              ))
            )}
          </ul>
        </>
      )}
    </section>
  );
};

const chosen = (samples: readonly Sample[]): Sample | undefined => {
  const own = sample.value === null ? ownCard[section.value] : [sample.value];
  return samples.find(({ id }) => own.includes(id)) ?? samples[0];
};

const Message = ({ message }: { readonly message: PreviewMessage }) => {
  if (message.kind === 'text') {
    return (
      <div class="bubble">
        <p class="about">{texts.value.preview.text}</p>
        {message.lines.map((line, i) => (
          <p key={i}>{line}</p>
        ))}
      </div>
    );
  }
  const { title, lines, inputs, buttons } = message;
  return (
    <div class="shown-card">
      <h3>{title}</h3>
      {lines
        .flatMap((line) => line.split('\n'))
        .map((line, i) => (
          <p key={i}>{line}</p>
        ))}
      {inputs.map((input, i) => (
        <Input key={i} input={input} />
      ))}
      {buttons.map((row, i) => (
        <div key={i} class="shown-buttons">
          {row.map((text, j) => (
            <span key={j} class="shown-button">
              {text}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
};

const Input = ({ input: { kind, label, options } }: { readonly input: PreviewInput }) => (
  <div class={`shown-input shown-${kind}`}>
    {label !== '' && <p class="about">{label}</p>}
    {kind === 'ticks' &&
      options.map((option, i) => (
        <p key={i} class="shown-tick">
          {option}
        </p>
      ))}
    {kind === 'choice' && <p class="shown-box">{options.join(' / ')}</p>}
    {kind === 'text' && <p class="shown-box"> </p>}
  </div>
);
