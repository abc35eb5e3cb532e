import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cleanInput } from '../../../engine/fighter/inputs';
import { KEYBOARD_BINDINGS } from './bindings';
import { type Devices, openDevices } from './devices';
import { FakeElement, FakeWindow, fakePad } from './testing/fake-window';

/** One thing that happens at the borders of the input: to keys, fingers, pads, the window, time. */
type Act = (page: FakeWindow, devices: Devices) => void;

const CODES = [...Object.keys(KEYBOARD_BINDINGS), 'ShiftLeft', 'Escape'];

const modifiers = fc.constantFrom({}, {}, {}, { metaKey: true }, { ctrlKey: true }, { altKey: true });
const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(fc.constantFrom(...CODES), fc.boolean(), modifiers).map(
    ([code, repeat, fields]): Act =>
      (page) =>
        page.key('keydown', code, { repeat, ...fields }),
  ),
  fc.constantFrom(...CODES).map(
    (code): Act =>
      (page) =>
        page.key('keyup', code),
  ),
  fc.tuple(fc.constantFrom<'keydown' | 'keyup'>('keydown', 'keyup'), fc.constantFrom('Meta', 'Alt')).map(
    ([type, key]): Act =>
      (page) =>
        page.key(type, key, { key }),
  ),
  fc.tuple(fc.nat(4), fc.integer({ min: 0, max: 255 })).map(
    ([finger, bits]): Act =>
      (page, devices) =>
        devices.touch.press(finger, bits, page.nowMs),
  ),
  fc.nat(4).map(
    (finger): Act =>
      (_page, devices) =>
        devices.touch.release(finger),
  ),
  fc
    .array(
      fc.record({
        index: fc.nat(3),
        mapping: fc.constantFrom<'standard' | ''>('standard', ''),
        down: fc.array(fc.nat(16), { maxLength: 4 }),
        axes: fc.array(fc.double({ min: -1.5, max: 1.5 }), { maxLength: 10 }),
      }),
      { maxLength: 2 },
    )
    .map(
      (pads): Act =>
        (page) =>
          page.plug(...pads.map(fakePad)),
    ),
  fc.constantFrom('blur', 'pagehide', 'contextmenu', 'gamepadconnected').map(
    (type): Act =>
      (page) =>
        page.happen(type),
  ),
  fc.tuple(fc.boolean(), fc.boolean()).map(
    ([hidden, hasFocus]): Act =>
      (page) => {
        page.hasFocus = hasFocus;
        page.document.hidden = hidden;
        page.happen('visibilitychange');
      },
  ),
  fc.boolean().map(
    (isOpen): Act =>
      (page) => {
        page.document.activeElement = isOpen ? page.dialog : page.body;
      },
  ),
  fc.nat(300).map(
    (ms): Act =>
      (page) =>
        page.wait(ms),
  ),
  fc.constant<Act>((_page, devices) => void devices.mask()),
);

/** Whoever takes their hands off everything. */
function letEverythingGo(page: FakeWindow, devices: Devices): void {
  for (const code of CODES) page.key('keyup', code);
  for (let finger = 0; finger <= 4; finger += 1) devices.touch.release(finger);
  page.plug(...page.pads.map((pad) => fakePad({ index: pad?.index ?? 0 })));
}

describe('whatever happened to the devices', () => {
  beforeEach(() => void vi.stubGlobal('Element', FakeElement));
  afterEach(() => void vi.unstubAllGlobals());

  it('INPUT-1: when everything is let go the input is 0, from the second frame on', () => {
    let heard = 0;
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 60 }), (sequence) => {
        const page = new FakeWindow();
        const devices = openDevices(page.asWindow());
        for (const act of sequence) {
          act(page, devices);
          const mask = devices.mask();
          heard |= mask;
          // INPUT-2 at any time.
          expect(cleanInput(mask)).toBe(mask);
        }
        letEverythingGo(page, devices);
        devices.mask();
        expect(devices.mask()).toBe(0);
        devices.close();
        expect(page.timers).toBe(0);
      }),
      { seed: 20261126, numRuns: 600 },
    );
    // It was no silent fuzz.
    expect(heard).toBe(0xff);
  });

  it('INPUT-3: when everything was let go long ago the input is 0 at once', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 40 }), (sequence) => {
        const page = new FakeWindow();
        const devices = openDevices(page.asWindow());
        for (const act of sequence) act(page, devices);
        letEverythingGo(page, devices);
        page.wait(200);
        expect(devices.mask()).toBe(0);
        devices.close();
      }),
      { seed: 20261127, numRuns: 300 },
    );
  });
});
