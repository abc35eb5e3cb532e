import { useTranslations } from 'next-intl';
import type { ListedAction } from '../../engine/fighter/move-list';
import { CommandKeys, type ShownDevice } from './command-keys';

/** What every fighter can do beside the moves with a name: how, and what comes of it. */
export function ActionTable({ actions, device }: { actions: readonly ListedAction[]; device: ShownDevice }) {
  const t = useTranslations('moves');
  return (
    <dl className="grid grid-cols-1 gap-x-8 gap-y-3 text-data @xl:grid-cols-2 @5xl:grid-cols-3">
      {actions.map(({ id, commands, numbers }) => (
        <div key={id}>
          <dt className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold">
            {t(`actions.${id}.name`)}
            <CommandKeys commands={commands} device={device} />
          </dt>
          <dd className="mt-1 text-quiet">{t(`actions.${id}.hint`, { ...numbers })}</dd>
        </div>
      ))}
    </dl>
  );
}
