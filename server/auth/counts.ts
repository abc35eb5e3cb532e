import { counter } from '../metrics';

/** What the room of accounts counts. */

export const loginsEnded = counter(
  'arcade_auth_logins_ended_total',
  'Log-ins ended before they expired: one by log-out, all of a player by log-out everywhere, password change or ban',
  ['why'],
);

export const loginsCut = counter(
  'arcade_auth_lines_cut_total',
  'Open sockets and subscriptions that ended because their log-in had ended',
);

export const loginsRenewed = counter(
  'arcade_auth_logins_renewed_total',
  'Log-in cookies renewed by a request in the second half of their 30 days',
);
