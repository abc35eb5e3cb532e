import { createHindsight } from '../../engine/bots/hindsight';
import { isMatchOver } from '../../engine/fighter/outcome';
import { STATE_WORDS } from '../../engine/fighter/state';
import { step } from '../../engine/fighter/step';
import { createFrameClock } from '../_match/clock';
import { type Controller, type Hands, handsOf } from './hands';

export interface LocalHostOptions {
  /** The first state; it is copied, and `restart` begins here again. From `createState` or engine/fighter/scenario.ts. */
  readonly start: Int32Array;
  /** Who moves player 1 and player 2. */
  readonly controllers: readonly [Controller, Controller];
  /** Changes the state before each frame, for rules that only some modes have. */
  rules?(state: Int32Array): void;
  /** After every frame: the state, and the masks that made it. Both are reused. */
  onFrame(state: Int32Array, masks: readonly [number, number]): void;
  /** Once a match, after its last frame. */
  onOver?(): void;
}

/** A match that only this page takes part in: no network, no input delay, no rollback. Time comes in through `tick`. */
export interface LocalHost {
  /** The state to draw, always the same array. */
  readonly words: Int32Array;
  readonly isPaused: boolean;
  /** Runs the frames that are due; call it every few milliseconds. */
  tick(nowMs: number): void;
  /** Time does not pass while a match is paused: going on, it owes no frames, and what was pressed meanwhile is gone. */
  setPaused(paused: boolean): void;
  /** Begins again, from another state if one is given. */
  restart(start?: Int32Array): void;
  /** Gives a player to somebody else from the next frame on. */
  setController(side: 1 | 2, controller: Controller): void;
}

/** Allocates nothing per frame. */
export function createLocalHost(options: LocalHostOptions): LocalHost {
  const words = new Int32Array(STATE_WORDS);
  const start = options.start.slice();
  const controllers: [Controller, Controller] = [...options.controllers];
  const hands: [Hands, Hands] = [handsOf(controllers[0]), handsOf(controllers[1])];
  const masks: [number, number] = [0, 0];
  const seen = createHindsight();
  const view: { now: Int32Array; late: Int32Array } = { now: words, late: words };
  let clock = createFrameClock();
  let isPaused = false;

  function runFrame(): boolean {
    // A pause or an end in the middle of a wake-up's frames stops the rest of them.
    if (isPaused || isMatchOver(words)) return false;
    options.rules?.(words);
    seen.push(words);
    view.late = seen.late;
    masks[0] = hands[0](view, 1);
    masks[1] = hands[1](view, 2);
    step(words, masks[0], masks[1]);
    options.onFrame(words, masks);
    if (isMatchOver(words)) options.onOver?.();
    return true;
  }

  words.set(start);
  return {
    words,
    get isPaused() {
      return isPaused;
    },
    tick(nowMs) {
      if (!isPaused && !isMatchOver(words)) clock.tick(nowMs, runFrame, atRate);
    },
    setPaused(paused) {
      if (paused === isPaused) return;
      isPaused = paused;
      if (paused) return;
      clock = createFrameClock();
      for (const controller of controllers) if (controller.kind === 'person') controller.source.mask();
    },
    restart(next) {
      if (next) start.set(next);
      words.set(start);
      seen.clear();
      clock = createFrameClock();
      hands[0] = handsOf(controllers[0]);
      hands[1] = handsOf(controllers[1]);
    },
    setController(side, controller) {
      controllers[side - 1] = controller;
      hands[side - 1] = handsOf(controller);
    },
  };
}

/** Nobody to keep time with: each frame lasts as long as a frame does. */
const atRate = (): number => 1;
