// The headline figures of a place: the same numbers as in the messages, each a way to its list (R52).

import type { ComponentChildren } from 'preact';
import type { Figures } from '../model.ts';
import { on, to } from '../state.ts';
import { texts } from '../texts.ts';
import { count, percent } from '../words.ts';
import { Mark } from './list.tsx';

/** Zone or area that figures and lists are narrowed to; empty = everything one sees. */
export type Within = { readonly zone?: string; readonly area?: string };

export const Meter = ({
  part,
  whole,
  label,
}: {
  readonly part: number;
  readonly whole: number;
  readonly label: string;
}) => (
  <svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={label}>
    <rect class="meter-ground" width="100" height="4" />
    <rect class="meter-fill" width={whole > 0 ? Math.min(100, (part / whole) * 100) : 0} height="4" />
  </svg>
);

interface FigureProps {
  readonly title: string;
  readonly big: ComponentChildren;
  readonly of?: string;
  readonly href: string | null;
  readonly meter?: ComponentChildren;
  readonly children?: ComponentChildren;
}

const Figure = ({ title, big, of, href, meter, children }: FigureProps) => (
  <section class="figure">
    <h2>{href ? <a href={href}>{title}</a> : title}</h2>
    <p class="figure-number">
      <strong>{big}</strong>
      {of && <span> / {of}</span>}
    </p>
    {meter}
    <p class="figure-parts">{children}</p>
  </section>
);

interface PartProps {
  readonly n: number;
  readonly word: string;
  readonly href?: string | null;
  readonly kind?: 'done' | 'due' | 'late' | 'plain';
}

/** Nothing where there is nothing to say. */
const Part = ({ n, word, href, kind = 'plain' }: PartProps) => {
  if (n === 0) return null;
  const inside = <Mark kind={kind}>{`${word} ${count(n)}`}</Mark>;
  return href ? (
    <a class="figure-part" href={href}>
      {inside}
    </a>
  ) : (
    inside
  );
};

interface HeadlinesProps {
  readonly figures: Figures;
  readonly within: Within;
  readonly sees: Readonly<Partial<Record<string, boolean>>>;
  /** On a wall nothing leads anywhere. */
  readonly links?: boolean;
}

export const Headlines = ({ figures, within, sees, links = true }: HeadlinesProps) => {
  const t = texts.value.figures;
  const { compounds, findings, letters, home, inspections } = figures;
  const list = (
    view: 'findings' | 'letters' | 'assignments',
    query: Record<string, string>,
    seen: boolean | undefined,
  ) => (links && seen ? to(view, '', { ...within, ...query }) : null);
  const place = within.area ? to('area', within.area) : within.zone ? to('zone', within.zone) : null;
  const compoundsAt = (group: string) => (links && within.area ? to('area', within.area, { group }) : null);
  const signed = letters.signed + letters.signedLate;
  return (
    <div class="figures">
      {compounds.known > 0 && (
        <Figure
          title={t.coverage}
          big={count(compounds.covered)}
          of={count(compounds.known)}
          href={links ? (compoundsAt('covered') ?? place) : null}
          meter={
            <Meter
              part={compounds.covered}
              whole={compounds.known}
              label={`${percent(compounds.covered, compounds.known)} %`}
            />
          }
        >
          <Mark kind="plain">{`${percent(compounds.covered, compounds.known)} %`}</Mark>
          <Mark kind={compounds.coveredToday > 0 ? 'done' : 'plain'}>
            {(on.value === null ? t.today : t.ofDay)(count(compounds.coveredToday))}
          </Mark>
          <Mark kind="plain">{`${t.inspections} ${t.times(count(inspections.total))}`}</Mark>
        </Figure>
      )}
      {sees.figures && (
        <Figure
          title={t.findings}
          big={count(findings.total)}
          href={list('findings', { group: 'to_fix' }, sees.findings)}
        >
          <Part
            n={findings.overdue}
            word={t.overdue}
            kind="late"
            href={list('findings', { group: 'overdue' }, sees.findings)}
          />
          <Part
            n={findings.toFix}
            word={t.toFix}
            kind="due"
            href={list('findings', { group: 'to_fix' }, sees.findings)}
          />
          <Part
            n={findings.toVerify}
            word={t.toVerify}
            kind="due"
            href={list('findings', { group: 'to_verify' }, sees.findings)}
          />
          <Part
            n={findings.verified}
            word={t.verified}
            kind="done"
            href={list('findings', { group: 'verified' }, sees.findings)}
          />
          <Part
            n={findings.withdrawn}
            word={t.withdrawn}
            href={list('findings', { group: 'withdrawn' }, sees.findings)}
          />
        </Figure>
      )}
      {letters.owed > 0 && (
        <Figure
          title={t.letters}
          big={count(signed)}
          of={count(letters.owed)}
          href={list('letters', { group: 'unsigned' }, sees.letters)}
          meter={<Meter part={signed} whole={letters.owed} label={`${percent(signed, letters.owed)} %`} />}
        >
          <Part
            n={letters.owed - signed}
            word={t.unsigned}
            kind="due"
            href={list('letters', { group: 'unsigned' }, sees.letters)}
          />
          <Part
            n={letters.signedLate}
            word={t.signedLate}
            href={list('letters', { group: 'signed_late' }, sees.letters)}
          />
          <Part
            n={letters.unreachable}
            word={t.unreachable}
            kind="late"
            href={list('letters', { group: 'unreachable' }, sees.letters)}
          />
          <Part
            n={letters.undecided}
            word={t.undecided}
            kind="due"
            href={list('letters', { group: 'undecided' }, sees.letters)}
          />
        </Figure>
      )}
      {home.owed > 0 && (
        <Figure
          title={t.home}
          big={count(home.done + home.late)}
          of={count(home.owed)}
          href={list('assignments', { kind: 'home', group: 'open' }, sees.records)}
          meter={
            <Meter
              part={home.done + home.late}
              whole={home.owed}
              label={`${percent(home.done + home.late, home.owed)} %`}
            />
          }
        >
          <Part
            n={home.late}
            word={t.late}
            kind="due"
            href={list('assignments', { kind: 'home', group: 'done_late' }, sees.records)}
          />
          <Part
            n={home.excused}
            word={t.excused}
            href={list('assignments', { kind: 'home', group: 'excused' }, sees.records)}
          />
          <Part
            n={home.excluded}
            word={t.excluded}
            href={list('assignments', { kind: 'home', group: 'excluded' }, sees.records)}
          />
        </Figure>
      )}
    </div>
  );
};
