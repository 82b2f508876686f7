// The plan's part of the pack: names, dates, slots.

import { Check, DayField, NumberField, Said, Select, TextField, TimeField } from '../fields.tsx';
import type { Pack, Slot } from '../model.ts';
import { write } from '../state.ts';
import { texts } from '../texts.ts';

export const Basics = ({ pack }: { readonly pack: Pack }) => {
  const t = texts.value.basics;
  return (
    <div class="block">
      <TextField path={['plan', 'title']} label={t.title} />
      <TextField path={['plan', 'short_title']} label={t.short} optional />
      {pack.plan.strands.map(({ id, name }, i) => (
        <TextField key={id} path={['plan', 'strands', i, 'name']} label={t.strand(name)} />
      ))}
    </div>
  );
};

export const Dates = ({ pack }: { readonly pack: Pack }) => {
  const t = texts.value.dates;
  return (
    <>
      {pack.plan.strands.map(({ id, name, phases }, i) =>
        phases.length === 0 ? null : (
          <fieldset key={id} class="block">
            <legend>{name}</legend>
            {phases.map((phase, j) => (
              <Phase key={phase.id} path={['plan', 'strands', i, 'phases', j]} label={phase.label} end={phase.end} />
            ))}
          </fieldset>
        ),
      )}
      <fieldset class="block">
        <legend>{t.deadlines}</legend>
        <Said path={['plan', 'deadlines']} />
        {pack.plan.deadlines.map(({ id, date, who }, i) => {
          const name = t.names[id] ?? who ?? id;
          const path = ['plan', 'deadlines', i];
          return (
            <div key={id} class="row">
              {date === undefined ? (
                <NumberField path={[...path, 'working_days']} label={`${name} · ${t.workingDays}`} />
              ) : (
                <DayField path={[...path, 'date']} label={`${name} · ${t.date}`} />
              )}
              <Said path={path} />
            </div>
          );
        })}
      </fieldset>
    </>
  );
};

const Phase = ({
  path,
  label,
  end,
}: {
  readonly path: readonly (string | number)[];
  readonly label: string | null;
  readonly end: string | null;
}) => {
  const t = texts.value.dates;
  return (
    <div class="row">
      {label !== null && <TextField path={[...path, 'label']} label={t.phase} narrow />}
      <DayField path={[...path, 'start']} label={t.start} />
      {end === null ? <Said path={[...path, 'end']} /> : <DayField path={[...path, 'end']} label={t.end} />}
      <Check label={t.open} on={end === null} onChange={(on) => write([...path, 'end'], on ? null : '')} />
    </div>
  );
};

/** In the order of a day. */
const KINDS = ['assignments', 'reminders', 'next_day', 'hand_over', 'tally', 'digest', 'day_close', 'backup'];

export const Slots = ({ pack }: { readonly pack: Pack }) => {
  const t = texts.value.slots;
  return (
    <>
      <p class="about">{t.about}</p>
      <Said path={['plan', 'schedule']} />
      {KINDS.map((kind) => {
        const slot = pack.plan.schedule[kind];
        return slot ? <SlotRow key={kind} kind={kind} slot={slot} /> : null;
      })}
    </>
  );
};

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const SlotRow = ({ kind, slot }: { readonly kind: string; readonly slot: Slot }) => {
  const t = texts.value.slots;
  const path = ['plan', 'schedule', kind];
  const { days } = slot;
  const toggle = (day: string, on: boolean): void =>
    write(
      [...path, 'days'],
      WEEK.filter((one) => (one === day ? on : days.includes(one))),
    );
  return (
    <fieldset class="block">
      <legend>{t.names[kind] ?? kind}</legend>
      <div class="row">
        <TimeField path={[...path, 'at']} label={t.at} />
        <Select
          path={[...path, 'days']}
          label={t.days}
          chosen={typeof days === 'string' ? days : 'chosen'}
          options={[
            { id: 'working', label: t.working },
            { id: 'every', label: t.every },
            { id: 'chosen', label: t.chosen },
          ]}
          onChoose={(id) => write([...path, 'days'], id === 'chosen' ? ['mon', 'thu'] : id)}
        />
        <NumberField path={[...path, 'grace_minutes']} label={t.grace} />
      </div>
      {typeof days !== 'string' && (
        <div class="row">
          {WEEK.map((day) => (
            <Check key={day} label={t.week[day] ?? day} on={days.includes(day)} onChange={(on) => toggle(day, on)} />
          ))}
        </div>
      )}
    </fieldset>
  );
};
