import type { PadState } from '../pad-mapping';

/** An element somewhere on a page: in a dialog or not. */
export class FakeElement extends EventTarget {
  constructor(readonly isInDialog: boolean) {
    super();
  }
  closest(selector: string): this | null {
    return this.isInDialog && selector.includes('[role="dialog"]') ? this : null;
  }
}

type KeyFields = Partial<Pick<KeyboardEvent, 'key' | 'repeat' | 'metaKey' | 'ctrlKey' | 'altKey'>>;

/** A browser window as far as devices look at it, in virtual time; stub the global `Element` with FakeElement. */
export class FakeWindow extends EventTarget {
  nowMs = 0;
  hasFocus = true;
  pads: (PadState | null)[] = [];
  readonly stored = new Map<string, string>();
  readonly body = new FakeElement(false);
  readonly dialog = new FakeElement(true);
  readonly document = Object.assign(new EventTarget(), {
    hidden: false,
    activeElement: this.body,
    hasFocus: () => this.hasFocus,
  });
  readonly navigator = { getGamepads: () => [...this.pads] };
  readonly performance = { now: () => this.nowMs };
  readonly localStorage = {
    getItem: (key: string) => this.stored.get(key) ?? null,
    setItem: (key: string, value: string) => void this.stored.set(key, value),
  };
  #lastTimer = 0;
  #timers = new Map<number, { readonly task: () => void; readonly everyMs: number; dueMs: number }>();

  setInterval(task: () => void, everyMs: number): number {
    this.#lastTimer += 1;
    const id = this.#lastTimer;
    this.#timers.set(id, { task, everyMs, dueMs: this.nowMs + everyMs });
    return id;
  }

  clearInterval(id: number): void {
    this.#timers.delete(id);
  }

  get timers(): number {
    return this.#timers.size;
  }

  /** These pads are there now, and no others. */
  plug(...pads: PadState[]): void {
    this.pads = pads;
  }

  /** Lets time go by, timers included. */
  wait(ms: number): void {
    for (const end = this.nowMs + ms; this.nowMs < end; ) {
      this.nowMs += 1;
      for (const timer of this.#timers.values()) {
        if (timer.dueMs > this.nowMs) continue;
        timer.dueMs += timer.everyMs;
        timer.task();
      }
    }
  }

  key(type: 'keydown' | 'keyup', code: string, fields: KeyFields = {}): void {
    const event = new Event(type, { cancelable: true });
    const { activeElement: target } = this.document;
    const all = { code, key: code, repeat: false, metaKey: false, ctrlKey: false, altKey: false, ...fields };
    for (const [name, value] of Object.entries({ ...all, target, timeStamp: this.nowMs }))
      Object.defineProperty(event, name, { value });
    this.dispatchEvent(event);
  }

  /** Something happens to the window as a whole. */
  happen(type: string): void {
    (type === 'visibilitychange' ? this.document : this).dispatchEvent(new Event(type));
  }

  /** Devices take a real one. */
  asWindow(): Window & typeof globalThis {
    return this as unknown as Window & typeof globalThis;
  }
}

/** A pad of the standard layout, unless told otherwise, with these buttons down. */
export function fakePad({
  down = [],
  buttonCount = 17,
  ...fields
}: Partial<Omit<PadState, 'buttons'>> & { down?: readonly number[]; buttonCount?: number } = {}): PadState {
  const button = (at: number) => ({ pressed: down.includes(at), value: down.includes(at) ? 1 : 0 });
  return {
    id: 'Fake pad',
    index: 0,
    connected: true,
    mapping: 'standard',
    axes: [0, 0, 0, 0],
    buttons: Array.from({ length: buttonCount }, (_, at) => button(at)),
    ...fields,
  };
}
