import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Input } from '../../../engine/fighter/inputs';
import { type Devices, openDevices } from './devices';
import { TAP_WAITS_MS } from './input-source';
import { FakeElement, FakeWindow, fakePad } from './testing/fake-window';

const { Up, Down, Left, Right, Light, Heavy, Special } = Input;

let page: FakeWindow;
let devices: Devices;

beforeEach(() => {
  vi.stubGlobal('Element', FakeElement);
  page = new FakeWindow();
  devices = openDevices(page.asWindow());
});
afterEach(() => {
  devices.close();
  vi.unstubAllGlobals();
});

describe('INPUT-1: what counts for a frame', () => {
  it('a tap shorter than a frame counts for exactly one frame', () => {
    page.key('keydown', 'KeyJ');
    page.key('keyup', 'KeyJ');
    expect(devices.mask()).toBe(Light);
    expect(devices.mask()).toBe(0);
  });

  it('a held key counts every frame until it is released, also when two keys share a bit', () => {
    page.key('keydown', 'KeyA');
    page.key('keydown', 'ArrowLeft');
    expect(devices.mask()).toBe(Left);
    page.key('keyup', 'KeyA');
    expect(devices.mask()).toBe(Left);
    page.key('keyup', 'ArrowLeft');
    expect(devices.mask()).toBe(0);
  });

  it('several devices act as one', () => {
    page.key('keydown', 'KeyD');
    devices.touch.press(7, Heavy | Special, 0);
    page.pads = [fakePad({ down: [12] })];
    expect(devices.mask()).toBe(Right | Heavy | Special | Up);
  });

  it('after close nothing counts and nothing runs', () => {
    page.pads = [fakePad()];
    devices.mask();
    devices.touch.press(1, Light, 0);
    devices.close();
    page.key('keydown', 'KeyJ');
    expect(page.timers).toBe(0);
    page.pads = [];
    expect(devices.mask()).toBe(0);
  });
});

describe('INPUT-2: opposite directions cancel, over all devices together', () => {
  it.each([
    ['two keys', () => page.key('keydown', 'ArrowRight')],
    ['a key and a finger', () => devices.touch.press(1, Right, 0)],
    ['a key and a stick', () => page.plug(fakePad({ axes: [1, 0] }))],
    ['a key and a d-pad', () => page.plug(fakePad({ down: [15] }))],
  ])('%s', (_name, press) => {
    page.key('keydown', 'KeyA');
    press();
    expect(devices.mask()).toBe(0);
  });

  it('up and down, whatever else is pressed', () => {
    for (const code of ['KeyW', 'KeyS', 'KeyD', 'KeyJ']) page.key('keydown', code);
    expect(devices.mask()).toBe(Right | Light);
  });
});

describe('INPUT-3: a tap that no frame ran for', () => {
  it('waits for a few frames and no longer', () => {
    page.key('keydown', 'KeyJ');
    page.key('keyup', 'KeyJ');
    page.wait(Math.floor(TAP_WAITS_MS));
    expect(devices.mask()).toBe(Light);
    page.key('keydown', 'KeyK');
    page.key('keyup', 'KeyK');
    page.wait(Math.ceil(TAP_WAITS_MS) + 1);
    expect(devices.mask()).toBe(0);
  });

  it('a key that is still down counts however long nobody asked', () => {
    page.key('keydown', 'KeyD');
    page.wait(5_000);
    expect(devices.mask()).toBe(Right);
  });
});

describe('INPUT-4: what the system takes away is let go', () => {
  it.each(['blur', 'pagehide', 'beforeunload', 'beforeprint', 'contextmenu', 'dragstart'])(
    'at %s',
    (loss) => {
      page.key('keydown', 'KeyD');
      devices.touch.press(1, Light, 0);
      page.happen(loss);
      expect(devices.mask()).toBe(0);
    },
  );

  it('when the tab is hidden, and not when it is shown', () => {
    page.key('keydown', 'KeyD');
    page.document.hidden = true;
    page.happen('visibilitychange');
    expect(devices.mask()).toBe(0);
    page.document.hidden = false;
    page.key('keydown', 'KeyD');
    page.happen('visibilitychange');
    expect(devices.mask()).toBe(Right);
  });

  it('a long press whose menu the page keeps shut goes on', () => {
    devices.touch.press(1, Light, 0);
    const event = new Event('contextmenu', { cancelable: true });
    event.preventDefault();
    page.dispatchEvent(event);
    expect(devices.mask()).toBe(Light);
  });

  it.each(['Meta', 'OS', 'Alt'])(
    "a key whose keyup %s ate is up at the latest with that key's own",
    (key) => {
      page.key('keydown', 'KeyD');
      expect(devices.mask()).toBe(Right);
      page.key('keydown', 'MetaLeft', { key, metaKey: true });
      // macOS tells nothing of D coming up here.
      page.key('keyup', 'MetaLeft', { key });
      expect(devices.mask()).toBe(0);
    },
  );

  it('keys pressed together with a modifier belong to the browser', () => {
    page.key('keydown', 'KeyD', { metaKey: true });
    page.key('keydown', 'KeyD', { ctrlKey: true });
    page.key('keydown', 'KeyD', { altKey: true });
    expect(devices.mask()).toBe(0);
  });
});

