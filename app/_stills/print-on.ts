import type { Theme } from './tones';

/** One printing of a canvas: its size in CSS pixels, the context scaled to it. */
export interface Printing {
  readonly ctx: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  /** 0 just printed, 1 settled. */
  readonly progress: number;
}

export type Paint = (printing: Printing) => void;

/** How long ink settles, milliseconds. */
export const SETTLE_MS = 180;
const MAX_PIXEL_RATIO = 2;

/**
 * Keeps a canvas printed: as soon as it is seen, and again when its size, the theme, the pixel ratio or the faces
 * change. What is not seen costs nothing: the drawing code is loaded when the canvas first comes into view.
 * @param load gives the drawing
 * @param settleMs how long the ink settles when it first appears; 0, and always with reduced motion, for at once
 * @returns stops it and gives the canvas's memory back
 */
export function printOn(canvas: HTMLCanvasElement, load: () => Promise<Paint>, settleMs: number): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let paint: Paint | undefined;
  let isAsked = false;
  let isSeen = false;
  let isStale = true;
  let request = 0;
  let beganMs: number | undefined;

  const schedule = () => {
    if (isSeen && isStale && paint !== undefined && request === 0) request = requestAnimationFrame(print);
  };
  const spoil = () => {
    isStale = true;
    schedule();
  };

  function print(nowMs: number): void {
    request = 0;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    const ctx = canvas.getContext('2d');
    if (paint === undefined || ctx === null || width === 0 || height === 0) return;
    beganMs ??= nowMs;
    const progress = isCalm || settleMs === 0 ? 1 : Math.min(1, (nowMs - beganMs) / settleMs);
    const ratio = Math.min(MAX_PIXEL_RATIO, window.devicePixelRatio || 1);
    const pixelWidth = Math.round(width * ratio);
    const pixelHeight = Math.round(height * ratio);
    if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
      canvas.width = pixelWidth;
      canvas.height = pixelHeight;
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, pixelWidth, pixelHeight);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const theme: Theme = document.documentElement.dataset.theme === 'light' ? 'light' : 'dark';
    paint({ ctx, width, height, theme, progress });
    isStale = progress < 1;
    schedule();
  }

  const seen = new IntersectionObserver((entries) => {
    isSeen = entries.at(-1)?.isIntersecting ?? false;
    if (isSeen && !isAsked) {
      isAsked = true;
      void load().then((loaded) => {
        if (signal.aborted) return;
        paint = loaded;
        schedule();
      });
    }
    schedule();
  });
  const sized = new ResizeObserver(spoil);
  const themed = new MutationObserver(spoil);
  seen.observe(canvas);
  sized.observe(canvas);
  themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  document.fonts.addEventListener('loadingdone', spoil, { signal });
  watchRatio(spoil, signal);

  return () => {
    stopping.abort();
    cancelAnimationFrame(request);
    seen.disconnect();
    sized.disconnect();
    themed.disconnect();
    canvas.width = 0;
    canvas.height = 0;
  };
}

/** Tells each change of the pixel ratio; a media query only knows the ratio that it was made with. */
function watchRatio(onChange: () => void, signal: AbortSignal): void {
  matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`).addEventListener(
    'change',
    () => {
      onChange();
      watchRatio(onChange, signal);
    },
    { signal, once: true },
  );
}
