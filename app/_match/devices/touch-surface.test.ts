import { describe, expect, it } from 'vitest';
import { Input } from '../../../engine/fighter/inputs';
import { bitsOf, type Zone, zoneAt } from './touch-surface';

const { Up, Down, Left, Right, Light, Heavy } = Input;

const pad: Zone = { x: 100, y: 300, radius: 70, bits: undefined };
const light: Zone = { x: 300, y: 300, radius: 30, bits: Light };
const heavy: Zone = { x: 370, y: 300, radius: 30, bits: Heavy };
const zones = [pad, light, heavy];

describe('INPUT-7: fingers on the on-screen controls', () => {
  it.each([
    ['right', 160, 300, Right],
    ['down and right', 145, 345, Down | Right],
    ['up', 100, 240, Up],
    ['left, the thumb a little high', 40, 275, Left],
    ['nothing in the middle', 108, 306, 0],
    ['right, slid far off the pad', 500, 330, Right],
  ])('a thumb on the pad steers %s', (_name, x, y, mask) => {
    expect(bitsOf(pad, zones, x, y)).toBe(mask);
  });

  it('a finger slides from one button onto the next and presses that one alone', () => {
    expect(bitsOf(light, zones, 300, 300)).toBe(Light);
    expect(bitsOf(light, zones, 362, 300)).toBe(Heavy);
  });

  it('a finger that leaves the buttons presses nothing, and never the pad', () => {
    expect(bitsOf(light, zones, 300, 200)).toBe(0);
    expect(bitsOf(light, zones, 160, 300)).toBe(0);
  });

  it('a finger near a button presses it, the nearer of two', () => {
    expect(zoneAt(zones, 300, 338)).toBe(light);
    expect(zoneAt(zones, 338, 300)).toBe(heavy);
    expect(zoneAt(zones, 300, 345)).toBeUndefined();
  });
});
