// What was sent and what waits, failed or may have arrived: with the reason, and a button to send it again.

import { useState } from 'preact/hooks';
import { api } from '../api.ts';
import { useList } from '../load.ts';
import type { Delivery } from '../model.ts';
import { Chips, dotted, List, Mark, type MarkKind, Row } from '../parts/list.tsx';
import { place, to, turn, whyOf } from '../state.ts';
import { language, texts } from '../texts.ts';
import { count, moment } from '../words.ts';

const states = ['failed', 'unknown', 'waiting', 'sent', 'expired'] as const;
const kinds: Readonly<Record<Delivery['state'], MarkKind>> = {
  waiting: 'due',
  sent: 'done',
  failed: 'late',
  unknown: 'late',
  expired: 'plain',
};

export const DeliveriesView = () => {
  const t = texts.value.deliveries;
  const state = states.find((one) => one === place.value.query.state) ?? 'failed';
  const asked = useList(`deliveries ${state}`, (after) => api.deliveries({ state }, after));
  return (
    <>
      <h1 class="place-title">{t.title}</h1>
      <Chips
        label={t.title}
        chosen={state}
        options={states.map((id) => ({ id, label: t.states[id], href: to('deliveries', '', { state: id }) }))}
      />
      <List asked={asked} label={t.states[state]} empty={t.empty}>
        {(row) => <DeliveryRow row={row} />}
      </List>
    </>
  );
};

const DeliveryRow = ({ row }: { readonly row: Delivery }) => {
  const t = texts.value.deliveries;
  const said = language.value;
  const again = row.state === 'failed' || row.state === 'unknown' || row.state === 'expired';
  return (
    <Row
      title={`${t.kinds[row.kind] ?? row.kind} · ${row.to ?? t.group}`}
      detail={dotted(
        row.channel,
        row.sentAt ? t.at(moment(row.sentAt, said)) : t.notBefore(moment(row.notBefore, said)),
        row.attempts > 1 && t.attempts(count(row.attempts)),
        row.state === 'unknown' && t.unknownAbout,
        row.error,
      )}
      mark={
        <>
          <Mark kind={kinds[row.state]}>{t.states[row.state]}</Mark>
          {again && <Resend id={row.id} />}
        </>
      }
    />
  );
};

const Resend = ({ id }: { readonly id: string }) => {
  const t = texts.value.deliveries;
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const press = (): void => {
    if (busy) return;
    setBusy(true);
    api
      .resend(id)
      .then(
        () => {
          setSaid(t.resent);
          turn.value += 1;
        },
        (error: unknown) => setSaid(whyOf(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <>
      <button type="button" class="button button-small" aria-disabled={busy || undefined} onClick={press}>
        {t.resend}
      </button>
      <span class="row-said" role="status">
        {said}
      </span>
    </>
  );
};
