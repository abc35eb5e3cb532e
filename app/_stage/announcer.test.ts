import { describe, expect, it } from 'vitest';
import { announce, ENGLISH } from './announcer';
import { createScene } from './scene';

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
  announce(canvas, scene, ENGLISH, 1280, 800, false);
  return scales;
}

describe('announcements', () => {
  // The winner's name once filled the screen with ink, because the phase's frames begin again at the end.
  it('name the winner at life size when the match is over', () => {
    expect(scalesOf('match over', 0)).toEqual([1]);
  });

  it('never fall from higher than twice their size', () => {
    for (let frame = 0; frame < 120; frame += 1)
      for (const scale of scalesOf('round over', frame)) expect(scale).toBeLessThan(2);
  });
});
