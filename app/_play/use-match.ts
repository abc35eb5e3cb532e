'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import {
  CONDITION_PRESETS,
  type ConditionName,
  rememberConditions,
  rememberedConditions,
} from '../_match/conditions';
import { type Devices, openDevices } from '../_match/devices/devices';
import {
  type MatchController,
  type MatchControllerOptions,
  type MatchView,
  startMatch,
} from '../_match/match-controller';

type Fixed = 'device' | 'conditions' | 'onFrame';

/** A running match for a page. `undefined` until the browser has started it. */
export interface RunningMatch {
  readonly controller: MatchController | undefined;
  readonly view: MatchView;
  /** Open as long as the match is. */
  readonly devices: Devices | undefined;
  readonly conditions: ConditionName;
  setConditions(name: ConditionName): void;
}

const NOT_STARTED: MatchView = { step: 'connecting' };
const never = () => () => undefined;

/**
 * Starts the match when the page is there and ends it when the page goes.
 * @param options fixed for the life of the page; `onFrame` may change.
 */
export function useMatch(
  options: Omit<MatchControllerOptions, Fixed>,
  onFrame: (words: Int32Array) => void,
): RunningMatch {
  const [controller, setController] = useState<MatchController>();
  const [conditions, setConditions] = useState<ConditionName>('off');
  const [devices, setDevices] = useState<Devices>();
  const first = useRef(options);
  const frame = useRef(onFrame);
  frame.current = onFrame;

  useEffect(() => {
    let running: MatchController | undefined;
    // One turn later, because React mounts twice in development and one offer is enough.
    const timer = setTimeout(() => {
      const chosen = rememberedConditions();
      const opened = openDevices(window);
      running = startMatch({
        ...first.current,
        device: opened,
        conditions: CONDITION_PRESETS[chosen],
        onFrame: (words) => frame.current(words),
      });
      setConditions(chosen);
      setController(running);
      setDevices(opened);
    }, 0);
    return () => {
      clearTimeout(timer);
      running?.close();
    };
  }, []);

  const view = useSyncExternalStore(
    controller?.view.subscribe ?? never,
    controller?.view.get ?? (() => NOT_STARTED),
    () => NOT_STARTED,
  );

  return {
    controller,
    view,
    devices,
    conditions,
    setConditions(name) {
      rememberConditions(name);
      setConditions(name);
      controller?.setConditions(CONDITION_PRESETS[name]);
    },
  };
}
