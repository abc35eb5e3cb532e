import { z } from 'zod';

/** What all operations of payments have. */
export const BASE = { family: 'payment', access: 'caller', deadlineMs: 8_000 } as const;
/** The public gateway's path is in the singular, its web client's in the plural. */
export const at = (rest: string): string[] => [`/api/v1/payment${rest}`, `/api/v1/payments${rest}`];

const amount = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
/** Plain, as the public gateway takes it, or as the protobuf has it. */
export const price = z.union([
  amount.transform((value) => ({ amount: value, currency: undefined })),
  z.object({ amount, currency: z.string().optional() }),
]);
