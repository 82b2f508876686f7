// One value of the pack each: a label, the control, and what is wrong with it, right below.

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Path } from './edit.ts';
import { faultAt, noteAt, read, write } from './state.ts';

interface FrameProps {
  readonly path: Path;
  readonly label: string;
  readonly narrow?: boolean;
  readonly children: (control: {
    readonly id: string;
    readonly wrong: boolean;
    readonly describedBy: string | undefined;
  }) => ComponentChildren;
}

/** Where a reason for this very value stands. */
const reasonAt = (path: Path): { readonly fault: string | undefined; readonly note: string | undefined } => {
  const key = path.join('.');
  return { fault: faultAt.value.get(key), note: noteAt.value.get(key) };
};

export const Said = ({ path, id }: { readonly path: Path; readonly id?: string }) => {
  const { fault, note } = reasonAt(path);
  if (fault === undefined && note === undefined) return null;
  return (
    <p class={fault === undefined ? 'note' : 'fault'} id={id}>
      {fault ?? note}
    </p>
  );
};

const Frame = ({ path, label, narrow = false, children }: FrameProps) => {
  const id = `f-${path.join('-')}`;
  const { fault, note } = reasonAt(path);
  const said = fault !== undefined || note !== undefined;
  return (
    <div class={`field ${narrow ? 'field-narrow' : ''}`}>
      <label for={id}>{label}</label>
      {children({ id, wrong: fault !== undefined, describedBy: said ? `${id}-said` : undefined })}
      <Said path={path} id={`${id}-said`} />
    </div>
  );
};

interface FieldProps {
  readonly path: Path;
  readonly label: string;
  readonly narrow?: boolean;
}

interface TextProps extends FieldProps {
  readonly rows?: number;
  /** An empty text takes the value out. */
  readonly optional?: boolean;
  /** Where the value is not simply what stands at the path. */
  readonly value?: string;
  readonly onInput?: (text: string) => void;
}

export const TextField = ({ path, label, narrow, rows = 1, optional = false, value, onInput }: TextProps) => (
  <Frame path={path} label={label} {...(narrow === undefined ? {} : { narrow })}>
    {({ id, wrong, describedBy }) => {
      const common = {
        id,
        class: 'input',
        value: value ?? String(read(path) ?? ''),
        'aria-invalid': wrong || undefined,
        'aria-describedby': describedBy,
        onInput: (event: { currentTarget: { value: string } }) => {
          const text = event.currentTarget.value;
          if (onInput) onInput(text);
          else write(path, optional && text.trim() === '' ? undefined : text);
        },
      };
      return rows > 1 ? <textarea {...common} rows={rows} /> : <input {...common} type="text" />;
    }}
  </Frame>
);

/** An empty day is kept as it is typed: the service says that it is missing. */
export const DayField = ({ path, label }: FieldProps) => (
  <Frame path={path} label={label} narrow>
    {({ id, wrong, describedBy }) => (
      <input
        id={id}
        class="input"
        type="date"
        value={String(read(path) ?? '')}
        aria-invalid={wrong || undefined}
        aria-describedby={describedBy}
        onInput={(event) => write(path, event.currentTarget.value)}
      />
    )}
  </Frame>
);

export const TimeField = ({ path, label }: FieldProps) => (
  <Frame path={path} label={label} narrow>
    {({ id, wrong, describedBy }) => (
      <input
        id={id}
        class="input"
        type="time"
        value={String(read(path) ?? '')}
        aria-invalid={wrong || undefined}
        aria-describedby={describedBy}
        onInput={(event) => write(path, event.currentTarget.value)}
      />
    )}
  </Frame>
);

export const NumberField = ({ path, label, optional = false }: FieldProps & { readonly optional?: boolean }) => (
  <Frame path={path} label={label} narrow>
    {({ id, wrong, describedBy }) => (
      <input
        id={id}
        class="input"
        type="number"
        inputMode="numeric"
        value={String(read(path) ?? '')}
        aria-invalid={wrong || undefined}
        aria-describedby={describedBy}
        onInput={(event) => {
          const text = event.currentTarget.value;
          write(path, text === '' ? (optional ? undefined : null) : Number(text));
        }}
      />
    )}
  </Frame>
);

export const Check = ({
  label,
  on,
  onChange,
}: {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) => (
  <label class="check">
    <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
    <span>{label}</span>
  </label>
);

interface SelectProps<T extends string> extends FieldProps {
  readonly chosen: T;
  readonly options: readonly { readonly id: T; readonly label: string }[];
  readonly onChoose: (id: T) => void;
}

export const Select = <T extends string>({ path, label, chosen, options, onChoose }: SelectProps<T>) => (
  <Frame path={path} label={label} narrow>
    {({ id }) => (
      <select id={id} class="input" value={chosen} onChange={(event) => onChoose(event.currentTarget.value as T)}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    )}
  </Frame>
);

const SEPARATORS = /[、，,;；\n]/;

/** Words in one line. What is typed stays as it is typed until the field is left. */
export const WordsField = ({
  path,
  label,
  words,
  onWords,
}: FieldProps & { readonly words: readonly string[]; readonly onWords: (words: readonly string[]) => void }) => {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Frame path={path} label={label}>
      {({ id, wrong, describedBy }) => (
        <input
          id={id}
          class="input"
          type="text"
          value={typed ?? words.join('、')}
          aria-invalid={wrong || undefined}
          aria-describedby={describedBy}
          onInput={(event) => {
            const text = event.currentTarget.value;
            setTyped(text);
            onWords([...new Set(text.split(SEPARATORS).map((word) => word.trim()))].filter((word) => word !== ''));
          }}
          onBlur={() => setTyped(null)}
        />
      )}
    </Frame>
  );
};
