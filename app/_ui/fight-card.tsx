import type { ReactNode } from 'react';
import { cx } from './cx';

/**
 * Two names and a star between them: a challenge, or a match about to begin. Player 1 stands at the left
 * on vermilion, player 2 at the right on cobalt, as everywhere.
 */
export function FightCard({
  names,
  notes,
  pictures,
  lead,
  rule,
  children,
  className,
}: {
  names: readonly [ReactNode, ReactNode];
  /** A small line under each name. */
  notes?: readonly [ReactNode, ReactNode];
  /** Above each name, filling what its corner has left. */
  pictures?: readonly [ReactNode, ReactNode];
  /** One line above, such as who wants what. */
  lead?: ReactNode;
  /** Time left; shrinks to nothing over its duration. */
  rule?: { readonly durationMs: number; readonly label: string } | undefined;
  children?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cx('sheet sheet-lifted overflow-hidden', className)}>
      {lead ? <p className="border-b-2 border-line px-4 py-2 text-data font-semibold">{lead}</p> : null}
      <div className="relative grid grid-cols-2">
        <Corner side="p1" name={names[0]} note={notes?.[0]} picture={pictures?.[0]} />
        <Corner side="p2" name={names[1]} note={notes?.[1]} picture={pictures?.[1]} />
        <div
          aria-hidden="true"
          className="absolute top-1/2 left-1/2 grid size-20 -translate-1/2 place-items-center"
        >
          <span className="burst absolute inset-0 bg-ink" />
          <span className="burst absolute inset-[5px] bg-paper" />
          <span className="relative font-poster text-heading text-ink">VS</span>
        </div>
      </div>
      {rule ? (
        <div role="timer" aria-label={rule.label} className="h-1.5 bg-sunken">
          <div className="shrinks h-full bg-text" style={{ animationDuration: `${rule.durationMs}ms` }} />
        </div>
      ) : null}
      {children ? <div className="p-4">{children}</div> : null}
    </div>
  );
}

function Corner({
  side,
  name,
  note,
  picture,
}: {
  side: 'p1' | 'p2';
  name: ReactNode;
  note: ReactNode;
  picture: ReactNode;
}) {
  const isFirst = side === 'p1';
  return (
    <div
      className={cx(
        'relative flex min-w-0 flex-col overflow-hidden',
        picture ? 'min-h-40 justify-end pt-4 pb-3' : 'min-h-28 justify-center py-4',
        isFirst ? 'bg-p1 pr-11 pl-3 text-on-p1 sm:pl-4' : 'bg-p2 pr-3 pl-11 text-right text-on-p2 sm:pr-4',
      )}
    >
      <span
        aria-hidden="true"
        className="fade-down-fine fade-up absolute inset-x-0 bottom-0 h-[72px] bg-ink opacity-10"
      />
      {picture ? <span className="absolute inset-x-0 top-1 bottom-14">{picture}</span> : null}
      <span className="relative line-clamp-2 font-poster text-[clamp(1.05rem,4.4vw,1.5rem)] leading-[1.1] break-all">
        {name}
      </span>
      {note ? <span className="relative text-data font-semibold">{note}</span> : null}
    </div>
  );
}
