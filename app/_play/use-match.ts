'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { getArcadeConnection } from '../_line/arcade-connection';
import {
  CONDITION_PRESETS,
  type ConditionName,
  rememberConditions,
  rememberedConditions,
} from '../_match/conditions';
import { type Devices, openDevices } from '../_match/devices/devices';
import type { MatchController, MatchControllerOptions } from '../_match/match-controller';
import { startReportedMatch } from '../_match/reported-match';
import { getRunningMatch } from '../_match/running';
import type { MatchView } from '../_match/view';
import { noteLine } from '../_reach/known-lines';
import { expectedRoute, noteRoute } from '../_reach/predictions';
import { relayOnly } from '../_reach/relay-only';
import { tellWire } from './tell-wire';

/** A running match for a page. `undefined` until the browser has started it. */
export interface RunningMatch {
  readonly controller: MatchController | undefined;
  readonly view: MatchView;
  /** Open as long as the match is. */
  readonly devices: Devices | undefined;
  readonly conditions: ConditionName;
  setConditions(name: ConditionName): void;
}

const NOT_STARTED: MatchView = { step: 'connecting', route: 'direct' };
const never = () => () => undefined;

/**
 * Starts the match, or finds it running, and steers it as long as the page is there.
 * @param options fixed for the life of the page; `onFrame` may change.
 */
export function useMatch(
  options: Omit<MatchControllerOptions, 'conditions' | 'signaling' | 'mailbox' | 'onTick'>,
  onFrame: (words: Int32Array) => void,
): RunningMatch {
  const [controller, setController] = useState<MatchController>();
  const [conditions, setConditions] = useState<ConditionName>('off');
  const [devices, setDevices] = useState<Devices>();
  const first = useRef(options);
  const frame = useRef(onFrame);
  frame.current = onFrame;

  useEffect(() => {
    const connection = getArcadeConnection();
    const chosen = rememberedConditions();
    const opened = openDevices(window);
    const running = getRunningMatch(connection, first.current.sessionId, () =>
      startReportedMatch(
        {
          ...first.current,
          signaling: connection.signaling,
          mailbox: connection.mailbox,
          conditions: CONDITION_PRESETS[chosen],
          isRelayOnly: relayOnly.get(),
          predicted: expectedRoute(first.current.sessionId),
          onConnected(route) {
            noteRoute(first.current.sessionId, route);
            noteLine(first.current.opponentId, { route });
          },
        },
        tellWire,
      ),
    );
    setConditions(chosen);
    setController(running);
    setDevices(opened);
    return running.attach({ device: opened, onFrame: (words) => frame.current(words) });
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
