/** Where keys mean something else than a fight. */
const ELSEWHERE =
  'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="dialog"], [role="alertdialog"]';

/** True for a text field or a dialog, and what lies in one. */
export function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(ELSEWHERE) !== null;
}

/**
 * After each of these the key, finger or button that is down may come up without a word to this page: another
 * window, a native menu or dialog, the system's lock screen has it.
 */
const LOSSES = ['blur', 'pagehide', 'beforeunload', 'beforeprint', 'contextmenu', 'dragstart'] as const;

/**
 * Calls `letGo` whenever the page may miss that something comes up (INPUT-4).
 * @returns the way to stop.
 */
export function onLostAttention(target: Window, letGo: () => void): () => void {
  const { document } = target;
  const onLoss = (event: Event) => {
    // Where the page keeps the menu shut, a long press goes on.
    if (event.type !== 'contextmenu' || !event.defaultPrevented) letGo();
  };
  const onVisibility = () => document.hidden && letGo();
  for (const loss of LOSSES) target.addEventListener(loss, onLoss);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    for (const loss of LOSSES) target.removeEventListener(loss, onLoss);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
