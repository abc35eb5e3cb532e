import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Advantage, ListedMove, Trait } from '../../engine/fighter/move-list';
import { cx } from '../_ui/cx';
import { CommandKeys, type ShownDevice } from './command-keys';

const FIGURES = ['guard', 'startup', 'active', 'recovery', 'damage', 'onHit', 'onBlock'] as const;

/** A character's moves with their figures: a table where there is room for one, else cards that say what each figure is. */
export function MoveTable({ moves, device }: { moves: readonly ListedMove[]; device: ShownDevice }) {
  const t = useTranslations('moves');
  return (
    <div>
      <table className="block w-full text-data @5xl:table">
        <caption className="sr-only">{t('title')}</caption>
        <thead className="sr-only @5xl:not-sr-only @5xl:table-header-group">
          <tr className="text-left text-quiet">
            {(['move', 'input', ...FIGURES, 'cancels'] as const).map((column) => (
              <th
                key={column}
                scope="col"
                className="border-b-2 border-line py-1.5 pr-4 font-semibold whitespace-nowrap"
              >
                {t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="grid grid-cols-1 gap-3 @xl:grid-cols-2 @5xl:table-row-group">
          {moves.map((move) => (
            <MoveRow key={move.id} move={move} device={device} />
          ))}
        </tbody>
      </table>
      <p className="mt-3 text-data text-quiet">{t('columnsHint')}</p>
    </div>
  );
}

function MoveRow({ move, device }: { move: ListedMove; device: ShownDevice }) {
  const t = useTranslations('moves');
  const names = useTranslations('moves.names');
  return (
    <tr className="grid grid-cols-4 content-start gap-x-3 gap-y-2 border-2 border-line bg-raised p-3 @5xl:table-row @5xl:border-0 @5xl:bg-transparent">
      <th
        scope="row"
        className="col-span-full text-left font-normal @5xl:max-w-56 @5xl:border-b @5xl:border-line @5xl:py-2 @5xl:pr-4 @5xl:align-top"
      >
        <span className="font-poster text-lead leading-tight">{names(move.id)}</span>
        {move.traits.map((trait) => (
          <span key={trait.trait} className="block text-quiet">
            <TraitWords trait={trait} />
          </span>
        ))}
      </th>
      <Figure wide>
        <CommandKeys commands={[move.command]} device={device} />
      </Figure>
      <Figure label={t('columns.guard')} wide>
        {t(`guards.${move.guard}`)}
      </Figure>
      <Figure label={t('columns.startup')}>{move.startup}</Figure>
      <Figure label={t('columns.active')}>{move.active}</Figure>
      <Figure label={t('columns.recovery')}>{move.recovery}</Figure>
      <Figure label={t('columns.damage')}>
        {move.damage}
        {move.chip > 0 ? <span className="block text-quiet">{t('chip', { chip: move.chip })}</span> : null}
      </Figure>
      <Figure label={t('columns.onHit')} half>
        <AdvantageFigure of={move.onHit} />
      </Figure>
      <Figure label={t('columns.onBlock')} half>
        <AdvantageFigure of={move.onBlock} />
      </Figure>
      <Figure label={t('columns.cancels')} wide>
        {move.cancelsInto.length > 0 ? move.cancelsInto.map((id) => names(id)).join(', ') : '–'}
      </Figure>
    </tr>
  );
}

/** A cell. On a card its column's name stands with it; in the table, and for ears, at the head of the column. */
function Figure({
  label,
  half,
  wide,
  children,
}: {
  label?: string;
  half?: boolean;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <td
      className={cx(
        '@5xl:border-b @5xl:border-line @5xl:py-2 @5xl:pr-4 @5xl:align-top',
        wide && 'col-span-full',
        half && 'col-span-2',
      )}
    >
      {label ? (
        <span aria-hidden="true" className={cx('text-quiet @5xl:hidden', wide ? 'mr-2' : 'block')}>
          {label}
        </span>
      ) : null}
      {children}
    </td>
  );
}

function AdvantageFigure({ of }: { of: Advantage }) {
  const t = useTranslations('moves.advantage');
  if (typeof of !== 'number') return t(of);
  return <span className="figure">{of > 0 ? `+${of}` : of < 0 ? `−${-of}` : '0'}</span>;
}

function TraitWords({ trait }: { trait: Trait }) {
  const t = useTranslations('moves.traits');
  return t(trait.trait, { ...trait });
}
