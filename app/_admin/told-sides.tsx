import { useTranslations } from 'next-intl';
import { cx } from '../_ui/cx';
import { ScrollArea } from '../_ui/scroll-area';
import { Section } from '../_ui/sheet';
import { inputSigns } from './input-signs';

type Told = readonly [number | null, number | null];

/** Both stories around the frame in which they first differ, as `admin.session` gives them. */
export interface ToldSidesView {
  readonly disputedFrame: number;
  readonly disputedPlayer: number | null;
  readonly frames: readonly {
    readonly frame: number;
    readonly told: readonly [Told, Told];
    readonly differs: boolean;
  }[];
}

/** Both stories of a fight side by side: in each the inputs of both players, frame by frame. */
export function ToldSides({ told, names }: { told: ToldSidesView; names: readonly [string, string] }) {
  const t = useTranslations('admin.told');
  const accused = told.disputedPlayer === null ? undefined : names[told.disputedPlayer - 1];
  return (
    <Section title={t('title')} aside={accused ? t('accused', { name: accused }) : undefined}>
      <ScrollArea label={t('title')} className="sheet max-h-96">
        <table className="data-table" data-testid="told-sides">
          <thead>
            <tr>
              <th rowSpan={2} scope="col">
                {t('frame')}
              </th>
              {([1, 2] as const).map((teller) => (
                <th key={teller} colSpan={2} scope="colgroup">
                  {t('story', { player: teller })}
                </th>
              ))}
            </tr>
            <tr>
              {([1, 2] as const).flatMap((teller) =>
                names.map((name, player) => (
                  <th
                    key={`${teller} ${name}`}
                    scope="col"
                    className={player === 0 ? 'text-p1-text' : 'text-p2-text'}
                  >
                    {name}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {told.frames.map(({ frame, told: stories, differs }) => (
              <tr key={frame} className={cx(frame === told.disputedFrame && 'bg-bad/20')}>
                <th scope="row" className="figure">
                  {frame}
                  {differs ? <span className="ml-2 text-bad">≠ {t('differs')}</span> : null}
                </th>
                <Cells told={stories[0]} accused={differs ? told.disputedPlayer : null} />
                <Cells told={stories[1]} accused={differs ? told.disputedPlayer : null} />
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
      <p className="mt-2 text-data text-quiet">{t('signs')}</p>
    </Section>
  );
}

/** What one teller says of a frame; what the two differ about stands out. */
function Cells({ told: [one, two], accused }: { told: Told; accused: number | null }) {
  return (
    <>
      <td className={cx('figure', accused === 1 && 'font-semibold')}>{inputSigns(one)}</td>
      <td className={cx('figure', accused === 2 && 'font-semibold')}>{inputSigns(two)}</td>
    </>
  );
}
