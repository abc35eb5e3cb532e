import type { StoryStatus } from '../db/generated/client';

/** What somebody may ask of a session's life. */
export type LifeCall = 'pause' | 'resume' | 'end';

const NEXT: Readonly<Record<StoryStatus, Readonly<Partial<Record<LifeCall, StoryStatus>>>>> = {
  active: { pause: 'paused', end: 'ended' },
  paused: { resume: 'active', end: 'ended' },
  ended: {},
};

/** The state that a call leads to; undefined where it is refused (STATE-4). */
export function nextStatus(status: StoryStatus, call: LifeCall): StoryStatus | undefined {
  return NEXT[status][call];
}
