import { describe, expect, it, vi } from 'vitest';
import { createHudStore } from './hud-store';

describe('the HUD store', () => {
  it('keeps what a patch leaves out', () => {
    const store = createHudStore({ p1: { name: 'Ada' }, ping: 40 });
    store.set({ p1: { health: 60 } });
    expect(store.state.p1).toEqual({ name: 'Ada', health: 60, gauge: 0, rounds: 0, refills: 0 });
    expect(store.state.ping).toBe(40);
  });

  it('wakes nobody when nothing changed', () => {
    const store = createHudStore();
    const listener = vi.fn();
    store.subscribe(listener);
    store.set({ timer: 99, p1: { health: 100 }, p2: {} });
    expect(listener).not.toHaveBeenCalled();
    store.set({ timer: 98 });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('forgets a figure that is no longer known', () => {
    const store = createHudStore({ ping: 40 });
    store.set({ ping: undefined });
    expect(store.state.ping).toBeUndefined();
  });

  it('counts a refill when health rises, and only then', () => {
    const store = createHudStore();
    store.set({ p1: { health: 40 } });
    store.set({ p1: { health: 100 } });
    expect(store.state.p1.refills).toBe(1);
    expect(store.state.p2.refills).toBe(0);
  });

  it('stops telling who unsubscribed', () => {
    const store = createHudStore();
    const listener = vi.fn();
    store.subscribe(listener)();
    store.set({ timer: 1 });
    expect(listener).not.toHaveBeenCalled();
  });
});
