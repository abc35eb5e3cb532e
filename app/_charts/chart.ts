import uPlot from 'uplot';
import { toDrawing } from './chart-columns';
import type { Field, MetricStore } from './metric-store';
import { stepAt } from './placing';

/** Design tokens that charts draw with, as names of CSS variables. */
export type Ink = '--p1' | '--p2' | '--gold' | '--good' | '--bad';

export interface ChartOptions {
  readonly store: MetricStore;
  readonly field: Field;
  readonly ink: Ink;
  readonly format: (value: number) => string;
  /** Smallest range that the value axis shows, such as 0 to 1 for a rate. */
  readonly range?: readonly [low: number, high: number] | undefined;
}

/** Least time between two drawings. Milliseconds. */
const DRAW_INTERVAL_MS = 50;
const FRAME_TOLERANCE_MS = 4;

/**
 * Draws a curve into `container` and keeps it up to date: a line of means over a band
 * from the smallest to the largest value. It shows everything and follows the newest point. A dragged
 * selection zooms in; if it reaches the newest point it goes on following; a double click shows
 * everything again.
 * @returns a function that removes the chart.
 */
export function mountChart(container: HTMLElement, options: ChartOptions): () => void {
  const { store, field, ink, format, range } = options;
  let colours = readColours(container, ink);
  let zoom: { from: number; to: number; follows: boolean } | undefined;
  let frame = 0;
  let drawnAt = 0;
  let drawnVersion = -1;

  const axis: uPlot.Axis = {
    stroke: () => colours.quiet,
    grid: { stroke: () => colours.grid, width: 1 },
    ticks: { show: false },
    font: '12px "IBM Plex Mono", ui-monospace, monospace',
  };
  const plot = new uPlot(
    {
      width: Math.max(1, container.clientWidth),
      height: Math.max(1, container.clientHeight),
      legend: { show: false },
      cursor: { drag: { x: true, y: false, setScale: false }, points: { show: false } },
      scales: {
        x: { time: false, auto: false, range: () => visible() },
        y: { range: (_self, low, high) => padded(low, high, range) },
      },
      axes: [
        {
          ...axis,
          size: 30,
          values: (_self, positions) =>
            positions.map((position) => shortNumber(stepAt(store.placing.stretches, position))),
        },
        { ...axis, size: 64, values: (_self, values) => values.map(format) },
      ],
      series: [
        {},
        { stroke: 'transparent', points: { show: false } },
        { stroke: 'transparent', points: { show: false } },
        { stroke: () => colours.ink, width: 2, points: { show: false } },
      ],
      bands: [{ series: [2, 1], fill: () => colours.band }],
      hooks: {
        drawClear: [drawMarks],
        setSelect: [
          (self) => {
            if (self.select.width < 8) return;
            const from = self.posToVal(self.select.left, 'x');
            const to = self.posToVal(self.select.left + self.select.width, 'x');
            zoom = { from, to, follows: to >= lastStep() };
            self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            draw();
          },
        ],
      },
    },
    [[], [], [], []],
    container,
  );

  // The chart asks for its range while it is made: what that leads to is declared as functions, which are there at once.
  function lastStep(): number {
    return store.curve(field).newest?.position ?? 0;
  }
  /** Where the line is interrupted: before a restart of the trainer, and where nothing was measured that is a number. */
  function breaks(): number[] {
    const restarts = store.placing.stretches.slice(1).map(({ from }) => from);
    return [...restarts, ...store.curve(field).holes.map(({ from }) => from)].sort((a, b) => a - b);
  }
  /** Behind the curve: bars where it has no number, and a dashed line where the trainer began anew. */
  function drawMarks({ ctx, bbox, valToPos, scales }: uPlot): void {
    const at = (position: number) =>
      Math.min(Math.max(valToPos(position, 'x', true), bbox.left), bbox.left + bbox.width);
    ctx.save();
    ctx.fillStyle = colours.hole;
    for (const { from, to } of store.curve(field).holes) {
      if (to < (scales.x?.min ?? 0)) continue;
      const width = Math.max(at(to) - at(from), 2 * devicePixelRatio);
      ctx.fillRect(Math.min(at(from), bbox.left + bbox.width - width), bbox.top, width, bbox.height);
    }
    ctx.strokeStyle = colours.quiet;
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    for (const { from } of store.placing.stretches.slice(1)) {
      const x = valToPos(from, 'x', true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }
  /** The positions that the chart shows. All charts of a training start at 0 and end together. */
  function visible(): [number, number] {
    const end = Math.max(lastStep(), store.placing.last ?? 0, 1);
    if (!zoom) return [0, end];
    return zoom.follows ? [end - (zoom.to - zoom.from), end] : [zoom.from, zoom.to];
  }
  function draw(): void {
    drawnVersion = store.version;
    const [from, to] = visible();
    const columns = plot.bbox.width / devicePixelRatio;
    const drawing = toDrawing(store.curve(field).series, from, to, columns, breaks());
    plot.setData([drawing.steps, drawing.min, drawing.max, drawing.last]);
    plot.setScale('x', { min: from, max: to });
  }
  function schedule(): void {
    if (frame === 0) frame = requestAnimationFrame(tick);
  }
  function tick(now: number): void {
    frame = 0;
    if (store.version === drawnVersion) return;
    // Frames are 16.7 ms apart, give or take a little: the third one is due, not the fourth.
    if (now - drawnAt < DRAW_INTERVAL_MS - FRAME_TOLERANCE_MS) {
      schedule();
      return;
    }
    drawnAt = now;
    draw();
  }
  const showAll = () => {
    zoom = undefined;
    draw();
  };

  const resizes = new ResizeObserver(() => {
    const { clientWidth, clientHeight } = container;
    if (clientWidth === 0 || clientHeight === 0) return;
    plot.setSize({ width: clientWidth, height: clientHeight });
    draw();
  });
  resizes.observe(container);
  const themes = new MutationObserver(() => {
    colours = readColours(container, ink);
    plot.redraw();
  });
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  const unsubscribe = store.subscribe(schedule);
  container.addEventListener('dblclick', showAll);
  draw();

  return () => {
    cancelAnimationFrame(frame);
    unsubscribe();
    resizes.disconnect();
    themes.disconnect();
    container.removeEventListener('dblclick', showAll);
    plot.destroy();
  };
}

function readColours(element: HTMLElement, ink: Ink) {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim() || 'gray';
  return {
    ink: colour(ink),
    band: `color-mix(in srgb, ${colour(ink)} 22%, transparent)`,
    grid: `color-mix(in srgb, ${colour('--quiet')} 22%, transparent)`,
    quiet: colour('--quiet'),
    hole: `color-mix(in srgb, ${colour('--bad')} 55%, transparent)`,
  };
}

/** The values' range, a little wider, at least `least`, and never of no height. */
function padded(
  low: number | null,
  high: number | null,
  least?: readonly [number, number],
): [number, number] {
  const from = Math.min(low ?? 0, least?.[0] ?? Number.POSITIVE_INFINITY);
  const to = Math.max(high ?? 1, least?.[1] ?? Number.NEGATIVE_INFINITY);
  if (least && from === least[0] && to === least[1]) return [from, to];
  const margin = (to - from) * 0.05 || Math.max(Math.abs(to) * 0.05, 0.01);
  return [from - margin, to + margin];
}

/** 1500 as 1.5k, 2000000 as 2M. */
export function shortNumber(value: number): string {
  if (Math.abs(value) >= 1e6) return `${Number((value / 1e6).toFixed(2))}M`;
  if (Math.abs(value) >= 1e3) return `${Number((value / 1e3).toFixed(2))}k`;
  return String(Number(value.toFixed(2)));
}
