import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Input } from '../../engine/fighter/inputs';
import { KEYBOARD_BINDINGS, PAD_BUTTONS } from '../_match/devices/bindings';
import { buttonCaps, directionLabels } from './labels';

const BUTTONS = ['light', 'heavy', 'special', 'throw'] as const;
const DIRECTIONS = ['up', 'down', 'toward', 'away'] as const;

describe('what stands on keys and buttons', () => {
  it('names every key that is bound', () => {
    const labels = [
      ...DIRECTIONS.flatMap((direction) => directionLabels('keyboard', direction)),
      ...buttonCaps('keyboard', BUTTONS).flatMap((cap) => cap.labels),
    ];
    expect(labels).toHaveLength(Object.keys(KEYBOARD_BINDINGS).length);
    expect(directionLabels('keyboard', 'toward')).toEqual([{ text: 'D' }, { sign: 'right' }]);
    expect(buttonCaps('keyboard', ['heavy'])).toEqual([
      { name: 'heavy', labels: [{ text: 'K' }, { text: 'X' }] },
    ]);
  });

  it('is what README says', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
    for (const cap of buttonCaps('keyboard', BUTTONS))
      expect(readme).toContain(cap.labels.map(({ text }) => text).join(' or '));
    expect(readme).toContain('W A S D or arrows');
    const ways = ['up', 'away', 'down', 'toward'] as const;
    expect(ways.map((way) => directionLabels('keyboard', way)[0]?.text)).toEqual(['W', 'A', 'S', 'D']);
  });

  it('names every button of a pad that is bound, and none twice', () => {
    const labels = buttonCaps('pad', BUTTONS).flatMap((cap) => cap.labels.map(({ text }) => text));
    expect(new Set(labels).size).toBe(PAD_BUTTONS.length);
    const bits = PAD_BUTTONS.reduce((mask, { bit }) => mask | bit, 0);
    expect(bits).toBe(Input.Light | Input.Heavy | Input.Special | Input.Throw);
  });

  it('calls the super by its own button on glass, where there is one', () => {
    expect(buttonCaps('touch', ['heavy', 'special'])).toEqual([{ name: 'super', labels: [] }]);
    expect(buttonCaps('touch', ['heavy']).map(({ name }) => name)).toEqual(['heavy']);
  });
});
