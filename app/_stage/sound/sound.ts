import type { SoundEvent } from './events';
import { createMixer, type Mixer } from './mixer';
import { Once } from './once';
import { VOICES } from './voices';

/** Effects of one match. */
export interface Sound extends Omit<Mixer, 'play'> {
  /** Plays what hasn't been played yet; silent before `unlock`. */
  play(events: readonly SoundEvent[]): void;
  /** Another match begins: its frames count from 0 again. */
  reset(): void;
}

export function createSound(): Sound {
  const once = new Once();
  const mixer = createMixer();
  return {
    ...mixer,
    play(events) {
      for (const event of events)
        if (once.admit(event)) mixer.play((desk) => VOICES[event.kind](desk, event), event.pan);
    },
    reset: () => once.clear(),
  };
}