describe('INPUT-5: what is held when the attention comes back counts', () => {
  it('a key held while the window was away, from its first repeat', () => {
    page.key('keydown', 'KeyD');
    page.happen('blur');
    expect(devices.mask()).toBe(0);
    page.key('keydown', 'KeyD', { repeat: true });
    expect(devices.mask()).toBe(Right);
    page.key('keyup', 'KeyD');
    expect(devices.mask()).toBe(0);
  });

  it('nothing counts while a dialog has the focus, neither key, pad nor finger', () => {
    page.key('keydown', 'KeyD');
    page.pads = [fakePad({ down: [0] })];
    page.document.activeElement = page.dialog;
    page.key('keydown', 'KeyK');
    devices.touch.press(1, Special, 0);
    expect(devices.mask()).toBe(0);
  });

  it('a key pressed in the menu and still held when it closes, from its first repeat', () => {
    page.document.activeElement = page.dialog;
    page.key('keydown', 'KeyD');
    expect(devices.mask()).toBe(0);
    page.document.activeElement = page.body;
    expect(devices.mask()).toBe(0);
    page.key('keydown', 'KeyD', { repeat: true });
    expect(devices.mask()).toBe(Right);
  });

  it('a repeat of a held key is no second tap', () => {
    page.key('keydown', 'KeyJ');
    devices.mask();
    page.key('keydown', 'KeyJ', { repeat: true });
    page.key('keyup', 'KeyJ');
    expect(devices.mask()).toBe(0);
  });
});

describe('INPUT-6: pads', () => {
  it('a tap between two frames counts for one', () => {
    page.pads = [fakePad()];
    devices.mask();
    page.pads = [fakePad({ down: [0] })];
    page.wait(5);
    page.pads = [fakePad()];
    page.wait(5);
    expect(devices.mask()).toBe(Light);
    expect(devices.mask()).toBe(0);
  });

  it('no timer runs without a pad', () => {
    devices.mask();
    expect(page.timers).toBe(0);
    page.pads = [fakePad()];
    page.happen('gamepadconnected');
    expect(page.timers).toBe(1);
    page.pads = [];
    page.happen('gamepaddisconnected');
    expect(page.timers).toBe(0);
  });

  it('drives only the window that has the focus and is seen', () => {
    page.pads = [fakePad({ down: [0, 15] })];
    page.hasFocus = false;
    expect(devices.mask()).toBe(0);
    page.hasFocus = true;
    page.document.hidden = true;
    expect(devices.mask()).toBe(0);
    page.document.hidden = false;
    expect(devices.mask()).toBe(Light | Right);
  });

  it('what comes unplugged lets everything go, and the page is told of both', () => {
    const heard: string[] = [];
    devices.pads.connected.subscribe(() =>
      heard.push(
        devices.pads.connected
          .get()
          .map(({ index, layout }) => `${index} ${layout}`)
          .join(),
      ),
    );
    page.pads = [fakePad({ down: [15] }), fakePad({ index: 1, down: [0] })];
    expect(devices.mask()).toBe(Right | Light);
    page.pads = [null, fakePad({ index: 1, down: [0] })];
    expect(devices.mask()).toBe(Light);
    page.pads = [null, fakePad({ index: 1, down: [0], connected: false })];
    expect(devices.mask()).toBe(0);
    expect(heard).toEqual(['0 standard,1 standard', '1 standard', '']);
  });

  it('a pad without the standard layout is read by the usual one', () => {
    const usual = (fields: Parameters<typeof fakePad>[0]) => {
      page.pads = [fakePad({ mapping: '', buttonCount: 12, axes: [0, 0], ...fields })];
      return devices.mask();
    };
    const hat = (value: number) => ({ axes: [0, 0, 0, 0, 0, 0, 0, 0, 0, value] });
    expect(usual({ down: [0] })).toBe(Light);
    expect(usual({ axes: [1, 0] })).toBe(Right);
    expect(usual({ axes: [0, -1] })).toBe(Up);
    expect(usual(hat(-1))).toBe(Up);
    expect(usual(hat(-3 / 7))).toBe(Right);
    expect(usual(hat(3 / 7))).toBe(Down | Left);
    expect(usual(hat(9 / 7))).toBe(0);
    // Before its first move Chrome gives a hat as 0, which is between two directions.
    expect(usual(hat(0))).toBe(0);
    expect(usual({ axes: [0, 0, -1, 0, 0, -1, 1, 0] })).toBe(Right);
    // A trigger at rest is no direction.
    expect(usual({ axes: [0, 0, 0, 0, 0, 0, -1] })).toBe(0);
  });

  it('one that nobody can read counts nothing and is called unknown', () => {
    page.pads = [fakePad({ mapping: '', buttonCount: 2, axes: [], down: [0] })];
    expect(devices.mask()).toBe(0);
    expect(devices.pads.connected.get()[0]?.layout).toBe('unknown');
  });

  it('a worn stick at rest is none', () => {
    page.pads = [fakePad({ axes: [0.3, -0.35] })];
    expect(devices.mask()).toBe(0);
    page.pads = [fakePad({ axes: [Number.NaN, 1] })];
    expect(devices.mask()).toBe(0);
  });
});
