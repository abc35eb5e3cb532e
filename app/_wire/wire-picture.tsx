import { useTranslations } from 'next-intl';
import type { WireSample } from '../../proto/wire-report';
import type { Tellers } from './diagnose';
import { MarkLanes } from './mark-lanes';
import { Panel } from './panel';
import {
  bandPath,
  barsPath,
  clock,
  durationOf,
  linePath,
  type Place,
  scaleOf,
  sharesOf,
  ticksOf,
} from './picture-layout';
import { RouteBand } from './route-band';

const DASH = '10 7';

/** The line over time: panels one above the other on one axis of time, player 1 above and solid, player 2 below and dashed. */
export function WirePicture({
  tellers,
  called,
  cursorMs,
}: {
  tellers: Tellers;
  called: readonly [string, string];
  /** The moment that is read. */
  cursorMs: number;
}) {
  const t = useTranslations('wire');
  const durationMs = durationOf(tellers);
  const [one, two] = [tellers[0]?.samples ?? [], tellers[1]?.samples ?? []];
  const both = [...one, ...two];
  const largest = (read: (sample: WireSample) => number) =>
    both.reduce((most, s) => Math.max(most, read(s)), 0);
  const ping: Place = { durationMs, top: scaleOf(largest((s) => s.ping + s.jitter)) };
  const depth: Place = {
    durationMs,
    top: Math.max(
      8,
      largest((s) => s.deepest),
    ),
  };
  const loss: Place = { durationMs, top: scaleOf(Math.max(10, largest((s) => s.loss) / 10)) };
  const sides = `↑ ${called[0]} · ↓ ${called[1]}`;
  const percentLost = (sample: WireSample) => sample.loss / 10;
  const isCursor = { left: `${(100 * Math.min(cursorMs, durationMs)) / durationMs}%` };
  return (
    <div className="relative grid gap-4" data-testid="wire-picture">
      <Panel title={t('panels.ping')} note={`0–${t('axis.ms', { value: ping.top })}`} tall>
        <path d={jitterBand(one, ping)} className="fill-p1/25" />
        <path d={jitterBand(two, ping)} className="fill-p2/25" />
        <Line path={linePath(one, (s) => s.ping, ping)} side={1} />
        <Line path={linePath(two, (s) => s.ping, ping)} side={2} />
      </Panel>
      <Panel
        title={t('panels.rollback')}
        note={`${sides} · ${t('axis.frames', { value: depth.top })}`}
        middle
      >
        <path d={barsPath(one, (s) => s.deepest, depth, 'up')} className="fill-p1" />
        <path d={barsPath(two, (s) => s.deepest, depth, 'down')} className="fill-p2" />
      </Panel>
      <Panel title={t('panels.loss')} note={`${sides} · ${t('axis.percent', { value: loss.top })}`} middle>
        <path d={barsPath(one, percentLost, loss, 'up')} className="fill-p1" />
        <path d={barsPath(two, percentLost, loss, 'down')} className="fill-p2" />
      </Panel>
      <Panel title={t('panels.fairness')} note={sides} middle>
        <path
          d={fairnessLine(tellers, durationMs)}
          className="stroke-text"
          strokeWidth="2.5"
          fill="none"
          vectorEffect="non-scaling-stroke"
        />
      </Panel>
      <MarkLanes tellers={tellers} called={called} durationMs={durationMs} />
      <RouteBand samples={one.length >= two.length ? one : two} durationMs={durationMs} />
      <div aria-hidden="true" className="relative h-6 font-mono text-data text-quiet tabular-nums">
        {ticksOf(durationMs).map((atMs) => (
          <span
            key={atMs}
            className="absolute border-l-2 border-edge pl-1"
            style={{ left: `${(100 * atMs) / durationMs}%` }}
          >
            {clock(atMs)}
          </span>
        ))}
      </div>
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 w-0.5 bg-text/60"
        style={isCursor}
      />
    </div>
  );
}

function jitterBand(samples: readonly WireSample[], place: Place): string {
  return bandPath(
    samples,
    ({ ping, jitter }) => ping - jitter,
    ({ ping, jitter }) => ping + jitter,
    place,
  );
}

/** Above the middle player 1 carried more. */
function fairnessLine(tellers: Tellers, durationMs: number): string {
  const side = (tellers[0]?.samples.length ?? 0) >= (tellers[1]?.samples.length ?? 0) ? 1 : 2;
  const shares = sharesOf(tellers[side - 1]?.samples ?? [], side);
  return linePath(shares, (sample) => sample.loss, { durationMs, top: 100 });
}

function Line({ path, side }: { path: string; side: 1 | 2 }) {
  return (
    <path
      d={path}
      className={side === 1 ? 'stroke-p1' : 'stroke-p2'}
      strokeWidth="2.5"
      fill="none"
      vectorEffect="non-scaling-stroke"
      {...(side === 2 ? { strokeDasharray: DASH } : {})}
    />
  );
}
