/**
 * A worker that wakes the match every few milliseconds. A page's own timers are slowed to one a second
 * when its tab is hidden; a worker's are not, so the opponent does not freeze with it.
 */
const WAKE_MS = 4;

setInterval(() => postMessage(0), WAKE_MS);
