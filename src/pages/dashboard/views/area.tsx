// One area: its figures, and its compounds behind them.

import { useState } from 'preact/hooks';
import { api } from '../api.ts';
import { useList } from '../load.ts';
import type { Compound, Me } from '../model.ts';
import { Headlines } from '../parts/figures.tsx';
import { Chips, dotted, List, Mark, Row } from '../parts/list.tsx';
import { Empty, LoadedView, Skeleton } from '../parts/states.tsx';
import { on, place, to } from '../state.ts';
import { language, texts } from '../texts.ts';
import { moment } from '../words.ts';
import { useTally } from './overview.tsx';

const groups = ['known', 'not_covered', 'covered', 'covered_today'] as const;

export const AreaView = ({ name, who }: { readonly name: string; readonly who: Me }) => {
  const tally = useTally();
  return (
    <LoadedView state={tally.state} retry={tally.retry} waiting={<Skeleton tall rows={2} />}>
      {(value) => {
        const zone = value.zones.find(({ areas }) => areas.some(({ area }) => area === name));
        const area = zone?.areas.find((one) => one.area === name);
        if (!zone || !area) return <Empty>{texts.value.compounds.empty}</Empty>;
        return (
          <>
            <p class="crumbs">
              <a href={to('zone', zone.zone)}>{zone.zone}</a>
            </p>
            <h1 class="place-title">{name}</h1>
            <Headlines figures={area} within={{ zone: zone.zone, area: name }} sees={who.sees} />
            <Compounds area={name} />
          </>
        );
      }}
    </LoadedView>
  );
};

const Compounds = ({ area }: { readonly area: string }) => {
  const t = texts.value.compounds;
  const group = groups.find((one) => one === place.value.query.group) ?? 'known';
  const [words, setWords] = useState('');
  const asked = useList(`compounds ${area} ${group} ${words} ${on.value}`, (after) =>
    api.compounds({ area, group, q: words.trim(), on: on.value }, after),
  );
  return (
    <section class="block">
      <h2>{t.title}</h2>
      <Chips
        label={t.title}
        chosen={group}
        options={groups.map((id) => ({ id, label: t.groups[id], href: to('area', area, { group: id }) }))}
      />
      <input
        class="input search"
        type="search"
        aria-label={t.search}
        placeholder={t.search}
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      <List asked={asked} label={t.title} empty={t.empty}>
        {(row) => <CompoundRow row={row} />}
      </List>
    </section>
  );
};

const CompoundRow = ({ row }: { readonly row: Compound }) => {
  const t = texts.value.compounds;
  return (
    <Row
      title={row.name}
      detail={dotted(row.company ?? t.noCompany, row.doubtful && t.doubtful)}
      mark={
        row.coveredAt ? (
          <Mark kind="done">{t.checked(moment(row.coveredAt, language.value))}</Mark>
        ) : (
          <Mark kind="due">{t.notChecked}</Mark>
        )
      }
      href={to('compound', row.id)}
    />
  );
};
