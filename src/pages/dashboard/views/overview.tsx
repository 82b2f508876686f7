// The whole of what one sees, or one zone of it: headline figures, a tile or a row for each part, and how it ran.

import type { ComponentChildren } from 'preact';
import { api } from '../api.ts';
import { useLoaded } from '../load.ts';
import type { AreaFigures, Figures, Lines, Me, Tally, Trend, ZoneFigures } from '../model.ts';
import { Chart } from '../parts/chart.tsx';
import { Headlines, Meter, type Within } from '../parts/figures.tsx';
import { Spark } from '../parts/spark.tsx';
import { Empty, LoadedView, Skeleton } from '../parts/states.tsx';
import { on, to } from '../state.ts';
import { language, texts } from '../texts.ts';
import { count, percent, shortDay } from '../words.ts';

export const useTally = () => useLoaded(`tally ${on.value}`, () => api.tally(on.value));
const useTrend = () => useLoaded(`trend ${on.value}`, () => api.trend(on.value));

export const Overview = ({ who }: { readonly who: Me }) => {
  const tally = useTally();
  return (
    <LoadedView state={tally.state} retry={tally.retry} waiting={<Skeleton tall rows={3} />}>
      {(value) => <City tally={value} who={who} />}
    </LoadedView>
  );
};

/** Whoever sees one zone or one area only begins there. */
const City = ({ tally, who }: { readonly tally: Tally; readonly who: Me }) => {
  const t = texts.value;
  const [zone, ...zones] = tally.zones;
  const [area, ...areas] = zone?.areas ?? [];
  if (zone && zones.length === 0) {
    const within: Within = area && areas.length === 0 ? { zone: zone.zone, area: area.area } : { zone: zone.zone };
    return <Whole title={within.area ?? zone.zone} figures={zone} within={within} who={who} zone={zone} />;
  }
  return (
    <Whole title={who.sees.figures ? t.overview.city : t.overview.mine} figures={tally.city} within={{}} who={who}>
      {tally.zones.length > 0 && (
        <section class="block">
          <h2>{t.overview.board}</h2>
          <Board zones={tally.zones} />
        </section>
      )}
      <Departments tally={tally} />
    </Whole>
  );
};

interface WholeProps {
  readonly title: string;
  readonly figures: Figures;
  readonly within: Within;
  readonly who: Me;
  readonly zone?: ZoneFigures;
  readonly children?: ComponentChildren;
}

const Whole = ({ title, figures, within, who, zone, children }: WholeProps) => (
  <>
    <h1 class="place-title">{title}</h1>
    <Headlines figures={figures} within={within} sees={who.sees} />
    {children}
    {zone && (
      <section class="block">
        <h2>{texts.value.overview.areas}</h2>
        <Areas areas={zone.areas} />
      </section>
    )}
    {who.sees.figures && <Trends within={within} />}
  </>
);

/** Nine zones fit a phone as 3×3. */
export const Board = ({
  zones,
  links = true,
}: {
  readonly zones: readonly ZoneFigures[];
  readonly links?: boolean;
}) => {
  const { state } = useTrend();
  const trend = state.is === 'ready' ? state.value : null;
  return (
    <ul class="board">
      {zones.map((zone) => (
        <li key={zone.zone}>
          <Tile zone={zone} trend={trend} href={links ? to('zone', zone.zone) : null} />
        </li>
      ))}
    </ul>
  );
};

const Tile = ({
  zone,
  trend,
  href,
}: {
  readonly zone: ZoneFigures;
  readonly trend: Trend | null;
  readonly href: string | null;
}) => {
  const t = texts.value.overview;
  const { compounds, findings, letters } = zone;
  const unsigned = letters.owed - letters.signed - letters.signedLate;
  const covered = trend?.zones.find((one) => one.zone === zone.zone)?.covered ?? [];
  const inside = (
    <>
      <span class="tile-name">{zone.zone.replace(/组团$/, '')}</span>
      <span class="tile-number">
        <strong>{percent(compounds.covered, compounds.known)}</strong>
        <small>%</small>
      </span>
      <span class="tile-of">
        {count(compounds.covered)} / {count(compounds.known)}
      </span>
      <Spark values={covered} label={t.trendOf(covered.slice(-7).join(', '))} />
      <span class={`tile-fact ${findings.overdue > 0 ? 'is-late' : 'is-done'}`}>
        {findings.overdue > 0 ? t.tileLate(count(findings.overdue)) : t.tileNoLate}
      </span>
      <span class={`tile-fact ${unsigned > 0 ? 'is-due' : 'is-done'}`}>
        {letters.owed === 0 ? '' : unsigned > 0 ? t.tileUnsigned(count(unsigned)) : t.tileAllSigned}
      </span>
    </>
  );
  return href ? (
    <a class="tile" href={href}>
      {inside}
    </a>
  ) : (
    <div class="tile">{inside}</div>
  );
};

