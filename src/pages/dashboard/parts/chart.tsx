// A chart with a title that says the finding. The drawing library is fetched when the chart comes into sight, and until then,
// or where it does not come, the figures stand in a table.

import { useEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../texts.ts';
import type { ChartData } from './draw-chart.ts';

interface ChartProps {
  readonly title: string;
  readonly data: ChartData;
  readonly height?: 'low' | 'tall';
}

export const Chart = ({ title, data, height = 'low' }: ChartProps) => {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(typeof IntersectionObserver === 'undefined');
  const [failed, setFailed] = useState(false);
  const key = JSON.stringify(data);

  useEffect(() => {
    const element = box.current;
    if (seen || !element) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [seen]);

  useEffect(() => {
    const element = box.current;
    if (!seen || !element) return;
    let dispose: (() => void) | null = null;
    let wanted = true;
    import('./draw-chart.ts').then(
      ({ drawChart }) => {
        if (wanted) dispose = drawChart(element, data);
      },
      () => setFailed(true),
    );
    return () => {
      wanted = false;
      dispose?.();
    };
  }, [seen, key]);

  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div class={`chart-box chart-${height}`} ref={box} aria-hidden="true" hidden={failed} />
      <details open={failed}>
        <summary>{texts.value.charts.table}</summary>
        <div class="table-scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{data.kind === 'lines' ? texts.value.charts.day : ''}</th>
                {data.series.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.labels.map((label, i) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {data.series.map(({ name, values }) => (
                    <td key={name}>{values[i]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
};
