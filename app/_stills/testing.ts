import { vi } from 'vitest';

/** A drawing context that writes down what is called, and knows where its own points end up. */
export interface Recorder {
  readonly ctx: CanvasRenderingContext2D;
  /** Every call and every property that was set, in order. */
  readonly calls: readonly string[];
  /** Filled paths: their colour, and their corners in pixels. */
  readonly fills: readonly { readonly style: string; readonly corners: readonly Place[] }[];
  /** Where a point of the present transform is, in pixels, and how large a unit is. */
  place(x: number, y: number): Place & { readonly scale: number };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

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

export function createRecorder(): Recorder {
  const calls: string[] = [];
  const fills: { style: string; corners: Place[] }[] = [];
  const stack: { matrix: Matrix; style: string }[] = [];
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  let style = '';
  let corners: Place[] = [];
  const place = (x: number, y: number) => ({
    x: matrix[0] * x + matrix[2] * y + matrix[4],
    y: matrix[1] * x + matrix[3] * y + matrix[5],
    scale: Math.hypot(matrix[0], matrix[1]),
  });
  const effects: Record<string, (...args: number[]) => unknown> = {
    save: () => stack.push({ matrix, style }),
    restore() {
      const last = stack.pop();
      if (last === undefined) throw new Error('restored more than was saved');
      ({ matrix, style } = last);
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
        if (name === 'measureText') return { width: String(args[0]).length * 40 };
        return effects[String(name)]?.(...args.map(Number));
      };
    },
    set(_, name, value) {
      if (name === 'fillStyle') style = String(value);
      calls.push(`${String(name)}=${String(value)}`);
      return true;
    },
  });
  // A proxy answers to every name; its type can't say so.
  return { ctx: proxy as CanvasRenderingContext2D, calls, fills, place };
}
