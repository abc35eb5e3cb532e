'use client';

import { ControlsCard } from './controls-card';
import { useDevice } from './use-device';
import { useFirstControls } from './use-first-controls';

/** The card of controls for who has not seen it yet with the device at hand. It is over when what is around it is. */
export function FirstControls({ className }: { className?: string }) {
  const device = useDevice();
  const { isDue, close } = useFirstControls(device);
  return isDue ? (
    <ControlsCard device={device} onClose={close} {...(className ? { className } : {})} />
  ) : null;
}
