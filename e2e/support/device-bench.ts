import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import type { Devices } from '../../app/_match/devices/devices';

/** What the bench page puts on its window. */
export interface DeviceBench {
  readonly devices: Devices;
  /** The input of every frame that the browser has shown. */
  readonly seen: number[];
}

const PAGE = `<!doctype html><meta name="viewport" content="width=device-width">
<style>
  body { margin: 0; height: 3000px }
  #surface { position: fixed; inset: auto 0 0; height: 200px; touch-action: none; user-select: none }
  [data-steer], [data-press] { position: absolute; border-radius: 50% }
  [data-steer] { left: 20px; top: 30px; width: 140px; height: 140px }
  [data-press] { top: 70px; width: 60px; height: 60px }
</style>
<div id="surface">
  <div data-steer></div>
  <button data-press="16" style="left: 220px">Light</button>
  <button data-press="96" style="left: 300px">Super</button>
</div>
<div id="menu" role="dialog" hidden><button>Back</button></div>`;

const SCRIPT = `
import { openDevices } from './devices';
import { bindTouchSurface } from './touch-surface';
// Time stands still: on a busy machine a tap must not grow too old (INPUT-3 has tests of its own).
const devices = openDevices(window, () => 0);
bindTouchSurface(document.getElementById('surface'), devices.touch);
const seen = [];
requestAnimationFrame(function frame() {
  seen.push(devices.mask());
  requestAnimationFrame(frame);
});
Object.assign(window, { devices, seen });`;

/** Opens a page that has nothing but the devices of a fight and asks them once a frame. */
export async function openDeviceBench(page: Page, baseURL: string): Promise<void> {
  const { outputFiles } = await build({
    stdin: {
      contents: SCRIPT,
      resolveDir: fileURLToPath(new URL('../../app/_match/devices', import.meta.url)),
    },
    bundle: true,
    write: false,
    format: 'iife',
  });
  const [script] = outputFiles;
  const body = `${PAGE}<script>${script?.text ?? ''}</script>`;
  await page.route('**/device-bench', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${baseURL}/device-bench`);
}

/** The input of the next frame. */
export function mask(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { seen } = window as unknown as DeviceBench;
    const before = seen.length;
    while (seen.length === before) await new Promise((resolve) => requestAnimationFrame(resolve));
    return seen.at(-1) ?? Number.NaN;
  });
}

/** The inputs of all frames so far, without repetitions. */
export function seen(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const { seen: all } = window as unknown as DeviceBench;
    return all.filter((input, frame) => input !== all[frame - 1]);
  });
}
