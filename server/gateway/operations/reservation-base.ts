import { z } from 'zod';

/** What all operations of seats have. */
export const BASE = { family: 'reservation', access: 'caller', deadlineMs: 8_000 } as const;
export const PATH = '/api/v1/reservations';
export const FAULTS = { id: 'missing_id' } as const;

export const status = z.string();
