/** A short word to the player that goes away by itself. */
export interface Notice {
  readonly id: number;
  readonly tone: 'plain' | 'good' | 'bad';
  readonly title: string;
  readonly text?: string;
}

let notices: readonly Notice[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function publish(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

/** Shows a notice; at most four stand at once, the oldest goes first. */
export function notify(notice: Omit<Notice, 'id'>): void {
  publish([...notices, { ...notice, id: nextId++ }].slice(-4));
}

/** Takes a notice away. */
export function dismissNotice(id: number): void {
  publish(notices.filter((notice) => notice.id !== id));
}

/** For useSyncExternalStore. */
export function subscribeNotices(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** For useSyncExternalStore. */
export function currentNotices(): readonly Notice[] {
  return notices;
}
