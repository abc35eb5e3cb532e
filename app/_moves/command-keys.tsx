import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import type { Command, Press } from '../../engine/fighter/commands';
import { KeyCap } from './key-cap';
import { buttonCaps, DEVICES, type Device, directionLabels } from './labels';

/** `any` writes a command for every device and shows the one that `DeviceChoice`, or the kind of pointer, asks for. */
export type ShownDevice = Device | 'any';

const SHOWN_FOR: Readonly<Record<Device, string>> = {
  keyboard:
    'contents group-data-[device=pad]/device:hidden group-data-[device=touch]/device:hidden pointer-coarse:group-data-[device=auto]/device:hidden',
  pad: 'hidden group-data-[device=pad]/device:contents',
  touch:
    'hidden group-data-[device=touch]/device:contents pointer-coarse:group-data-[device=auto]/device:contents',
};

/** What to press for something: alternatives beside each other, presses after each other. */
export function CommandKeys({ commands, device }: { commands: readonly Command[]; device: ShownDevice }) {
  if (commands.length === 0) return null;
  if (device !== 'any') return <Alternatives commands={commands} device={device} />;
  return DEVICES.map((shown) => (
    <span key={shown} className={SHOWN_FOR[shown]}>
      <Alternatives commands={commands} device={shown} />
    </span>
  ));
}

function Alternatives({ commands, device }: { commands: readonly Command[]; device: Device }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      {commands.map((command, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: commands of one thing never change their order
        <Fragment key={index}>
          {index > 0 ? <Between>·</Between> : null}
          <CommandLine command={command} device={device} />
        </Fragment>
      ))}
    </span>
  );
}

function CommandLine({ command, device }: { command: Command; device: Device }) {
  const t = useTranslations('moves');
  return command.map((press, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: presses of one command never change their order
    <Fragment key={index}>
      {index > 0 ? <Between>{t('then')}</Between> : null}
      <PressedTogether press={press} device={device} />
    </Fragment>
  ));
}

function PressedTogether({ press, device }: { press: Press; device: Device }) {
  const directions = useTranslations('moves.directions');
  const buttons = useTranslations('play.buttons');
  return (
    <span className="inline-flex items-center gap-1">
      {press.directions.map((direction, index) => (
        <Fragment key={direction}>
          {index > 0 ? <Between>+</Between> : null}
          <KeyCap
            labels={directionLabels(device, direction)}
            word={<span className="sr-only">{directions(direction)}</span>}
          />
        </Fragment>
      ))}
      {buttonCaps(device, press.buttons).map(({ name, labels }, index) => (
        <Fragment key={name}>
          {index + press.directions.length > 0 ? <Between>+</Between> : null}
          <KeyCap labels={labels} word={labels.length === 0 ? buttons(name) : undefined} />
        </Fragment>
      ))}
    </span>
  );
}

function Between({ children }: { children: string }) {
  return <span className="text-data text-quiet">{children}</span>;
}
