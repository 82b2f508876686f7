// Who is to inspect what on a day, and how far they are; the home duties of the phase beside it.

import { api } from '../api.ts';
import { useList } from '../load.ts';
import type { Assignment, Me } from '../model.ts';
import { Chips, dotted, List, Mark, type MarkKind, Row } from '../parts/list.tsx';
import { on, place, to } from '../state.ts';
import { language, texts } from '../texts.ts';
import { shortDay } from '../words.ts';
import { PlaceCrumbs } from './place-crumbs.tsx';

const groups = ['open', 'done', 'done_late', 'excused', 'excluded'] as const;

const kinds: Readonly<Record<string, MarkKind>> = {
  open: 'due',
  partial: 'due',
  lapsed: 'late',
  done: 'done',
  done_late: 'done',
  covered: 'done',
};

export const AssignmentsView = ({ who }: { readonly who: Me }) => {
  const t = texts.value.assignments;
  const { zone = null, area = null } = place.value.query;
  const kind = place.value.query.kind === 'home' ? 'home' : 'zone';
  const group = groups.find((one) => one === place.value.query.group) ?? null;
  const day = on.value ?? who.day;
  // Home duties are of the whole phase, and stay on the list when it is over.
  const of = kind === 'zone' ? day : null;
  const asked = useList(`assignments ${kind} ${group} ${zone} ${area} ${of}`, (after) =>
    api.assignments({ on: of, kind, group, zone, area }, after),
  );
  return (
    <>
      <PlaceCrumbs zone={zone} area={area} view="assignments" />
      <h1 class="place-title">{kind === 'zone' ? `${t.title} · ${shortDay(day, language.value)}` : t.kinds.home}</h1>
      <Chips
        label={t.title}
        chosen={kind}
        options={(['zone', 'home'] as const).map((id) => ({
          id,
          label: t.kinds[id],
          href: to('assignments', '', { zone, area, kind: id }),
        }))}
      />
      <Chips
        label={texts.value.all}
        chosen={group ?? ''}
        options={[
          { id: '', label: texts.value.all, href: to('assignments', '', { zone, area, kind }) },
          ...groups.map((id) => ({
            id: id as string,
            label: t.groups[id] as string,
            href: to('assignments', '', { zone, area, kind, group: id }),
          })),
        ]}
      />
      <List asked={asked} label={t.title} empty={t.empty}>
        {(row) => <AssignmentRow row={row} />}
      </List>
    </>
  );
};

const AssignmentRow = ({ row }: { readonly row: Assignment }) => {
  const t = texts.value.assignments;
  const said = language.value;
  return (
    <Row
      title={row.compoundName ?? t.noCompound}
      detail={dotted(
        row.personName,
        row.area,
        row.reasons.map((reason) => t.reasons[reason] ?? reason).join(said === 'en' ? ', ' : '、'),
        row.to !== row.from && t.window(shortDay(row.from, said), row.to && shortDay(row.to, said)),
      )}
      mark={<Mark kind={kinds[row.state] ?? 'plain'}>{t.states[row.state] ?? row.state}</Mark>}
      {...(row.compound ? { href: to('compound', row.compound) } : {})}
    />
  );
};
