// The letter: which unit stands where, and the ledger of those that were late.

import { api } from '../api.ts';
import { useList } from '../load.ts';
import type { LedgerRow, Letter } from '../model.ts';
import { Chips, dotted, List, Mark, type MarkKind, Row } from '../parts/list.tsx';
import { place, to } from '../state.ts';
import { language, texts } from '../texts.ts';
import { count, moment } from '../words.ts';
import { PlaceCrumbs } from './place-crumbs.tsx';

const groups = ['unsigned', 'signed', 'signed_late', 'unreachable', 'undecided', 'refused'] as const;

const kinds: Readonly<Record<string, MarkKind>> = {
  signed: 'done',
  signed_late: 'done',
  refused: 'late',
  unreachable: 'late',
};

export const LettersView = () => {
  const t = texts.value.letters;
  const { zone = null, area = null, group: asked } = place.value.query;
  const ledger = asked === 'ledger';
  const group = groups.find((one) => one === asked) ?? 'unsigned';
  return (
    <>
      <PlaceCrumbs zone={zone} area={area} view="letters" />
      <h1 class="place-title">{t.title}</h1>
      <Chips
        label={t.title}
        chosen={ledger ? 'ledger' : group}
        options={[
          ...groups.map((id) => ({
            id,
            label: t.groups[id] as string,
            href: to('letters', '', { zone, area, group: id }),
          })),
          { id: 'ledger', label: t.ledger, href: to('letters', '', { zone, area, group: 'ledger' }) },
        ]}
      />
      {ledger ? <Ledger zone={zone} area={area} /> : <Letters zone={zone} area={area} group={group} />}
    </>
  );
};

interface Narrowed {
  readonly zone: string | null;
  readonly area: string | null;
}

const Letters = ({ zone, area, group }: Narrowed & { readonly group: (typeof groups)[number] }) => {
  const t = texts.value.letters;
  const asked = useList(`letters ${group} ${zone} ${area}`, (after) => api.letters({ group, zone, area }, after));
  return (
    <List asked={asked} label={t.groups[group]} empty={t.empty}>
      {(row) => <LetterRow row={row} />}
    </List>
  );
};

const LetterRow = ({ row }: { readonly row: Letter }) => {
  const t = texts.value.letters;
  return (
    <Row
      title={row.unit}
      detail={dotted(
        row.area,
        row.signatory?.name ?? t.noSignatory,
        row.reminders > 0 && t.reminders(count(row.reminders)),
        row.rung !== null && t.rung(String(row.rung)),
      )}
      mark={
        <Mark kind={kinds[row.state] ?? 'due'}>
          {row.signedAt ? t.signedAt(moment(row.signedAt, language.value)) : (t.states[row.state] ?? row.state)}
        </Mark>
      }
    />
  );
};

const Ledger = ({ zone, area }: Narrowed) => {
  const t = texts.value.letters;
  const asked = useList(`ledger ${zone} ${area}`, (after) => api.ledger({ zone, area }, after));
  return (
    <>
      <p class="about">{t.ledgerAbout}</p>
      <List asked={asked} label={t.ledger} empty={t.ledgerEmpty}>
        {(row: LedgerRow) => (
          <Row
            title={row.unit}
            detail={dotted(
              row.area,
              t.frozen(t.states[row.stateThen] ?? row.stateThen),
              t.attempts(count(row.attempts)),
              row.reason,
            )}
            mark={
              row.signedLateAt && <Mark kind="done">{t.signedLater(moment(row.signedLateAt, language.value))}</Mark>
            }
          />
        )}
      </List>
    </>
  );
};
