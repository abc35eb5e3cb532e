import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { watchHref } from './watch-href';

/** A fight that can be watched now. */
export interface FightRow {
  readonly matchId: string;
  readonly names: readonly [string, string];
  readonly characters: readonly [number, number];
  /** Unknown for matches that another process streams. */
  readonly viewers: number | undefined;
}

/** One fight as a strip of two inks: who against whom, and how many look on. */
export function FightTile({ row, fighterNames }: { row: FightRow; fighterNames: readonly [string, string] }) {
  const t = useTranslations('watch');
  return (
    <Link href={watchHref(row)} className="sheet group block overflow-hidden no-underline">
      <span className="relative grid grid-cols-2">
        <Side side="p1" name={row.names[0]} fighter={fighterNames[0]} />
        <Side side="p2" name={row.names[1]} fighter={fighterNames[1]} />
        <span
          aria-hidden="true"
          className="burst absolute top-1/2 left-1/2 grid size-12 -translate-1/2 place-items-center bg-paper font-poster text-data text-ink transition-[scale] duration-150 group-hover:scale-125"
        >
          VS
        </span>
      </span>
      <span className="flex justify-between gap-3 px-3 py-1.5 text-data">
        <span className="inline-flex items-center gap-1.5 font-semibold text-good">
          <span aria-hidden="true">●</span>
          {t('live')}
        </span>
        <span className="text-quiet">
          {row.viewers === undefined ? t('watchIt') : t('viewers', { count: row.viewers })}
        </span>
      </span>
    </Link>
  );
}

function Side({ side, name, fighter }: { side: 'p1' | 'p2'; name: string; fighter: string }) {
  return (
    <span
      className={
        side === 'p1'
          ? 'min-w-0 bg-p1 py-2.5 pr-7 pl-3 text-on-p1'
          : 'min-w-0 bg-p2 py-2.5 pr-3 pl-7 text-right text-on-p2'
      }
    >
      <span className="block truncate font-poster text-lead leading-tight">{name}</span>
      <span className="block truncate text-data">{fighter === name ? '\u00a0' : fighter}</span>
    </span>
  );
}
