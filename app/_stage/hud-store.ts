/** One player's half of the HUD. */
export interface HudSide {
  name: string;
  /** 0–100 */
  health: number;
  /** Super gauge, 0–100. */
  gauge: number;
  /** Rounds won. */
  rounds: number;
  /** How often the health rose, counted by the store: a new round draws a new bar. */
  readonly refills: number;
}

/** Everything the HUD shows. A figure that nobody knows is undefined, and then not shown. */
export interface HudState {
  /** Whole seconds left. */
  timer: number;
  /** What the stage shouted last, for screen readers; empty before the first call. */
  call: string;
  /** Pips a side has: 2 in a best of three. */
  roundsToWin: number;
  p1: HudSide;
  p2: HudSide;
  /** Round trip in milliseconds. */
  ping: number | undefined;
  /** Input delay in frames. */
  delay: number | undefined;
  /** Frames rolled back last time. */
  rollback: number | undefined;
}

export type HudPatch = Partial<Omit<HudState, 'p1' | 'p2'>> & {
  p1?: SidePatch;
  p2?: SidePatch;
};
type SidePatch = Partial<Omit<HudSide, 'refills'>>;

/** What the HUD reads and the match writes, up to sixty times a second. */
export interface HudStore {
  /** The one state object; its fields change in place. */
  readonly state: Readonly<HudState>;
  /** Takes over the given fields and tells the HUD, unless nothing changed. */
  set(patch: HudPatch): void;
  subscribe(listener: () => void): () => void;
}

/** Copies what differs; true when something did. */
function assign<T extends object>(target: T, patch: Partial<T>): boolean {
  let changed = false;
  for (const key in patch) {
    const value = patch[key];
    if (value === undefined && key !== 'ping' && key !== 'delay' && key !== 'rollback') continue;
    if (target[key] === value) continue;
    Object.assign(target, { [key]: value });
    changed = true;
  }
  return changed;
}

/** A store for one match: full bars, 99 seconds, nothing won. */
export function createHudStore(initial: HudPatch = {}): HudStore {
  const listeners = new Set<() => void>();
  const fresh = (): HudSide => ({ name: '', health: 100, gauge: 0, rounds: 0, refills: 0 });
  const state: HudState = {
    timer: 99,
    call: '',
    roundsToWin: 2,
    p1: fresh(),
    p2: fresh(),
    ping: undefined,
    delay: undefined,
    rollback: undefined,
  };

  function apply({ p1, p2, ...rest }: HudPatch): boolean {
    let changed = assign<Omit<HudState, 'p1' | 'p2'>>(state, rest);
    if (p1) changed = applySide(state.p1, p1) || changed;
    if (p2) changed = applySide(state.p2, p2) || changed;
    return changed;
  }

  function applySide(side: HudSide, patch: SidePatch): boolean {
    const rises = patch.health !== undefined && patch.health > side.health;
    if (!assign<SidePatch>(side, patch)) return false;
    if (rises) Object.assign(side, { refills: side.refills + 1 });
    return true;
  }

  apply(initial);
  return {
    state,
    set(patch) {
      if (!apply(patch)) return;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
