import { createStore, type Store } from '../../_line/store';
import type { Device } from './device';
import { createLatch } from './latch';
import { layoutOf, type PadLayout, readPad } from './pad-layout';
import type { PadMapping, PadState } from './pad-mapping';
import { createPadMemory } from './pad-memory';

/** Pads have no events: they are looked at this often while there is one, so that no tap falls between two looks. */
const LOOK_EVERY_MS = 4;

/** A connected pad, for the page. */
export interface PadInfo {
  readonly index: number;
  /** The driver's name for this kind of pad. */
  readonly id: string;
  readonly layout: PadLayout;
}

/** All pads as one device; two of them act together. */
export interface Pads extends Device {
  /** Those that are connected now. */
  readonly connected: Store<readonly PadInfo[]>;
  /** A pad as it is now, for teaching it. */
  look(index: number): PadState | undefined;
  /** From now on, in this browser, pads of this kind are read so. */
  teach(padId: string, mapping: PadMapping): void;
  /** Back to the layout that the pad has by itself. */
  forget(padId: string): void;
}

/** Reads pads only while this window is seen and has the focus: another window's fight must not hear them. */
export function padDevice(target: Window, now: () => number): Pads {
  const { document, navigator } = target;
  const memory = createPadMemory(() => target.localStorage);
  const latch = createLatch();
  const connected = createStore<readonly PadInfo[]>([]);
  let timer: ReturnType<Window['setInterval']> | undefined;

  function poll(): void {
    const pads = navigator.getGamepads().filter((pad) => pad?.connected === true);
    for (const { index } of connected.get()) {
      if (!pads.some((pad) => pad?.index === index)) latch.release(index);
    }
    const isOurs = document.hasFocus() && !document.hidden;
    if (!isOurs) latch.clear();
    const infos: PadInfo[] = [];
    for (const pad of pads) {
      if (!pad) continue;
      const learned = memory.get(pad.id);
      if (isOurs) latch.press(pad.index, readPad(pad, learned), now());
      infos.push({ index: pad.index, id: pad.id, layout: layoutOf(pad, learned) });
    }
    if (!isSameList(infos, connected.get())) connected.set(infos);
    if (infos.length > 0) timer ??= target.setInterval(poll, LOOK_EVERY_MS);
    else stop();
  }

  function stop(): void {
    if (timer !== undefined) target.clearInterval(timer);
    timer = undefined;
  }

  target.addEventListener('gamepadconnected', poll);
  target.addEventListener('gamepaddisconnected', poll);
  poll();

  return {
    connected,
    mask(nowMs) {
      poll();
      return latch.mask(nowMs);
    },
    letGo: latch.clear,
    look: (index) =>
      navigator.getGamepads().find((pad) => pad?.index === index && pad.connected) ?? undefined,
    teach(padId, mapping) {
      memory.set(padId, mapping);
      poll();
    },
    forget(padId) {
      memory.forget(padId);
      poll();
    },
    close() {
      stop();
      latch.clear();
      target.removeEventListener('gamepadconnected', poll);
      target.removeEventListener('gamepaddisconnected', poll);
    },
  };
}

function isSameList(one: readonly PadInfo[], other: readonly PadInfo[]): boolean {
  return (
    one.length === other.length &&
    one.every((pad, at) => {
      const twin = other[at];
      return twin?.index === pad.index && twin.id === pad.id && twin.layout === pad.layout;
    })
  );
}
