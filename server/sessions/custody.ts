import { randomUUID } from 'node:crypto';
import type { LiveSession } from './live';

/** Which sessions this process leads, and who has to know of what becomes of them. */
export interface Custody {
  /**
   * Makes a session that this process will lead.
   * @param make writes it under the id that it is handed
   * @throws {AppError} UNAVAILABLE, and whatever `make` throws
   */
  begin<T>(make: (sessionId: string) => Promise<T>): Promise<T>;
  holds(sessionId: string): boolean;
  /** A session that this process leads is new or otherwise. */
  noted(session: LiveSession): void;
  /** A session is over, whoever leads it. */
  over(sessionId: string): void;
}

/** Of a process that leads all of them. */
export const everything: Custody = {
  begin: (make) => make(randomUUID()),
  holds: () => true,
  noted: () => {},
  over: () => {},
};
