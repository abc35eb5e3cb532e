import { useFormatter, useTranslations } from 'next-intl';
import { useId } from 'react';
import type { WireSample } from '../../proto/wire-report';
import type { Tellers } from './diagnose';
import { clock, durationOf, sampleAt } from './picture-layout';

const STEP_MS = 1_000;

/** Reads the picture at one moment, by mouse, finger or arrow keys. */
export function Moment({
  tellers,
  called,
  atMs,
  onMove,
}: {
  tellers: Tellers;
  called: readonly [string, string];
  atMs: number;
  onMove: (atMs: number) => void;
}) {
  const t = useTranslations('wire');
  const id = useId();
  const durationMs = durationOf(tellers);
  return (
    <div className="mt-3 grid gap-3">
      <label htmlFor={id} className="sr-only">
        {t('cursor')}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={Math.floor(durationMs / STEP_MS) * STEP_MS}
        step={STEP_MS}
        value={atMs}
        aria-valuetext={clock(atMs)}
        onChange={(event) => onMove(Number(event.currentTarget.value))}
        className="h-11 w-full accent-gold"
      />
      <div className="grid gap-3 sm:grid-cols-2">
        {([1, 2] as const).map((side) => (
          <Reading
            key={side}
            side={side}
            title={`${called[side - 1]} · ${clock(atMs)}`}
            sample={sampleAt(tellers[side - 1]?.samples ?? [], atMs)}
          />
        ))}
      </div>
    </div>
  );
}

function Reading({ side, title, sample }: { side: 1 | 2; title: string; sample: WireSample | undefined }) {
  const t = useTranslations('wire');
  const routes = useTranslations('play.routes');
  const format = useFormatter();
  const ms = (value: number) => t('axis.ms', { value });
  const figures = [
    ['ping', sample && ms(sample.ping)],
    ['jitter', sample && ms(sample.jitter)],
    ['loss', sample && t('axis.percent', { value: format.number(sample.loss / 10) })],
    ['deepest', sample && t('axis.frames', { value: sample.deepest })],
    ['waited', sample && ms(sample.waited)],
    ['ahead', sample && format.number(sample.ahead / 10)],
    ['delay', sample && t('axis.frames', { value: sample.delay })],
    ['route', sample && routes(sample.route)],
  ] as const;
  return (
    <div className="border-2 border-line bg-raised p-3">
      <h3 className={`truncate font-semibold ${side === 1 ? 'text-p1-text' : 'text-p2-text'}`}>{title}</h3>
      <dl className="mt-2 grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5 text-data">
        {figures.map(([key, value]) => (
          <div key={key} className="contents">
            <dt className="text-quiet">{t(`columns.${key}`)}</dt>
            <dd className="figure text-right">{value ?? '–'}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
