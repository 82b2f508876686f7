// One field of a card: a selector that begins with 请选择, a yes/no pair, rows to tick, a day, or free text.

import type { Field } from './model.ts';
import { clockBase, nowMs } from './state.ts';
import { texts } from './texts.ts';
import { wallOf } from './time.ts';

const PROMISE_DAYS = 31;
const DAY_MS = 86_400_000;

interface FieldProps {
  readonly cardId: string;
  readonly field: Field;
  readonly value: string | readonly string[] | undefined;
  readonly missing: boolean;
  readonly onFill: (value: string | readonly string[]) => void;
}

export const FieldView = (props: FieldProps) => {
  const { field, cardId, missing } = props;
  const name = `${cardId}.${field.id}`;
  const problemId = `${name}.problem`;
  const problem = missing && (
    <p class="field-problem" id={problemId} role="alert">
      {field.kind === 'text' ? texts.card.missingText(field.label) : texts.card.missingChoice(field.label)}
    </p>
  );
  if (field.kind === 'ticks' || isYesNo(field)) {
    return (
      <fieldset class="field" aria-describedby={missing ? problemId : undefined}>
        <legend class="field-label">{field.label}</legend>
        {field.kind === 'ticks' ? <Ticks {...props} name={name} /> : <YesNo {...props} name={name} />}
        {problem}
      </fieldset>
    );
  }
  return (
    <div class="field">
      <label class="field-label" for={name}>
        {field.label}
      </label>
      {field.kind === 'choice' ? (
        <Choice {...props} name={name} />
      ) : field.id === 'promised_on' ? (
        <PromisedDay {...props} name={name} />
      ) : (
        <FreeText {...props} name={name} />
      )}
      {problem}
    </div>
  );
};

type NamedFieldProps = FieldProps & { readonly name: string };

const isYesNo = (field: Field): boolean =>
  field.kind === 'choice' && field.options?.map((option) => option.id).join() === 'yes,no';

const textOf = (value: FieldProps['value']): string => (typeof value === 'string' ? value : '');

const Choice = ({ field, value, missing, name, onFill }: NamedFieldProps) => (
  <select
    class="input"
    id={name}
    name={name}
    value={textOf(value)}
    aria-invalid={missing || undefined}
    aria-describedby={missing ? `${name}.problem` : undefined}
    onChange={(event) => onFill(event.currentTarget.value)}
  >
    <option value="">{texts.card.choose}</option>
    {field.options?.map((option) => (
      <option key={option.id} value={option.id}>
        {option.label}
      </option>
    ))}
  </select>
);

const YesNo = ({ field, value, name, onFill }: NamedFieldProps) => (
  <span class="segments">
    {field.options?.map((option) => (
      <label key={option.id} class="segment">
        <input
          type="radio"
          class="visually-hidden"
          name={name}
          checked={value === option.id}
          onChange={() => onFill(option.id)}
        />
        <span>{option.id === 'yes' ? texts.card.yes : texts.card.no}</span>
      </label>
    ))}
  </span>
);

const Ticks = ({ field, value, name, onFill }: NamedFieldProps) => {
  const ticked = Array.isArray(value) ? value : [];
  const toggle = (id: string): void =>
    onFill(
      (field.options ?? []).map((option) => option.id).filter((known) => (known === id) !== ticked.includes(known)),
    );
  return (
    <>
      {field.options?.map((option) => (
        <label key={option.id} class="tick">
          <input type="checkbox" name={name} checked={ticked.includes(option.id)} onChange={() => toggle(option.id)} />
          <span class="tick-label">{option.label}</span>
          {field.id === 'not_done' && ticked.includes(option.id) && <span class="tick-mark">{texts.card.notDone}</span>}
        </label>
      ))}
    </>
  );
};

/** A day from today on; the picker opens in the campaign's time, not in the phone's. */
const PromisedDay = ({ value, missing, name, onFill }: NamedFieldProps) => {
  const { offset } = clockBase.value;
  return (
    <input
      type="date"
      class="input"
      id={name}
      name={name}
      value={textOf(value)}
      min={wallOf(nowMs.value, offset).day}
      max={wallOf(nowMs.value + PROMISE_DAYS * DAY_MS, offset).day}
      aria-invalid={missing || undefined}
      onInput={(event) => onFill(event.currentTarget.value)}
    />
  );
};

const FreeText = ({ value, missing, name, onFill }: NamedFieldProps) => (
  <textarea
    class="input"
    id={name}
    name={name}
    rows={2}
    maxLength={2000}
    value={textOf(value)}
    aria-invalid={missing || undefined}
    onInput={(event) => onFill(event.currentTarget.value)}
  />
);
