// Draws with echarts: in a chunk of its own, only what is used. Colours and type are those of the page's tokens, light and
// dark. On canvas, with tooltips drawn too: the page's security policy allows no styles in markup.

import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

export interface ChartData {
  /** `lines` over days; `bars` = a part of a whole for each label. */
  readonly kind: 'lines' | 'bars';
  readonly labels: readonly string[];
  readonly series: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly tone: 'accent' | 'due' | 'late' | 'rest';
  }[];
}

/** Returns what takes the drawing away again. */
export const drawChart = (element: HTMLElement, data: ChartData): (() => void) => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chart = init(element);
  const draw = (): void => chart.setOption(data.kind === 'lines' ? lines(data) : bars(data), true);
  const resize = new ResizeObserver(() => chart.resize());
  draw();
  resize.observe(element);
  dark.addEventListener?.('change', draw);
  return () => {
    resize.disconnect();
    dark.removeEventListener?.('change', draw);
    chart.dispose();
  };
};

const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const tones = () => ({
  accent: token('accent'),
  due: token('due'),
  late: token('late'),
  rest: token('line'),
});

const text = () => ({ fontFamily: token('font'), color: token('ink-muted'), fontSize: 13 });

const tooltip = () => ({
  trigger: 'axis' as const,
  renderMode: 'richText' as const,
  backgroundColor: token('surface'),
  borderColor: token('line'),
  textStyle: { ...text(), color: token('ink') },
  confine: true,
});

const quietAxis = () => ({
  axisLine: { lineStyle: { color: token('line') } },
  axisTick: { show: false },
  axisLabel: text(),
});

const still = matchMedia('(prefers-reduced-motion: reduce)').matches;

const lines = ({ labels, series }: ChartData) => {
  const color = tones();
  return {
    animation: !still,
    animationDuration: 300,
    textStyle: text(),
    grid: { left: 4, right: 76, top: 12, bottom: 4, containLabel: true },
    tooltip: tooltip(),
    xAxis: { type: 'category' as const, data: [...labels], boundaryGap: false, ...quietAxis() },
    yAxis: {
      type: 'value' as const,
      min: 0,
      minInterval: 1,
      splitNumber: 3,
      splitLine: { lineStyle: { color: token('line') } },
      axisLabel: text(),
    },
    series: series.map(({ name, values, tone }, i) => ({
      type: 'line' as const,
      name,
      data: [...values],
      symbol: 'circle',
      symbolSize: 6,
      showSymbol: values.length < 2,
      lineStyle: { width: 2.5, color: color[tone] },
      itemStyle: { color: color[tone] },
      areaStyle: i === 0 ? { color: color[tone], opacity: 0.1 } : { opacity: 0 },
      // The line's own name at its end: no legend to look up.
      endLabel: { show: true, formatter: `${name} {c}`, ...text(), color: color[tone], fontWeight: 600 as const },
      labelLayout: { moveOverlap: 'shiftY' as const },
    })),
  };
};

const bars = ({ labels, series }: ChartData) => {
  const color = tones();
  const [part, rest] = series;
  return {
    animation: !still,
    animationDuration: 300,
    textStyle: text(),
    grid: { left: 4, right: 84, top: 4, bottom: 4, containLabel: true },
    tooltip: { ...tooltip(), axisPointer: { type: 'shadow' as const } },
    yAxis: {
      type: 'category' as const,
      data: [...labels],
      inverse: true,
      ...quietAxis(),
      axisLabel: { ...text(), color: token('ink') },
    },
    xAxis: { type: 'value' as const, min: 0, show: false },
    series: [
      {
        type: 'bar' as const,
        name: part?.name,
        stack: 'whole',
        barMaxWidth: 18,
        data: [...(part?.values ?? [])],
        itemStyle: { color: color[part?.tone ?? 'accent'] },
      },
      {
        type: 'bar' as const,
        name: rest?.name,
        stack: 'whole',
        barMaxWidth: 18,
        data: [...(rest?.values ?? [])],
        itemStyle: { color: color[rest?.tone ?? 'rest'] },
        label: {
          show: true,
          position: 'right' as const,
          ...text(),
          color: token('ink'),
          formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
            const n = part?.values[dataIndex] ?? 0;
            return `${n} / ${n + (rest?.values[dataIndex] ?? 0)}`;
          },
        },
      },
    ],
  };
};
