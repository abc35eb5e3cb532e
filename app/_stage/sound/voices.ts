import type { SoundEvent, SoundKind } from './events';
import { breath, type Desk, drum, skin, wood } from './instruments';

/** How each event sounds. Dry wood and skin for blows, paper for ink, a big drum for the clock. */
export const VOICES = {
  hit(desk, { strength }) {
    const heavy = strength - 1;
    skin(desk, 210 - heavy * 26, 62 - heavy * 6, { volume: 0.5 + heavy * 0.12, length: 0.1 + heavy * 0.045 });
    breath(desk, 2600 - heavy * 400, 500, 1.1, { volume: 0.5 + heavy * 0.1, length: 0.05 + heavy * 0.018 });
    if (strength > 1) wood(desk, 320, { volume: 0.22, length: 0.05 });
    if (strength > 2) skin(desk, 90, 38, { after: 0.02, volume: 0.6, length: 0.3 });
  },
  block(desk, { strength }) {
    wood(desk, 880, { volume: 0.3, length: 0.05 });
    wood(desk, 560 - strength * 30, { after: 0.012, volume: 0.34, length: 0.08 });
  },
  throw(desk) {
    breath(desk, 500, 1800, 0.9, { volume: 0.3, length: 0.12 });
    skin(desk, 110, 40, { after: 0.05, volume: 0.8, length: 0.34 });
    wood(desk, 210, { after: 0.05, volume: 0.3, length: 0.09 });
  },
  tech(desk) {
    wood(desk, 700, { volume: 0.34, length: 0.06 });
    wood(desk, 1050, { after: 0.05, volume: 0.34, length: 0.1 });
  },
  clash(desk) {
    breath(desk, 3200, 700, 0.7, { volume: 0.4, length: 0.16 });
    wood(desk, 480, { volume: 0.3, length: 0.1 });
  },
  swing(desk, { strength }) {
    const long = 0.07 + strength * 0.03;
    breath(desk, 700, 2200 - strength * 260, 1.6, { volume: 0.1 + strength * 0.035, length: long });
  },
  shot(desk) {
    breath(desk, 400, 3600, 0.7, { volume: 0.28, length: 0.24 });
    skin(desk, 300, 120, { volume: 0.22, length: 0.16 });
  },
  jump(desk) {
    breath(desk, 320, 900, 1.2, { volume: 0.12, length: 0.09 });
  },
  land(desk) {
    skin(desk, 120, 60, { volume: 0.22, length: 0.07 });
  },
  fall(desk) {
    skin(desk, 100, 42, { volume: 0.6, length: 0.2 });
    breath(desk, 700, 200, 0.8, { volume: 0.3, length: 0.14 });
  },
  super(desk) {
    for (let i = 0; i < 5; i += 1) drum(desk, i * 0.075, 0.25 + i * 0.1);
    breath(desk, 200, 4200, 0.6, { volume: 0.26, length: 0.5 });
  },
  ko(desk) {
    drum(desk, 0, 1);
    skin(desk, 70, 30, { volume: 0.9, length: 0.9 });
    wood(desk, 240, { volume: 0.4, length: 0.14 });
    breath(desk, 1600, 120, 0.5, { volume: 0.4, length: 0.6 });
  },
  ready(desk) {
    drum(desk, 0, 0.4);
  },
  fight(desk) {
    drum(desk, 0, 0.6);
    drum(desk, 0.11, 0.8);
  },
  tick(desk) {
    drum(desk, 0, 0.34);
  },
  win(desk) {
    for (const [i, pitch] of [392, 523, 659].entries())
      wood(desk, pitch, { after: i * 0.11, volume: 0.34, length: 0.3 });
    drum(desk, 0.33, 0.7);
  },
} as const satisfies Record<SoundKind, (desk: Desk, event: SoundEvent) => void>;
