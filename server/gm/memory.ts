import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import type { gameTurnResponse } from '../../proto/gm';
import type { Tone } from './lines';
import type { Language } from './text';

export type Turn = z.infer<typeof gameTurnResponse>;

/** What a turn was, beside what was answered. */
export interface Deed {
  readonly turn: Turn;
  readonly tone: Tone;
  /** Scenario id of who was spoken to. */
  readonly addressed: string | undefined;
  readonly isNpcTurn: boolean;
}

/** What is remembered of a session while it is asked about. All of it may be gone at any moment. */
export interface Remembered {
  /** Ids of lines, oldest first. */
  readonly said: readonly string[];
  readonly deeds: readonly Deed[];
  /** Turns that were ever made, those forgotten included. */
  readonly turns: number;
  readonly scenario: string | undefined;
  readonly language: Language | undefined;
}

/** What is kept: memory is bounded, whoever asks. */
const MOST_SESSIONS = 1_000;
const MOST_SAID = 100;
const MOST_DEEDS = 40;

const NOTHING: Remembered = { said: [], deeds: [], turns: 0, scenario: undefined, language: undefined };

/** Sessions that were asked about lately. */
export interface Memory {
  of(sessionId: string): Remembered;
  note(sessionId: string, what: Partial<Pick<Remembered, 'scenario' | 'language'>>): void;
  noteSaid(sessionId: string, lineId: string): void;
  noteDeed(sessionId: string, deed: Deed): void;
}

export function createMemory(mostSessions = MOST_SESSIONS): Memory {
  const sessions = new LRUCache<string, Remembered>({ max: mostSessions });
  const of = (sessionId: string) => sessions.get(sessionId) ?? NOTHING;
  const change = (sessionId: string, to: Partial<Remembered>) =>
    void sessions.set(sessionId, { ...of(sessionId), ...to });
  return {
    of,
    note: change,
    noteSaid(sessionId, lineId) {
      const others = of(sessionId).said.filter((id) => id !== lineId);
      change(sessionId, { said: [...others, lineId].slice(-MOST_SAID) });
    },
    noteDeed(sessionId, deed) {
      const { deeds, turns } = of(sessionId);
      change(sessionId, { deeds: [...deeds, deed].slice(-MOST_DEEDS), turns: turns + 1 });
    },
  };
}
