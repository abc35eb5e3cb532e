import { counter, histogram } from '../metrics';

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

export const loginsRefused = counter(
  'arcade_auth_logins_refused_total',
  'Log-ins refused: a wrong name or password, a ban, too many failures, a full queue',
  ['reason'],
);

export const registrations = counter(
  'arcade_auth_registrations_total',
  'Accounts registered with a password',
);

export const guestsMade = counter('arcade_auth_guests_total', 'Guests who came');

export const hashWait = histogram(
  'arcade_auth_hash_wait_seconds',
  'How long a password waited for its turn to be hashed',
  [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20],
);

export const guestsExpired = counter(
  'arcade_auth_guests_expired_total',
  'Guests deleted who never played and whom nobody has seen for a week',
);
