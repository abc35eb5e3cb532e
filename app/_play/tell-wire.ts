import { TRPCClientError } from '@trpc/client';
import { partingClient } from '../_lib/parting-client';
import type { TellWire } from '../_match/reported-match';

/** Tells the server what happened on the line; what it refuses is not told again. */
export const tellWire: TellWire = async (told) => {
  try {
    await partingClient.match.reportWire.mutate(told);
    return true;
  } catch (error) {
    const status: unknown = error instanceof TRPCClientError ? error.data?.httpStatus : undefined;
    return typeof status === 'number' && status < 500;
  }
};
