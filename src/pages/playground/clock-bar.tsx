// The movable clock: what time it is in the campaign, and three ways to go on. Not a part of the chat, and looks it.

import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../look/icon.tsx';
import { moveClock } from './actions.ts';
import { HintBubble } from './hints.tsx';
import type { Slot, Stage } from './model.ts';
import { clockBase, clockMoving, connection, nowMs, stage } from './state.ts';
import { texts } from './texts.ts';
import { instantAt, type Wall, wallOf } from './time.ts';

const EVENING = '20:00';
/** A new day is entered shortly before its first slot, so that a visitor sees it begin. */
const MORNING = '08:25';

export const ClockBar = () => {
  const shown = stage.value;
  return (
    <section class="clock-bar" aria-label={texts.clock.bar}>
      <div class="clock-row">
        <ClockFace />
        {shown?.canMoveClock ? <Moves stage={shown} /> : <span class="clock-fixed">{shown && texts.clock.fixed}</span>}
      </div>
      {connection.value === 'offline' && (
        <p class="clock-offline" role="status">
          <Icon name="warning" />
          {texts.failure.offline}
        </p>
      )}
      <HintBubble lesson="clock" />
    </section>
  );
};

const ClockFace = () => {
  if (!stage.value) return <span class="clock-face">{texts.loading}…</span>;
  const wall = wallOf(nowMs.value, clockBase.value.offset);
  return (
    <span class="clock-face">
      <span class="clock-label">{texts.clock.now}</span>
      <span class="clock-day">{wall.dayText}</span>
      <time class="clock-time" dateTime={`${wall.day}T${wall.time}`}>
        {wall.time}
      </time>
    </span>
  );
};

interface Move {
  readonly to: string;
  /** On a desk. */
  readonly label: string;
  /** On a phone: two short lines. */
  readonly short: string;
  readonly sub: string;
}

const Moves = ({ stage }: { readonly stage: Stage }) => {
  const [chosen, choose] = useState<string | null>(null);
  const moving = clockMoving.value;
  useEffect(() => {
    if (!moving) choose(null);
  }, [moving]);
  return (
    <span class="clock-moves">
      {movesOf(stage, nowMs.value, clockBase.value.offset).map((move) => (
        <button
          key={move.label}
          type="button"
          class="clock-move"
          aria-disabled={moving || undefined}
          aria-busy={(moving && chosen === move.to) || undefined}
          onClick={() => {
            choose(move.to);
            void moveClock(move.to);
          }}
        >
          {moving && chosen === move.to ? (
            <span>
              <span class="spinner" />
              {texts.clock.moving}
            </span>
          ) : (
            <>
              <span class="clock-long">{move.label}</span>
              <span class="clock-short">{move.short}</span>
              <span class="clock-sub">{move.sub}</span>
            </>
          )}
        </button>
      ))}
    </span>
  );
};

const movesOf = (stage: Stage, now: number, offset: number): readonly Move[] => {
  const today = wallOf(now, offset).day;
  const shortOf = (wall: Wall): string =>
    wall.day === today ? texts.clock.shortTo(wall.time) : texts.clock.shortTomorrow(wall.time);
  const moves: Move[] = [];

  const next = nextSlotOf(stage.nextSlots, now);
  if (next) {
    const wall = wallOf(Date.parse(next.at), offset);
    const when = wall.day === today ? wall.time : `${wall.shortDay} ${wall.time}`;
    moves.push({ to: next.at, label: texts.clock.toNext(when, next.label), short: shortOf(wall), sub: next.label });
  }
  const evening = eveningAfter(now, offset);
  if (!next || Date.parse(evening) !== Date.parse(next.at)) {
    const wall = wallOf(Date.parse(evening), offset);
    const label = wall.day === today ? texts.clock.shortTo(EVENING) : texts.clock.tomorrow(EVENING);
    moves.push({
      to: evening,
      label,
      short: shortOf(wall),
      sub: labelsAt(stage.nextSlots, evening) || texts.clock.evening,
    });
  }
  const morning = instantAt(now, offset, MORNING, 1);
  const sub = wallOf(Date.parse(morning), offset).shortDay;
  moves.push({ to: morning, label: texts.clock.nextDay, short: texts.clock.nextDay, sub });
  return moves;
};

const eveningAfter = (now: number, offset: number): string => {
  const today = instantAt(now, offset, EVENING, 0);
  return Date.parse(today) > now ? today : instantAt(now, offset, EVENING, 1);
};

/** The next slot that is still to come; slots of the same minute are named together. */
export const nextSlotOf = (slots: readonly Slot[], now: number): Slot | null => {
  const first = slots.find((slot) => Date.parse(slot.at) > now);
  return first ? { ...first, label: labelsAt(slots, first.at) } : null;
};

const labelsAt = (slots: readonly Slot[], instant: string): string =>
  slots
    .filter((slot) => Date.parse(slot.at) === Date.parse(instant))
    .map((slot) => slot.label)
    .join('、');
