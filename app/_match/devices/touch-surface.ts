import { directionOf } from './direction';
import type { TouchDevice } from './touch';

/** Finger positions nearer to the middle of the pad than this share of its radius press nothing. */
const DEAD_ZONE = 0.25;
/** Up and down need a clearer sign: a jump by accident costs a round. */
const DEAD_ZONE_VERTICAL = 0.4;

/** How far beside a button a finger may lie and still press it, in button radii from its middle. */
const REACH = 1.3;

/** A round control on the page, in CSS pixels. */
export interface Zone {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** What a button presses; undefined for the direction pad. */
  readonly bits: number | undefined;
}

/** The control under a point: the nearest of those that it reaches. */
export function zoneAt(zones: readonly Zone[], x: number, y: number): Zone | undefined {
  let nearest: Zone | undefined;
  let least = REACH;
  for (const zone of zones) {
    const distance = Math.hypot(x - zone.x, y - zone.y) / zone.radius;
    if (distance <= least) [nearest, least] = [zone, distance];
  }
  return nearest;
}

/**
 * What a finger presses. One that came down on the pad steers wherever it slides; one that came down on a button
 * presses whatever button it slides onto, and nothing between them.
 */
export function bitsOf(start: Zone, zones: readonly Zone[], x: number, y: number): number {
  if (start.bits === undefined) {
    return directionOf(
      (x - start.x) / start.radius,
      (y - start.y) / start.radius,
      DEAD_ZONE,
      DEAD_ZONE_VERTICAL,
    );
  }
  return zoneAt(zones, x, y)?.bits ?? 0;
}

/**
 * Lets fingers on `root` press `touch`: its descendants with `data-steer` are direction pads, those with
 * `data-press` buttons, whose value is an input mask. What a finger presses bears `data-pressed`.
 * @returns the way to stop; fingers that are still down let go.
 */
export function bindTouchSurface(root: HTMLElement, touch: TouchDevice): () => void {
  const fingers = new Map<number, { readonly start: Zone; readonly zones: readonly Zone[]; bits: number }>();
  const show = () => {
    const bits = [...fingers.values()].map((finger) => finger.bits);
    for (const element of root.querySelectorAll<HTMLElement>('[data-press]'))
      element.toggleAttribute('data-pressed', bits.includes(Number(element.dataset.press)));
  };

  const onDown = (event: PointerEvent) => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    const zones = measure(root);
    const start = zoneAt(zones, event.clientX, event.clientY);
    if (!start) return;
    event.preventDefault();
    // Its moves and its end come here wherever it slides.
    if (event.isTrusted) root.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { start, zones, bits: 0 });
    onMove(event);
  };
  const onMove = (event: PointerEvent) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    finger.bits = bitsOf(finger.start, finger.zones, event.clientX, event.clientY);
    touch.press(event.pointerId, finger.bits, event.timeStamp);
    show();
  };
  const onEnd = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId)) return;
    touch.release(event.pointerId);
    show();
  };
  // No text selection, loupe, double-tap zoom or menu of a long press under a thumb.
  const onTouchStart = (event: TouchEvent) => event.cancelable && event.preventDefault();
  const onMenu = (event: Event) => event.preventDefault();

  root.addEventListener('pointerdown', onDown);
  root.addEventListener('pointermove', onMove);
  for (const end of ENDS) root.addEventListener(end, onEnd);
  root.addEventListener('touchstart', onTouchStart, { passive: false });
  root.addEventListener('contextmenu', onMenu);
  return () => {
    root.removeEventListener('pointerdown', onDown);
    root.removeEventListener('pointermove', onMove);
    for (const end of ENDS) root.removeEventListener(end, onEnd);
    root.removeEventListener('touchstart', onTouchStart);
    root.removeEventListener('contextmenu', onMenu);
    for (const pointerId of fingers.keys()) touch.release(pointerId);
    fingers.clear();
  };
}

const ENDS = ['pointerup', 'pointercancel', 'lostpointercapture'] as const;

/** Where the controls are now; a page may have turned since the last finger came down. */
function measure(root: HTMLElement): Zone[] {
  const zones: Zone[] = [];
  for (const element of root.querySelectorAll<HTMLElement>('[data-steer], [data-press]')) {
    const { left, top, width, height } = element.getBoundingClientRect();
    const { press } = element.dataset;
    zones.push({
      x: left + width / 2,
      y: top + height / 2,
      radius: Math.max(width, height) / 2,
      bits: press === undefined ? undefined : Number(press),
    });
  }
  return zones;
}