const Areas = ({ areas }: { readonly areas: readonly AreaFigures[] }) => {
  const t = texts.value.figures;
  return (
    <div class="table-scroll">
      <table class="areas">
        <thead>
          <tr>
            <th scope="col">{texts.value.overview.areas}</th>
            <th scope="col">{t.coverage}</th>
            <th scope="col">{t.toFix}</th>
            <th scope="col">{t.overdue}</th>
            <th scope="col">{t.letters}</th>
          </tr>
        </thead>
        <tbody>
          {areas.map(({ area, compounds, findings, letters }) => (
            <tr key={area}>
              <th scope="row">
                <a href={to('area', area)}>{area}</a>
              </th>
              <td>
                {t.of(count(compounds.covered), count(compounds.known))}
                <Meter
                  part={compounds.covered}
                  whole={compounds.known}
                  label={`${percent(compounds.covered, compounds.known)} %`}
                />
              </td>
              <td>{count(findings.toFix)}</td>
              <td class={findings.overdue > 0 ? 'is-late' : ''}>{count(findings.overdue)}</td>
              <td>{t.of(count(letters.signed + letters.signedLate), count(letters.owed))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Departments = ({ tally }: { readonly tally: Tally }) => {
  const rows = tally.organisations.flatMap(({ organisation, departments }) =>
    departments.map((one) => ({ name: `${organisation} ${one.department}`, home: one.home })),
  );
  if (rows.length === 0) return null;
  const t = texts.value;
  return (
    <details class="block">
      <summary>
        <h2>
          {t.overview.departments} · {t.figures.home}
        </h2>
      </summary>
      <div class="table-scroll">
        <table class="areas">
          <thead>
            <tr>
              <th scope="col">{t.overview.departments}</th>
              <th scope="col">{t.figures.homeDone}</th>
              <th scope="col">{t.figures.late}</th>
              <th scope="col">{t.figures.excused}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, home }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{t.figures.of(count(home.done + home.late), count(home.owed))}</td>
                <td>{count(home.late)}</td>
                <td>{count(home.excused)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
};

const Trends = ({ within }: { readonly within: Within }) => {
  const trend = useTrend();
  const tally = useTally();
  return (
    <LoadedView state={trend.state} retry={trend.retry} waiting={<Skeleton tall rows={1} />}>
      {(value) => {
        const lines = within.zone ? value.zones.find(({ zone }) => zone === within.zone) : value.city;
        if (!lines || value.days.length === 0) return <Empty>{texts.value.charts.coverageNone}</Empty>;
        return (
          <div class="charts">
            <CoverageChart trend={value} lines={lines} />
            <FindingsChart trend={value} lines={lines} />
            {tally.state.is === 'ready' && <PartsChart tally={tally.state.value} within={within} />}
          </div>
        );
      }}
    </LoadedView>
  );
};

interface LinesProps {
  readonly trend: Trend;
  readonly lines: Lines;
}

/** Days of which a title speaks. */
const WEEK = 7;

const CoverageChart = ({ trend, lines }: LinesProps) => {
  const t = texts.value;
  const { length } = lines.covered;
  const gained = (lines.covered[length - 1] ?? 0) - (lines.covered[length - 1 - WEEK] ?? 0);
  return (
    <Chart
      title={gained > 0 ? t.charts.coverage(count(gained), String(Math.min(WEEK, length))) : t.charts.coverageNone}
      data={{
        kind: 'lines',
        labels: trend.days.map((day) => shortDay(day, language.value)),
        series: [{ name: t.compounds.groups.covered, values: lines.covered, tone: 'accent' }],
      }}
    />
  );
};

const FindingsChart = ({ trend, lines }: LinesProps) => {
  const t = texts.value;
  const toFix = lines.toFix[lines.toFix.length - 1] ?? 0;
  const overdue = lines.overdue[lines.overdue.length - 1] ?? 0;
  return (
    <Chart
      title={toFix > 0 ? t.charts.findings(count(toFix), count(overdue)) : t.charts.findingsNone}
      data={{
        kind: 'lines',
        labels: trend.days.map((day) => shortDay(day, language.value)),
        series: [
          { name: t.findings.groups.to_fix, values: lines.toFix, tone: 'due' },
          { name: t.findings.groups.overdue, values: lines.overdue, tone: 'late' },
        ],
      }}
    />
  );
};

const PartsChart = ({ tally, within }: { readonly tally: Tally; readonly within: Within }) => {
  const t = texts.value;
  const zone = tally.zones.find((one) => one.zone === within.zone);
  const parts: readonly (Figures & { readonly name: string })[] = zone
    ? zone.areas.map((area) => ({ ...area, name: area.area }))
    : tally.zones.map((one) => ({ ...one, name: one.zone }));
  if (parts.length < 2) return null;
  return (
    <Chart
      title={zone ? t.charts.byArea : t.charts.byZone}
      height="tall"
      data={{
        kind: 'bars',
        labels: parts.map(({ name }) => name),
        series: [
          { name: t.compounds.groups.covered, values: parts.map(({ compounds }) => compounds.covered), tone: 'accent' },
          {
            name: t.compounds.groups.not_covered,
            values: parts.map(({ compounds }) => compounds.known - compounds.covered),
            tone: 'rest',
          },
        ],
      }}
    />
  );
};

export const ZoneView = ({ name, who }: { readonly name: string; readonly who: Me }) => {
  const tally = useTally();
  return (
    <LoadedView state={tally.state} retry={tally.retry} waiting={<Skeleton tall rows={3} />}>
      {(value) => {
        const zone = value.zones.find((one) => one.zone === name);
        if (!zone) return <Empty>{texts.value.compounds.empty}</Empty>;
        return <Whole title={zone.zone} figures={zone} within={{ zone: zone.zone }} who={who} zone={zone} />;
      }}
    </LoadedView>
  );
};
