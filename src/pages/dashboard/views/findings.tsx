// The findings with their clocks: what is to be put right and by when, and the story of one of them.

import { api } from '../api.ts';
import { useList, useLoaded } from '../load.ts';
import type { Finding, FindingStory, Me } from '../model.ts';
import { Chips, dotted, List, Mark, type MarkKind, Row } from '../parts/list.tsx';
import { Photos } from '../parts/photos.tsx';
import { LoadedView } from '../parts/states.tsx';
import { place, to } from '../state.ts';
import { language, texts } from '../texts.ts';
import { count, daysBetween, longDay, moment } from '../words.ts';
import { PlaceCrumbs } from './place-crumbs.tsx';

const groups = ['to_fix', 'overdue', 'to_verify', 'verified', 'withdrawn'] as const;
const toFix = ['open', 'notified', 'claimed', 'reopened'];

export const FindingsView = ({ who }: { readonly who: Me }) => {
  const t = texts.value.findings;
  const { zone = null, area = null, group: asked } = place.value.query;
  const group = groups.find((one) => one === asked) ?? 'to_fix';
  // What waits longest comes first; what is settled, the newest.
  const order = group === 'verified' || group === 'withdrawn' ? 'desc' : 'asc';
  const list = useList(`findings ${group} ${zone} ${area}`, (after) =>
    api.findings({ group, zone, area, order }, after),
  );
  return (
    <>
      <PlaceCrumbs zone={zone} area={area} view="findings" />
      <h1 class="place-title">{t.title}</h1>
      <Chips
        label={t.title}
        chosen={group}
        options={groups.map((id) => ({ id, label: t.groups[id], href: to('findings', '', { zone, area, group: id }) }))}
      />
      <List asked={list} label={t.groups[group]} empty={t.empty}>
        {(row) => <FindingRow row={row} who={who} />}
      </List>
    </>
  );
};

/** The clock of a finding in words: how long the town still has. */
export const clockOf = (finding: Finding, today: string): { readonly kind: MarkKind; readonly words: string } => {
  const t = texts.value.findings;
  const last = finding.promisedOn ?? finding.dueOn;
  if (!toFix.includes(finding.state)) {
    return {
      kind: finding.state === 'reported' ? 'due' : finding.state === 'withdrawn' ? 'plain' : 'done',
      words: t.states[finding.state] ?? finding.state,
    };
  }
  if (last === null) return { kind: 'due', words: t.notNotified };
  const days = daysBetween(today, last);
  if (days < 0) return { kind: 'late', words: t.overdueBy(count(-days)) };
  return { kind: 'due', words: days === 0 ? t.dueToday : t.dueIn(count(days)) };
};

const itemOf = (who: Me, id: string): string => {
  const item = who.campaign.items.find((one) => one.id === id);
  return item ? `${item.num} ${item.label}` : id;
};

export const FindingRow = ({
  row,
  who,
  here = false,
}: {
  readonly row: Finding;
  readonly who: Me;
  readonly here?: boolean;
}) => {
  const t = texts.value.findings;
  const clock = clockOf(row, who.day);
  const last = row.promisedOn ?? row.dueOn;
  const item = itemOf(who, row.item);
  return (
    <Row
      title={here ? item : `${row.compoundName} · ${item}`}
      detail={dotted(
        !here && row.area,
        row.company,
        row.verifiedAt
          ? t.verified(moment(row.verifiedAt, language.value))
          : row.reportedAt
            ? t.reported(moment(row.reportedAt, language.value))
            : last &&
              (row.promisedOn ? t.promised(longDay(last, language.value)) : t.due(longDay(last, language.value))),
        row.referredAt && t.referred,
      )}
      mark={<Mark kind={clock.kind}>{clock.words}</Mark>}
      href={to('finding', row.id)}
    />
  );
};

export const FindingView = ({ id, who }: { readonly id: string; readonly who: Me }) => {
  const { state, retry } = useLoaded(`finding ${id}`, () => api.finding(id));
  return (
    <LoadedView state={state} retry={retry}>
      {(finding) => <Story finding={finding} who={who} />}
    </LoadedView>
  );
};

const Story = ({ finding, who }: { readonly finding: FindingStory; readonly who: Me }) => {
  const t = texts.value.findings;
  const clock = clockOf(finding, who.day);
  const last = finding.promisedOn ?? finding.dueOn;
  return (
    <>
      <p class="crumbs">
        {finding.zone && <a href={to('zone', finding.zone)}>{finding.zone}</a>}
        <a href={to('area', finding.area)}>{finding.area}</a>
        <a href={to('compound', finding.compound)}>{finding.compoundName}</a>
      </p>
      <h1 class="place-title">{itemOf(who, finding.item)}</h1>
      <p class="facts">
        <Mark kind={clock.kind}>{clock.words}</Mark>{' '}
        {dotted(
          finding.company,
          last &&
            (finding.promisedOn ? t.promised(longDay(last, language.value)) : t.due(longDay(last, language.value))),
        )}
      </p>
      <Photos photos={finding.photos} />
      <section class="block">
        <h2>{t.story}</h2>
        <ol class="story">
          {finding.events.map(({ at, kind, by }, i) => (
            <li key={`${at} ${kind} ${i}`}>
              <span class="story-at">{moment(at, language.value)}</span>
              <span class="story-what">{t.events[kind.replace(/^finding\./, '')] ?? kind}</span>
              <span class="story-by">{by === 'system' ? t.bySystem : by.name}</span>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
};
