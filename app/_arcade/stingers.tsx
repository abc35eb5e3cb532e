'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import { createMixer } from '../_stage/sound/mixer';
import { STINGERS, type StingerKind } from '../_stage/sound/stingers';
import { unlockByGesture } from '../_stage/sound/unlock';
import { useMuted } from '../_stage/sound/use-muted';
import { type HeardRun, stingerOf } from './stinger-of';

type Play = (kind: StingerKind) => void;

const Playing = createContext<Play>(() => {});

/** Lets a part of the story be heard; silent outside of `Stingers`. */
export const useStinger = (): Play => useContext(Playing);

/** The sound of a story: its moments are heard as the run shows them. */
export function Stingers({ run, children }: { run: HeardRun | undefined; children: ReactNode }) {
  const mixer = useMemo(() => createMixer(), []);
  const [muted] = useMuted();
  useEffect(() => mixer.setMuted(muted), [mixer, muted]);
  useEffect(() => {
    // Who came from another page of ours has made the gesture there.
    if (navigator.userActivation?.hasBeenActive) mixer.unlock();
    const stop = unlockByGesture(window, mixer);
    return () => {
      stop();
      mixer.dispose();
    };
  }, [mixer]);
  const play = useMemo((): Play => (kind) => mixer.play(STINGERS[kind]), [mixer]);
  const shown = useRef<HeardRun>(undefined);
  useEffect(() => {
    if (!run) return;
    const kind = stingerOf(shown.current, run);
    shown.current = run;
    if (kind) play(kind);
  }, [run, play]);
  return <Playing value={play}>{children}</Playing>;
}
