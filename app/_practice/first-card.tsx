import { ControlsCard } from '../_moves/controls-card';
import type { Device } from '../_moves/labels';
import type { useFirstControls } from '../_moves/use-first-controls';
import { cx } from '../_ui/cx';

/** The card of controls over a local match, for who has not had it yet. */
export function FirstCard({
  device,
  controls,
  className,
}: {
  device: Device;
  controls: ReturnType<typeof useFirstControls>;
  className: string;
}) {
  if (!controls.isDue) return null;
  return (
    <div className={cx('pointer-events-none absolute inset-x-3 z-20 grid place-items-center', className)}>
      <ControlsCard device={device} onClose={controls.close} className="slides-in w-full max-w-xl" />
    </div>
  );
}
