// Says what a list is narrowed to, and takes it away.

import type { ViewName } from '../place.ts';
import { place, to } from '../state.ts';
import { texts } from '../texts.ts';

interface PlaceCrumbsProps {
  readonly zone: string | null;
  readonly area: string | null;
  readonly view: ViewName;
}

export const PlaceCrumbs = ({ zone, area, view }: PlaceCrumbsProps) => {
  if (!zone && !area) return null;
  const { zone: _zone, area: _area, on: _on, ...rest } = place.value.query;
  return (
    <p class="crumbs">
      {zone && <a href={to('zone', zone)}>{zone}</a>}
      {area && <a href={to('area', area)}>{area}</a>}
      <a href={to(view, '', rest)}>{texts.value.all}</a>
    </p>
  );
};
