'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { SessionMetrics } from '../../engine/rollback/session';
import type { Route } from '../../proto/sessions';
import { LineFigures } from './line-figures';

/** Seconds that the graphs show. */
const SPAN_S = 10;
const SAMPLES_PER_SECOND = 30;
const SAMPLES = SPAN_S * SAMPLES_PER_SECOND;

/** Full scale of the graphs. */
const MAX_ROLLBACK_FRAMES = 12;
const MAX_PING_MS = 300;

/** Live figures of the netcode, for players who want to know why it felt like that (F3). */
export function NetcodeOverlay({
  metrics,
  route,
}: {
  metrics: () => SessionMetrics | undefined;
  route: Route | undefined;
}) {
  const ways = useTranslations('play.routes');
  const t = useTranslations('play.netcode');
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDListElement>(null);

  useEffect(() => {
    const rollback = new Float32Array(SAMPLES);
    const ping = new Float32Array(SAMPLES);
    let next = 0;
    let rollbackFramesSeen = 0;
    const timer = setInterval(() => {
      const now = metrics();
      if (!now) return;
      // The deepest rollback hides between two samples; frames simulated again since the last sample don't.
      rollback[next] = now.rollbackFrames > rollbackFramesSeen ? now.lastRollbackFrames : 0;
      rollbackFramesSeen = now.rollbackFrames;
      ping[next] = now.pingMs;
      next = (next + 1) % SAMPLES;
      const context = canvas.current?.getContext('2d');
      if (context) drawGraphs(context, rollback, ping, next);
      if (text.current && next % 6 === 0) writeFigures(text.current, now);
    }, 1000 / SAMPLES_PER_SECOND);
    return () => clearInterval(timer);
  }, [metrics]);

  return (
    <aside
      aria-label={t('title')}
      className="pointer-events-none absolute top-1/4 left-3 z-20 w-64 border-2 border-edge bg-ground/90 p-3 font-mono text-data tabular-nums"
    >
      <p className="mb-2 font-poster text-base">{t('title')}</p>
      <canvas ref={canvas} width={464} height={160} className="mb-2 block w-full" />
      <dl ref={text} className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-0.5">
        {FIGURES.map((figure) => (
          <div key={figure.key} className="contents">
            <dt className="text-quiet">{t(figure.key)}</dt>
            <dd className="text-right">–</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 flex justify-between">
        <span className="text-quiet">{t('route')}</span>
        {route ? ways(route) : '–'}
      </p>
      <LineFigures />
    </aside>
  );
}

const FIGURES = [
  { key: 'ping', read: (m) => `${m.pingMs.toFixed(0)} ±${m.jitterMs.toFixed(0)} ms` },
  { key: 'loss', read: (m) => `${(m.loss * 100).toFixed(1)} %` },
  { key: 'delay', read: (m) => String(m.inputDelayFrames) },
  { key: 'rollback', read: (m) => `${m.lastRollbackFrames} / ${m.maxRollbackFrames}` },
  { key: 'rollbacks', read: (m) => String(m.rollbacks) },
  { key: 'predicted', read: (m) => String(m.predictedFrames) },
  { key: 'stalls', read: (m) => String(m.stalls) },
  { key: 'lag', read: (m) => String(m.confirmationLagFrames) },
  { key: 'advantage', read: (m) => m.offsetFrames.toFixed(1) },
  {
    key: 'fairness',
    read: (m) => `${(m.fairness * 100).toFixed(0)} : ${(100 - m.fairness * 100).toFixed(0)}`,
  },
  { key: 'bytes', read: (m) => `${(m.bytesOut / 1024).toFixed(0)} / ${(m.bytesIn / 1024).toFixed(0)} KiB` },
] as const satisfies readonly { key: string; read: (metrics: SessionMetrics) => string }[];

function writeFigures(list: HTMLDListElement, metrics: SessionMetrics): void {
  const cells = list.querySelectorAll('dd');
  for (const [index, figure] of FIGURES.entries()) {
    const cell = cells[index];
    if (cell) cell.textContent = figure.read(metrics);
  }
}

/** Rollback depth as gold bars above, ping as a line below; the newest sample at the right. */
function drawGraphs(
  context: CanvasRenderingContext2D,
  rollback: Float32Array,
  ping: Float32Array,
  next: number,
) {
  const { width, height } = context.canvas;
  const style = getComputedStyle(context.canvas);
  const half = height / 2;
  context.clearRect(0, 0, width, height);
  context.fillStyle = style.getPropertyValue('--gold');
  for (let i = 0; i < SAMPLES; i += 1) {
    const depth = rollback[(next + i) % SAMPLES] ?? 0;
    const tall = (Math.min(depth, MAX_ROLLBACK_FRAMES) / MAX_ROLLBACK_FRAMES) * (half - 6);
    context.fillRect((i * width) / SAMPLES, half - 4 - tall, Math.max(1, width / SAMPLES), tall);
  }
  context.strokeStyle = style.getPropertyValue('--p2');
  context.lineWidth = 3;
  context.beginPath();
  for (let i = 0; i < SAMPLES; i += 1) {
    const share = Math.min(1, (ping[(next + i) % SAMPLES] ?? 0) / MAX_PING_MS);
    context.lineTo((i * width) / SAMPLES, height - 3 - share * (half - 8));
  }
  context.stroke();
  context.fillStyle = style.getPropertyValue('--edge');
  context.fillRect(0, half - 3, width, 2);
}
