import { describe, expect, it } from 'vitest';
import { lookOf } from '../fighters/looks';
import { oneInk, PLAYER_INKS } from '../palette';
import type { Pen } from '../pen';
import { createJoints, solve } from '../skeleton';
import { ITEM_LOOKS, type ItemLook, NOTHING } from './looks';
import { drawWorn } from './worn';

const SWAY = { trail: 0.4, lift: -0.2, clock: 17 };

/** A pen that only writes down the colours it is given. */
function createInkwell(inks: Pen['inks']) {
  const used: string[] = [];
  const note = (fill: string) => used.push(fill);
  const ctx = { save() {}, restore() {}, translate() {}, rotate() {}, scale() {} };
  const pen = {
    ctx,
    inks,
    flat: note,
    part: (fill: string, shade: string) => used.push(fill, shade),
    mark: note,
    line: note,
  };
  return { pen: pen as unknown as Pen, used };
}

function inksOf(worn: readonly ItemLook[], inks: Pen['inks'] = PLAYER_INKS[0]): string[] {
  const { pen, used } = createInkwell(inks);
  for (const name of ['garam', 'bawi'] as const) {
    const { build, poses } = lookOf(name);
    const joints = createJoints();
    solve(poses.stance, build, joints);
    for (const layer of ['behind', 'body', 'over'] as const) drawWorn(pen, joints, SWAY, build, worn, layer);
  }
  return used;
}

describe('what a fighter wears', () => {
  it('is drawn for every look but none', () => {
    for (const look of ITEM_LOOKS) expect(inksOf([look]).length > 0, look).toBe(look !== 'none');
    expect(inksOf(NOTHING)).toEqual([]);
  });

  it('is in the figure’s one ink when that is printed in one: struck, or on the poster', () => {
    for (const look of ITEM_LOOKS)
      expect(new Set([...inksOf([look], oneInk('#abcdef', '#000000')), '#abcdef']), look).toEqual(
        new Set(['#abcdef']),
      );
  });
});
