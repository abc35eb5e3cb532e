'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Devices, openDevices } from '../_match/devices/devices';
import { startTicker } from '../_match/ticking';
import { writeHud } from '../_play/write-hud';
import { createHudStore } from '../_stage/hud';
import type { HudStore } from '../_stage/hud-store';
import { soundEventsOf } from '../_stage/sound/events';
import { createSound } from '../_stage/sound/sound';
import { unlockByGesture } from '../_stage/sound/unlock';
import { useMuted } from '../_stage/sound/use-muted';
import type { Controller } from './hands';
import { createLocalHost, type LocalHost } from './local-host';

export interface LocalMatchSetup {
  /** The first state, called once when the page is there. */
  start(): Int32Array;
  /** Who moves player 2 at first; player 1 is the person at this page. */
  readonly rival: Controller;
  rules?(state: Int32Array): void;
  /** After every frame. */
  onFrame?(state: Int32Array, masks: readonly [number, number]): void;
  onOver?(): void;
  /** The page was hidden; the match stands still already. */
  onHidden?(): void;
}

/** A local match for a page. */
export interface LocalMatch {
  /** Undefined until the browser has started it; so are the devices. */
  readonly host: LocalHost | undefined;
  readonly devices: Devices | undefined;
  readonly hud: HudStore;
  readonly muted: boolean;
  setMuted(muted: boolean): void;
  /** The state to draw. */
  words(): Int32Array | undefined;
  /** Begins again; frames and sounds count from 0. */
  restart(start: Int32Array): void;
}

/**
 * Starts the match when the page is there and ends it when the page goes.
 * @param setup its functions may change, the rest is read once
 */
export function useLocalMatch(setup: LocalMatchSetup, names: readonly [string, string]): LocalMatch {
  const [running, setRunning] = useState<{ readonly host: LocalHost; readonly devices: Devices }>();
  const [muted, setMuted] = useMuted();
  const hud = useMemo(() => createHudStore({ p1: { name: names[0] }, p2: { name: names[1] } }), [names]);
  const sound = useMemo(() => createSound(), []);
  useEffect(() => sound.setMuted(muted), [sound, muted]);
  const before = useRef<Int32Array>(undefined);
  const latest = useRef({ ...setup, hud });
  latest.current = { ...setup, hud };

  useEffect(() => {
    const { start, rival } = latest.current;
    const devices = openDevices(window);
    const host = createLocalHost({
      start: start(),
      controllers: [{ kind: 'person', source: devices }, rival],
      rules: (state) => latest.current.rules?.(state),
      onFrame(state, masks) {
        writeHud(latest.current.hud, state, undefined, 0);
        before.current ??= state.slice();
        sound.play(soundEventsOf(before.current, state));
        before.current.set(state);
        latest.current.onFrame?.(state, masks);
      },
      onOver: () => latest.current.onOver?.(),
    });
    writeHud(latest.current.hud, host.words, undefined, 0);
    const stopTicker = startTicker(() => host.tick(performance.now()));
    const onVisibility = () => {
      if (!document.hidden) return;
      host.setPaused(true);
      latest.current.onHidden?.();
    };
    document.addEventListener('visibilitychange', onVisibility);
    const stopUnlocking = unlockByGesture(window, sound);
    setRunning({ host, devices });
    return () => {
      stopTicker();
      document.removeEventListener('visibilitychange', onVisibility);
      stopUnlocking();
      devices.close();
      sound.dispose();
      setRunning(undefined);
    };
  }, [sound]);

  const host = running?.host;
  return {
    host,
    devices: running?.devices,
    hud,
    muted,
    setMuted,
    words: useCallback(() => host?.words, [host]),
    restart: useCallback(
      (start) => {
        before.current = undefined;
        sound.reset();
        host?.restart(start);
      },
      [host, sound],
    ),
  };
}
