import { useTranslations } from 'next-intl';
import type { Route } from '../../proto/sessions';
import type { WireSample } from '../../proto/wire-report';
import { Caption } from './panel';
import { routeStretches } from './picture-layout';

const INK = {
  direct: 'bg-good/30',
  turn: 'bg-gold/30',
  server: 'bg-gold/60',
} as const satisfies Record<Route, string>;

/** By which way the packets went. */
export function RouteBand({ samples, durationMs }: { samples: readonly WireSample[]; durationMs: number }) {
  const t = useTranslations('wire.panels');
  const routes = useTranslations('play.routes');
  const stretches = routeStretches(samples);
  const used = [...new Set(stretches.map(({ route }) => route))];
  return (
    <figure className="m-0 min-w-0">
      <Caption title={t('route')} note={used.map((route) => routes(route)).join(' → ')} />
      <div aria-hidden="true" className="relative h-8 overflow-hidden border-2 border-line bg-sunken">
        {stretches.map(({ route, at, to }) => (
          <span
            key={at}
            className={`absolute inset-y-0 truncate border-r-2 border-line px-2 text-data leading-7 text-text ${INK[route]}`}
            style={{ left: `${(100 * at) / durationMs}%`, width: `${(100 * (to - at)) / durationMs}%` }}
          >
            {routes(route)}
          </span>
        ))}
      </div>
    </figure>
  );
}
