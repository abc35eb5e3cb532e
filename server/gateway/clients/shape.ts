import { z } from 'zod';
import type { Answer, Json } from '../operation';
import type { Remote } from './remote';
import * as json from './reservation-json';

/** What the server's end of the shape gets. */
export interface ShapeInput {
  readonly params: Json;
  readonly query: Json;
  readonly body: unknown;
}

/** A method with both ends of its HTTP shape: the client's in `remote`, the server's beside it. */
export interface Shape<Request, Response extends Answer> {
  readonly remote: Remote<Request, Response>;
  readonly method: 'GET' | 'POST';
  /** As find-my-way has it. */
  readonly path: string;
  readonly success: number;
  readonly needsKey: boolean;
  /** @throws zod's error */
  readRequest(input: ShapeInput): Request;
  writeAnswer(answer: Response, request: Request): Json;
}

/** Where they are. */
export const BASE = '/v1/reservations';
export const id = z.string().trim().min(1, 'is missing').max(200);
export const userId = json.text.nullish().transform((value) => value ?? '');
export const seconds = z.int().min(0).max(86_400);

/** Leaves empty fields out: a service that is strict about them sees only what says something. */
export function said(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== '' && value !== undefined),
  );
}
