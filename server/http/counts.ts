import { counter } from '../metrics';

/** Requests that were answered with an error of the closed set, by its code. */
export const refusedRequests = counter(
  'arcade_http_refused_total',
  'HTTP requests refused, by the code of the error',
  ['code'],
);

/** Upgrades that nobody takes, or whose taker failed, by status. */
export const refusedUpgrades = counter('arcade_http_upgrades_refused_total', 'Upgrades refused, by status', [
  'status',
]);

/** Bodies that were refused before a byte was read. */
export const largeBodies = counter(
  'arcade_http_bodies_too_large_total',
  'Request bodies refused for their size',
);

/** WebSockets of tRPC that we ended, by why: slow to read, silent, too many calls, the log-in ended. */
export const linesCut = counter('arcade_http_lines_cut_total', 'tRPC WebSockets that the server ended', [
  'why',
]);
