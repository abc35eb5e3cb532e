import { describe, expect, it } from 'vitest';
import { announce, ENGLISH, wordsOf } from './announcer';
import { createScene, type Scene } from './scene';

/** A context that only remembers how much text was enlarged. */
function scalesOf(phase: 'round over' | 'match over', phaseFrame: number): number[] {
  const scales: number[] = [];
  const canvas = new Proxy({} as CanvasRenderingContext2D, {
    get: (_, name) => {
      if (name === 'scale') return (x: number) => void scales.push(x);
      return () => ({ width: 100 });
    },
    set: () => true,
  });
  const scene = { ...createScene([1, 2], 0), phase, phaseFrame, result: 2 } as const;
  announce(canvas, scene, ENGLISH, 1280, 800, false, { top: 100, bottom: 230 });
  return scales;
}

/** Everything drawn as type: how high and low it reaches, in pixels from the top. */
function typeOf(scene: Scene, headroom: { top: number; bottom: number }): { top: number; bottom: number }[] {
  const drawn: { top: number; bottom: number }[] = [];
  let size = 0;
  let y = 0;
  const canvas = new Proxy({} as CanvasRenderingContext2D, {
    get: (_, name) => {
      if (name === 'translate')
        return (_x: number, to: number) => {
          y = to;
        };
      if (name === 'fillText') return () => void drawn.push({ top: y - size / 2, bottom: y + size / 2 });
      return () => ({ width: 100 });
    },
    set: (_, name, value) => {
      if (name === 'font') size = Number.parseFloat(value);
      return true;
    },
  });
  announce(canvas, scene, ENGLISH, 1280, 800, false, headroom);
  return drawn;
}

describe('announcements', () => {
  it('cover nobody who already fights, and are gone within a quarter of a second', () => {
    const headroom = { top: 100, bottom: 230 };
    for (let phaseFrame = 0; phaseFrame < 200; phaseFrame += 1) {
      const scene = { ...createScene([1, 2], 0), phase: 'fight', phaseFrame } as const;
      const drawn = typeOf(scene, headroom);
      expect(drawn.length > 0).toBe(phaseFrame < 14);
      for (const { top, bottom } of drawn) {
        expect(top).toBeGreaterThanOrEqual(headroom.top);
        expect(bottom).toBeLessThanOrEqual(headroom.bottom);
      }
      expect(wordsOf(scene, ENGLISH)).toBe(phaseFrame < 14 ? 'FIGHT!' : '');
    }
  });

  // The winner's name once filled the screen with ink, because the phase's frames begin again at the end.
  it('name the winner at life size when the match is over', () => {
    expect(scalesOf('match over', 0)).toEqual([1]);
  });

  it('never fall from higher than twice their size', () => {
    for (let frame = 0; frame < 120; frame += 1)
      for (const scale of scalesOf('round over', frame)) expect(scale).toBeLessThan(2);
  });
});
