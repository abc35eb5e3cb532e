import type { Clock } from '../../../clock';

/** A clock that moves when it is told to; nothing runs by itself. */
export class StillClock implements Clock {
  constructor(private nowMs: number = Date.now()) {}
  now(): number {
    return this.nowMs;
  }
  pass(ms: number): void {
    this.nowMs += ms;
  }
  after(): () => void {
    return () => {};
  }
  every(): () => void {
    return () => {};
  }
}
