// Charts for pages where people would rather look than read. Loaded only where one stands:
//   <figure data-module="Shell/charts" data-chart="/situations/…/pulse.json" data-topics="changed:situation:…" class="chart">
//     <figcaption>…</figcaption> <table>…the same figures, for those who do not see it…</table> </figure>
// The address answers ChartData (Shell/ChartData.cs). Colours come from the tokens, so levels look the same everywhere.
import { init, use, type EChartsType } from 'echarts/core';
import { LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

type Point = [time: number, value: number];
type MaybePoint = [time: number, value: number | null];
type ChartData = {
  unit: string;
  series: { name: string; points: MaybePoint[] };
  expected?: { name: string; low: Point[]; high: Point[] };
  forecast?: { name: string; points: Point[]; low: Point[]; high: Point[] };
  thresholds?: { name: string; value: number; level: number }[];
  marks?: { name: string; at: number; level?: number }[];
  blind?: { name: string; from: number; to: number }[];
  zone: string;
};

const still = matchMedia('(prefers-reduced-motion: reduce)').matches;

export function start(element: HTMLElement): void {
  const box = document.createElement('div');
  box.className = 'chart-box';
  element.prepend(box);
  const chart = init(box, undefined, { renderer: 'svg' });
  let data: ChartData | undefined;
  let held = false;
  let pending = false;

  const draw = () => data && paint(chart, element, data);
  const load = async () => {
    if (held) {
      pending = true;
      return;
    }
    const answer = await fetch(element.dataset.chart ?? '');
    if (!answer.ok) return;
    data = await answer.json() as ChartData;
    draw();
    element.dataset.drawn = '';
  };

  // A chart slides only when nobody points at it.
  box.addEventListener('pointerenter', () => { held = true; });
  box.addEventListener('pointerleave', () => {
    held = false;
    if (pending) {
      pending = false;
      void load();
    }
  });
  for (const topic of (element.dataset.topics ?? '').split(/[\s,]+/).filter(each => each.startsWith('changed:'))) {
    document.body.addEventListener(topic, () => void load());
  }
  new ResizeObserver(() => chart.resize()).observe(box);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  void load();
}

/** The value of a token as it is in this place and this light. */
function colour(element: HTMLElement, token: string): string {
  const probe = document.createElement('i');
  probe.hidden = false;
  probe.style.color = `var(${token})`;
  element.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

function paint(chart: EChartsType, element: HTMLElement, data: ChartData): void {
  const ink = colour(element, '--ink');
  const soft = colour(element, '--ink-soft');
  const line = colour(element, '--hairline');
  const font = getComputedStyle(element).fontFamily;
  const language = document.documentElement.lang === 'pl' ? 'pl' : 'en-GB';
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZone: data.zone });
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: data.zone });
  const exact = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: data.zone });
  const span = (data.series.points.at(-1)?.[0] ?? 0) - (data.series.points[0]?.[0] ?? 0);
  const label = { color: soft, fontFamily: font, fontSize: 12 };
  const hidden = { lineStyle: { opacity: 0 }, symbol: 'none', silent: true, tooltip: { show: false } } as const;

  const band = (name: string, low: Point[], high: Point[], fill: string, opacity: number) => [
    { type: 'line', name: `${name} 0`, stack: name, data: low, ...hidden },
    { type: 'line', name, stack: name, data: high.map(([at, value], i) => [at, value - (low[i]?.[1] ?? 0)]), areaStyle: { color: fill, opacity }, ...hidden },
  ];

  chart.setOption({
    animation: !still,
    animationDuration: 200,
    textStyle: { fontFamily: font },
    grid: { left: 40, right: 16, top: 28, bottom: 28 },
    xAxis: {
      type: 'time',
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
      axisLabel: { ...label, hideOverlap: true, formatter: (at: number) => (span > 48 * 3_600_000 ? day : clock).format(at) },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      name: data.unit,
      nameTextStyle: { ...label, align: 'left', padding: [0, 0, 0, -28] },
      nameGap: 12,
      splitLine: { lineStyle: { color: line } },
      axisLabel: label,
    },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: ink,
      borderWidth: 0,
      padding: [6, 10],
      textStyle: { color: colour(element, '--paper'), fontFamily: font, fontSize: 13 },
      axisPointer: { lineStyle: { color: soft, type: 'solid', width: 1 } },
      formatter: (shown: { seriesName: string; value: MaybePoint }[]) => {
        const own = shown.find(each => each.seriesName === data.series.name);
        if (!own) return '';
        const blind = data.blind?.find(each => own.value[0] >= each.from && own.value[0] < each.to);
        return [exact.format(own.value[0]), own.value[1] === null ? '' : `${own.value[1]} ${data.unit}`, blind?.name].filter(Boolean).join('\n');
      },
    },
    series: [
      ...(data.expected ? band(data.expected.name, data.expected.low, data.expected.high, colour(element, '--band'), 1) : []),
      ...(data.forecast ? band(data.forecast.name, data.forecast.low, data.forecast.high, soft, 0.15) : []),
      {
        type: 'line',
        name: data.series.name,
        data: data.series.points,
        symbol: 'none',
        lineStyle: { color: ink, width: 1.75 },
        markArea: {
          silent: true,
          animation: false,
          itemStyle: { color: soft, opacity: 0.12 },
          label: { ...label, position: 'insideBottom' },
          data: (data.blind ?? []).map(each => [{ name: each.name, xAxis: each.from }, { xAxis: each.to }]),
        },
        markLine: {
          symbol: 'none',
          silent: true,
          animation: false,
          data: [
            ...(data.thresholds ?? []).map(each => ({
              yAxis: each.value,
              lineStyle: { color: colour(element, `--level-${each.level}`), type: 'dashed', width: 1.5 },
              label: { ...label, formatter: each.name, position: 'insideStartTop' },
            })),
            ...(data.marks ?? []).map(each => ({
              xAxis: each.at,
              lineStyle: { color: each.level ? colour(element, `--level-${each.level}`) : soft, type: 'solid', width: 1 },
              label: { ...label, formatter: each.name, position: 'end', rotate: 0 },
            })),
          ],
        },
      },
      ...(data.forecast ? [{ type: 'line', name: data.forecast.name, data: data.forecast.points, symbol: 'none', lineStyle: { color: soft, type: 'dashed', width: 1.5 } }] : []),
    ],
  }, { notMerge: true });
}
