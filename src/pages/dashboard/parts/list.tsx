// A list in pages, and the chips that narrow it. Rows are links where there is more to see.

import type { ComponentChildren } from 'preact';
import type { AskedList } from '../load.ts';
import { go } from '../state.ts';
import { texts } from '../texts.ts';
import { Empty, LoadedView } from './states.tsx';

interface ListProps<T> {
  readonly asked: AskedList<T>;
  readonly label: string;
  readonly empty: string;
  readonly children: (row: T) => ComponentChildren;
}

export const List = <T extends object>({ asked, label, empty, children }: ListProps<T>) => (
  <LoadedView state={asked.state} retry={asked.retry}>
    {(rows) =>
      rows.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <>
          <ul class="rows" aria-label={label}>
            {rows.map((row, i) => (
              <li key={(row as { id?: string }).id ?? i}>{children(row)}</li>
            ))}
          </ul>
          {asked.more && (
            <button
              type="button"
              class="button more"
              aria-disabled={asked.loadingMore || undefined}
              onClick={asked.more}
            >
              {asked.loadingMore && <span class="spinner" />}
              {asked.loadingMore ? texts.value.loading : texts.value.more}
            </button>
          )}
        </>
      )
    }
  </LoadedView>
);

interface RowProps {
  readonly title: string;
  readonly detail?: ComponentChildren;
  readonly mark?: ComponentChildren;
  readonly href?: string;
}

export const Row = ({ title, detail, mark, href }: RowProps) => {
  const inside = (
    <>
      <span class="row-words">
        <span class="row-title">{title}</span>
        {detail && <span class="row-detail">{detail}</span>}
      </span>
      {mark && <span class="row-mark">{mark}</span>}
    </>
  );
  return href ? (
    <a class="row row-link" href={href}>
      {inside}
    </a>
  ) : (
    <div class="row">{inside}</div>
  );
};

export type MarkKind = 'done' | 'due' | 'late' | 'plain';

/** A word about a state; its colour only repeats what it says. */
export const Mark = ({ kind, children }: { readonly kind: MarkKind; readonly children: ComponentChildren }) => (
  <span class={`mark mark-${kind}`}>{children}</span>
);

interface ChipsProps {
  readonly label: string;
  readonly chosen: string;
  readonly options: readonly { readonly id: string; readonly label: string; readonly href: string }[];
}

export const Chips = ({ label, chosen, options }: ChipsProps) => (
  <nav class="chips" aria-label={label}>
    {options.map((option) => (
      <a
        key={option.id}
        class="chip"
        href={option.href}
        aria-current={option.id === chosen ? 'true' : undefined}
        onClick={(event) => {
          event.preventDefault();
          go(option.href);
        }}
      >
        {option.label}
      </a>
    ))}
  </nav>
);

/** Details apart by a middle dot; what is empty is left out. */
export const dotted = (...parts: readonly (string | null | undefined | false)[]): string =>
  parts.filter((part): part is string => Boolean(part)).join(' · ');
