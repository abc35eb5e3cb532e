import { useTranslations } from 'next-intl';
import { moveListOf } from '../../engine/fighter/move-list';
import { Section } from '../_ui/sheet';
import { ActionTable } from './action-table';
import type { ShownDevice } from './command-keys';
import { MoveTable } from './move-table';

/**
 * All that can be played with a character, from the data that the rules read. Its width decides between tables and cards.
 * @param character id in the roster
 * @param device whose keys or buttons to show; `any` leaves it to a `DeviceChoice` around it
 */
export function MoveList({ character, device }: { character: number; device: ShownDevice }) {
  const t = useTranslations('moves');
  const { actions, moves } = moveListOf(character);
  return (
    <div className="@container grid gap-8">
      <Section title={t('title')}>
        <MoveTable moves={moves} device={device} />
      </Section>
      <Section title={t('everybody')}>
        <ActionTable actions={actions} device={device} />
        <p className="mt-3 text-data text-quiet">{t('sides')}</p>
      </Section>
    </div>
  );
}
