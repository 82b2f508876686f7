// One compound: who manages it, its records and its findings.

import { api } from '../api.ts';
import { useList, useLoaded } from '../load.ts';
import type { Inspection, Me } from '../model.ts';
import { dotted, List, Mark, Row } from '../parts/list.tsx';
import { Photos } from '../parts/photos.tsx';
import { Empty, LoadedView } from '../parts/states.tsx';
import { to } from '../state.ts';
import { language, texts } from '../texts.ts';
import { moment } from '../words.ts';
import { FindingRow } from './findings.tsx';

export const CompoundView = ({ id, who }: { readonly id: string; readonly who: Me }) => {
  const t = texts.value.compounds;
  const { state, retry } = useLoaded(`compound ${id}`, () => api.compounds({ id }));
  return (
    <LoadedView state={state} retry={retry}>
      {({ items: [compound] }) =>
        compound ? (
          <>
            <p class="crumbs">
              {compound.zone && <a href={to('zone', compound.zone)}>{compound.zone}</a>}
              <a href={to('area', compound.area)}>{compound.area}</a>
            </p>
            <h1 class="place-title">{compound.name}</h1>
            <p class="facts">
              {compound.company ?? t.noCompany}{' '}
              {compound.coveredAt ? (
                <Mark kind="done">{t.checked(moment(compound.coveredAt, language.value))}</Mark>
              ) : (
                <Mark kind="due">{t.notChecked}</Mark>
              )}{' '}
              {compound.status === 'pending' && <Mark kind="due">{t.pending}</Mark>}{' '}
              {compound.doubtful && <Mark kind="due">{t.doubtful}</Mark>}
            </p>
            {who.sees.findings && <Findings compound={id} who={who} />}
            {who.sees.records && <Records compound={id} who={who} />}
          </>
        ) : (
          <Empty>{t.empty}</Empty>
        )
      }
    </LoadedView>
  );
};

const Findings = ({ compound, who }: { readonly compound: string; readonly who: Me }) => {
  const t = texts.value;
  const asked = useList(`findings of ${compound}`, (after) => api.findings({ compound, order: 'desc' }, after));
  return (
    <section class="block">
      <h2>{t.findings.title}</h2>
      <List asked={asked} label={t.findings.title} empty={t.compounds.noFindings}>
        {(row) => <FindingRow row={row} who={who} here />}
      </List>
    </section>
  );
};

const Records = ({ compound, who }: { readonly compound: string; readonly who: Me }) => {
  const t = texts.value.compounds;
  const asked = useList(`records of ${compound}`, (after) => api.inspections({ compound }, after));
  return (
    <section class="block">
      <h2>{t.records}</h2>
      <List asked={asked} label={t.records} empty={t.noRecords}>
        {(row) => <RecordRow row={row} who={who} />}
      </List>
    </section>
  );
};

const RecordRow = ({ row, who }: { readonly row: Inspection; readonly who: Me }) => {
  const t = texts.value.compounds;
  const no = who.campaign.items.filter(({ id }) => row.answers[id] === 'no').map(({ num, label }) => `${num} ${label}`);
  return (
    <>
      <Row
        title={`${moment(row.recordedAt, language.value)} · ${t.byWhom(row.inspector.name, row.enteredBy?.name ?? null)}`}
        detail={dotted(no.length > 0 && t.notDone(no.join('；')), row.note)}
        mark={no.length === 0 && <Mark kind="done">{t.allDone}</Mark>}
      />
      <Photos photos={row.photos} />
    </>
  );
};
