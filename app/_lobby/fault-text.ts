import { SignalingFailure } from '../_line/signaling';

/** What to say about a request that failed: the server's own word, or that there was none. */
export function faultText(error: unknown, noAnswer: string): string {
  if (error instanceof SignalingFailure && error.code !== 500) return error.message;
  return noAnswer;
}
