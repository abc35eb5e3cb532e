import { vi } from 'vitest';

/** A drawing context that writes down what is called, and knows where its own points end up. */
export interface Recorder {
  readonly ctx: CanvasRenderingContext2D;
  /** Every call and every property that was set, in order. */
  readonly calls: readonly string[];
  /** Filled paths: their colour, and their corners in pixels. */
  readonly fills: readonly { readonly style: string; readonly corners: readonly Place[] }[];
  /** Words that were set: the box around them, and the box that they are cut to, in pixels. */
  readonly texts: readonly { readonly words: string; readonly box: Box; readonly cut: Box }[];
  /** Where a point of the present transform is, in pixels, and how large a unit is. */
  place(x: number, y: number): Place & { readonly scale: number };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function boxOf(corners: readonly Place[]): Box {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

function overlap(one: Box, other: Box): Box {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}

const EVERYWHERE: Box = {
  left: Number.NEGATIVE_INFINITY,
  top: Number.NEGATIVE_INFINITY,
  right: Number.POSITIVE_INFINITY,
  bottom: Number.POSITIVE_INFINITY,
};

/** How wide and how high the poster's face is at most, in shares of its size: GARAM and 졌다, as Chromium measures them. */
const LATIN_WIDE = 0.78;
const HANGUL_WIDE = 0.85;
const HIGH = 0.8;

type Matrix = readonly [number, number, number, number, number, number];

function times([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** What the halftone needs of a browser. */
export function stubCanvas(): void {
  vi.stubGlobal(
    'DOMMatrix',
    class {
      scale() {
        return this;
      }
    },
  );
  vi.stubGlobal('document', { createElement: () => ({ getContext: () => createRecorder().ctx }) });
}

function widthOf(words: string, size: number): number {
  const letters = [...words].map((letter) => (letter > '\u0fff' ? HANGUL_WIDE : LATIN_WIDE));
  return size * letters.reduce((sum, wide) => sum + wide, 0);
}

export function createRecorder(): Recorder {
  const calls: string[] = [];
  const fills: { style: string; corners: Place[] }[] = [];
  const texts: { words: string; box: Box; cut: Box }[] = [];
  const stack: { matrix: Matrix; style: string; cut: Box }[] = [];
  let cut = EVERYWHERE;
  let size = 10;
  let align = 'start';
  let stroke = 1;
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  let style = '';
  let corners: Place[] = [];
  const place = (x: number, y: number) => ({
    x: matrix[0] * x + matrix[2] * y + matrix[4],
    y: matrix[1] * x + matrix[3] * y + matrix[5],
    scale: Math.hypot(matrix[0], matrix[1]),
  });
  const effects: Record<string, (...args: number[]) => unknown> = {
    save: () => stack.push({ matrix, style, cut }),
    restore() {
      const last = stack.pop();
      if (last === undefined) throw new Error('restored more than was saved');
      ({ matrix, style, cut } = last);
    },
    translate(x = 0, y = 0) {
      matrix = times(matrix, [1, 0, 0, 1, x, y]);
    },
    scale(x = 1, y = 1) {
      matrix = times(matrix, [x, 0, 0, y, 0, 0]);
    },
    rotate(angle = 0) {
      matrix = times(matrix, [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0]);
    },
    beginPath() {
      corners = [];
    },
    moveTo: (x = 0, y = 0) => corners.push(place(x, y)),
    lineTo: (x = 0, y = 0) => corners.push(place(x, y)),
    rect: (x = 0, y = 0, width = 0, height = 0) =>
      corners.push(place(x, y), place(x + width, y), place(x + width, y + height), place(x, y + height)),
    clip() {
      // Shapes of curves only are not followed.
      if (corners.length > 0) cut = overlap(cut, boxOf(corners));
    },
    fill: () => fills.push({ style, corners }),
    createPattern: () => ({ setTransform() {}, toString: () => 'dots' }),
  };
  const target = {};
  const proxy = new Proxy(target, {
    get(_, name) {
      return (...args: unknown[]) => {
        for (const value of args)
          if (typeof value === 'number' && !Number.isFinite(value))
            throw new Error(`${String(name)}: ${value}`);
        calls.push(`${String(name)}(${args.join(' ')})`);
        if (name === 'measureText') return { width: widthOf(String(args[0]), size) };
        if (name === 'fillText' || name === 'strokeText') {
          const pen = name === 'strokeText' ? stroke / 2 : 0;
          const wide = widthOf(String(args[0]), size) / 2 + pen;
          const high = (size * HIGH) / 2 + pen;
          const x = Number(args[1]) + (align === 'left' ? wide : align === 'right' ? -wide : 0);
          const y = Number(args[2]);
          const box = boxOf([
            place(x - wide, y - high),
            place(x + wide, y - high),
            place(x - wide, y + high),
            place(x + wide, y + high),
          ]);
          texts.push({ words: String(args[0]), box, cut });
        }
        return effects[String(name)]?.(...args.map(Number));
      };
    },
    set(_, name, value) {
      if (name === 'fillStyle') style = String(value);
      if (name === 'font') size = Number.parseFloat(String(value));
      if (name === 'textAlign') align = String(value);
      if (name === 'lineWidth') stroke = Number(value);
      calls.push(`${String(name)}=${String(value)}`);
      return true;
    },
  });
  // A proxy answers to every name; its type can't say so.
  return { ctx: proxy as CanvasRenderingContext2D, calls, fills, texts, place };
}
