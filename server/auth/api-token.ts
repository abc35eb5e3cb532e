import { playerTokens } from './player-tokens';

/** A day, as clients of the public gateway expect. */
export const API_TOKEN_SECONDS = 86_400;

const tokens = playerTokens({
  audience: 'api',
  purpose: 'api token',
  seconds: API_TOKEN_SECONDS,
  refusal: 'The token is not valid or has expired. Ask account.apiToken for a new one.',
});

/** The bearer token for `/api/v1`, `/state` and gRPC. */
export const issueApiToken = tokens.issue;

/** Who a bearer token speaks for, and until when. */
export const verifyApiToken = tokens.verify;

/** Such a token, to be asked about more than once. */
export const shownApiToken = tokens.shown;
