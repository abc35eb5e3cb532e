import { useTranslations } from 'next-intl';
import type { WireMark, WireMarkType } from '../../proto/wire-report';
import type { Tellers } from './diagnose';
import { Caption } from './panel';
import { otherSide, type Side } from './statements';

type Look = 'wait' | 'frozen' | 'gone' | 'pause' | 'practice';

/** How a mark looks, and whether it is said of the player whose page told it. */
const LOOK_OF = {
  wait: { look: 'wait', isOwn: true },
  frozen: { look: 'frozen', isOwn: true },
  silent: { look: 'gone', isOwn: true },
  reload: { look: 'gone', isOwn: true },
  away: { look: 'gone', isOwn: false },
  held: { look: 'gone', isOwn: false },
  pause: { look: 'pause', isOwn: true },
  practice: { look: 'practice', isOwn: true },
  route: undefined,
} as const satisfies Record<WireMarkType, { readonly look: Look; readonly isOwn: boolean } | undefined>;

/** Shapes differ as well as inks: a state is never told by colour alone. */
const SHAPES = {
  wait: 'inset-y-1 bg-gold',
  frozen: 'inset-y-0 bg-bad',
  gone: 'inset-y-1 border-2 border-text bg-text/25',
  pause: 'inset-y-2 border-2 border-dashed border-edge',
  practice: 'bottom-0 h-1 bg-gold',
} as const satisfies Record<Look, string>;

const LOOKS: readonly Look[] = ['wait', 'frozen', 'gone', 'pause', 'practice'];

/** When the fight stood still or somebody was gone: a lane for each player, and what the shapes mean. */
export function MarkLanes({
  tellers,
  called,
  durationMs,
}: {
  tellers: Tellers;
  called: readonly [string, string];
  durationMs: number;
}) {
  const t = useTranslations('wire');
  return (
    <figure className="m-0 min-w-0">
      <Caption title={t('panels.marks')} note={`↑ ${called[0]} · ↓ ${called[1]}`} />
      <div aria-hidden="true" className="grid gap-1">
        {([1, 2] as const).map((side) => (
          <div key={side} className="relative h-8 overflow-hidden border-2 border-line bg-sunken">
            {shownMarks(tellers, side).map(({ mark, look }) => (
              <span
                key={`${look} ${mark.at} ${mark.span}`}
                className={`absolute min-w-1 ${SHAPES[look]}`}
                style={{
                  left: `${(100 * mark.at) / durationMs}%`,
                  width: `${(100 * Math.min(mark.span, durationMs - mark.at)) / durationMs}%`,
                }}
              />
            ))}
          </div>
        ))}
      </div>
      <ul className="relative z-10 flex flex-wrap gap-x-5 gap-y-1 bg-ground pt-2 text-data text-quiet">
        {LOOKS.map((look) => (
          <li key={look} className="flex items-center gap-2">
            <span aria-hidden="true" className="relative inline-block h-5 w-5 bg-sunken">
              <span className={`absolute inset-x-0 ${SHAPES[look]}`} />
            </span>
            {t(`marks.${look}`)}
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** The marks that are said of a player, the longest first so that shorter ones lie on them. */
function shownMarks(tellers: Tellers, side: Side): { readonly mark: WireMark; readonly look: Look }[] {
  const of = (teller: Side) =>
    (tellers[teller - 1]?.marks ?? []).flatMap((mark) => {
      const shown = LOOK_OF[mark.type];
      const about = shown?.isOwn ? teller : otherSide(teller);
      return shown && about === side ? [{ mark, look: shown.look }] : [];
    });
  return [...of(1), ...of(2)].sort((a, b) => b.mark.span - a.mark.span);
}

/** What a mark is called; undefined for one that is not shown. */
export function lookOf(type: WireMark['type']): Look | undefined {
  return LOOK_OF[type]?.look;
}
