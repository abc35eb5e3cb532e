import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bawi } from '../_stage/fighters/bawi/figure';
import { garam } from '../_stage/fighters/garam/figure';
import { ITEM_LOOKS } from '../_stage/worn/looks';
import { drawStill, type StillOptions } from './draw-still';
import { frameOf } from './frame';
import { STILL_IDS, type StillId } from './ids';
import { SCENES } from './scenes/scenes';
import { createRecorder, type Recorder, stubCanvas } from './testing';
import { textArea } from './text-area';
import { tonesOf } from './tones';

beforeEach(stubCanvas);
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const SIZES = [
  [320, 400],
  [390, 844],
  [768, 1024],
  [844, 390],
  [1280, 720],
] as const;

function record(id: StillId, change: Partial<StillOptions> = {}): Recorder {
  const recorder = createRecorder();
  drawStill(recorder.ctx, id, { width: 1280, height: 720, theme: 'dark', language: 'en', ...change });
  return recorder;
}

function hashOf({ calls }: Recorder): string {
  return createHash('sha256').update(calls.join('\n')).digest('hex');
}

describe.each(STILL_IDS)('the still %s', (id) => {
  it.each(SIZES)('draws at %d × %d in both themes and languages, in every finite number', (width, height) => {
    for (const theme of ['dark', 'light'] as const)
      for (const language of ['en', 'ko'] as const)
        for (const character of [1, 2] as const) {
          const player = { character, looks: [...ITEM_LOOKS] };
          const { calls } = record(id, { width, height, theme, language, player });
          expect(calls.length).toBeGreaterThan(100);
          const count = (name: string) => calls.filter((call) => call === `${name}()`).length;
          expect(count('save')).toBe(count('restore'));
        }
  });

  it.each(SIZES)('leaves its text area to flat ground at %d × %d', (width, height) => {
    for (const theme of ['dark', 'light'] as const) {
      const area = textArea(id, width, height);
      expect(area.y + area.height).toBeLessThanOrEqual(height);
      expect(area.height).toBeGreaterThan(height * 0.27);
      // Nothing is drawn after the strip, and the strip lies under all of it.
      const last = record(id, { width, height, theme }).fills.at(-1);
      expect(last?.style).toBe(tonesOf(theme, SCENES[id].spot).ground);
      const [left, right, ...low] = last?.corners ?? [];
      expect(left?.x).toBe(0);
      expect(right?.x).toBe(width);
      expect(left?.y).toBeLessThanOrEqual(area.y);
      expect(right?.y).toBeLessThanOrEqual(area.y);
      expect(low.map(({ y }) => y)).toEqual([height, height]);
    }
  });

  it.each(SIZES)('cuts off nobody’s face at %d × %d', (width, height) => {
    const frame = frameOf(width, height, SCENES[id].falls);
    for (const character of [1, 2] as const) {
      const recorder = createRecorder();
      const heads: { x: number; y: number; radius: number }[] = [];
      for (const look of [garam, bawi])
        vi.spyOn(look, 'draw').mockImplementation((_pen, joints) => {
          const { x, y, scale } = recorder.place(joints.head.x, joints.head.y);
          heads.push({ x, y, radius: scale * look.build.headRadius });
        });
      const player = { character, looks: [] };
      drawStill(recorder.ctx, id, { width, height, theme: 'dark', language: 'en', player });
      for (const { x, y, radius } of heads) {
        expect(x - radius).toBeGreaterThanOrEqual(0);
        expect(x + radius).toBeLessThanOrEqual(width);
        expect(y - radius).toBeGreaterThanOrEqual(0);
        const edge = frame.edgeLeft + ((frame.edgeRight - frame.edgeLeft) * x) / width;
        expect(y + radius).toBeLessThanOrEqual(edge - frame.unit * 8);
      }
    }
  });

  it.each(SIZES)('cuts off none of its words at %d × %d', (width, height) => {
    for (const language of ['en', 'ko'] as const)
      for (const { words, box, cut } of record(id, { width, height, language }).texts)
        for (const side of ['left', 'top'] as const) {
          expect(box[side], `${words}: ${side}`).toBeGreaterThan(cut[side]);
          const far = side === 'left' ? 'right' : 'bottom';
          expect(box[far], `${words}: ${far}`).toBeLessThan(cut[far]);
        }
  });

  it('is the same picture for the same arguments', () => {
    expect(hashOf(record(id, { seed: 7 }))).toBe(hashOf(record(id, { seed: 7 })));
  });

  it('has settled at the end, and moves only before it', () => {
    expect(hashOf(record(id, { progress: 1 }))).toBe(hashOf(record(id)));
    expect(hashOf(record(id, { progress: 0 }))).not.toBe(hashOf(record(id)));
  });
});

describe('stills', () => {
  it('differ by theme, by language where words are on them, and by who climbs', () => {
    expect(hashOf(record('harbour', { theme: 'light' }))).not.toBe(hashOf(record('harbour')));
    expect(hashOf(record('market', { language: 'ko' }))).not.toBe(hashOf(record('market')));
    const player = { character: 2, looks: [] } as const;
    expect(hashOf(record('market', { player }))).not.toBe(hashOf(record('market')));
  });
});
