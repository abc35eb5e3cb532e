'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { ACTION_COMMANDS, type ActionId, type Command, MOVE_COMMANDS } from '../../engine/fighter/commands';
import { Button } from '../_ui/button';
import { cx } from '../_ui/cx';
import { CommandKeys } from './command-keys';
import type { Device } from './labels';
import { onPadPress } from './pad-press';

/** What has a button of its own; on glass the button says so itself. */
const BUTTONS = [
  { key: 'light', command: MOVE_COMMANDS.LIGHT },
  { key: 'heavy', command: MOVE_COMMANDS.HEAVY },
  { key: 'special', command: MOVE_COMMANDS.SPECIAL },
  { key: 'throw', command: MOVE_COMMANDS.THROW },
  { key: 'super', command: MOVE_COMMANDS.SUPER },
] as const;

/** In the order in which a beginner needs them. */
const ACTIONS = [
  ...(['walk', 'jump', 'crouch', 'guardHigh', 'guardLow'] as const),
  ...(['throwBreak', 'dash', 'backDash'] as const),
] satisfies ActionId[];

/** Keys that move between things on a page, or do nothing alone: reading on is no answer. */
const READING_KEYS: ReadonlySet<string> = new Set(['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'AltGraph']);

/**
 * The controls on one card. Any key, button or touch closes it by `onClose`, and goes where it would have gone
 * without the card; without `onClose` it stays.
 */
export function ControlsCard({
  device,
  onClose,
  className,
}: {
  device: Device;
  onClose?: (() => void) | undefined;
  className?: string;
}) {
  const t = useTranslations('moves');
  const buttons = useTranslations('play.buttons');
  useClosedByAnything(onClose);
  return (
    <section
      aria-label={t('card.title')}
      className={cx('sheet sheet-lifted relative z-20 p-4 short:py-2', className)}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 className="font-poster text-heading">{t('card.title')}</h2>
        {onClose ? (
          <Button small className="pointer-events-auto" onClick={onClose}>
            {t('card.close')}
          </Button>
        ) : null}
      </div>
      <dl className="mt-3 grid grid-cols-1 gap-x-6 gap-y-1.5 min-[26rem]:grid-cols-2 short:grid-cols-3 short:gap-y-0.5">
        {(device === 'touch' ? [] : BUTTONS).map(({ key, command }) => (
          <Row key={key} name={buttons(key)} commands={[command]} device={device} />
        ))}
        {ACTIONS.map((id) => (
          <Row key={id} name={t(`actions.${id}.name`)} commands={shortOf(id)} device={device} />
        ))}
      </dl>
      <p className="mt-3 text-data text-quiet short:mt-1">
        {t('sides')} {t(`card.menu.${device}`)}
      </p>
    </section>
  );
}

/** On the card straight up stands for every jump. */
function shortOf(id: ActionId): readonly Command[] {
  return id === 'jump' ? ACTION_COMMANDS.jump.slice(0, 1) : ACTION_COMMANDS[id];
}

function Row({ name, commands, device }: { name: ReactNode; commands: readonly Command[]; device: Device }) {
  return (
    <div className="flex items-center justify-between gap-2">
      <dt className="text-data font-semibold">{name}</dt>
      <dd>
        <CommandKeys commands={commands} device={device} />
      </dd>
    </div>
  );
}

function useClosedByAnything(onClose: (() => void) | undefined): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!READING_KEYS.has(event.key)) close.current?.();
    };
    const onPointer = () => close.current?.();
    window.addEventListener('keydown', onKey);
    window.addEventListener('pointerdown', onPointer);
    const stopPad = onPadPress(onPointer);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('pointerdown', onPointer);
      stopPad();
    };
  }, []);
}
