const KEY = 'tab-id';

/**
 * The one id of this tab: a reload keeps it, another tab has another. A duplicated tab copies it, which the server tells
 * by asking the first one. Browser only.
 */
export function tabId(): string {
  try {
    const known = sessionStorage.getItem(KEY);
    if (known) return known;
    const made = makeId();
    sessionStorage.setItem(KEY, made);
    return made;
  } catch {
    // Storage is forbidden here: an id for as long as the page lives.
    return makeId();
  }
}

function makeId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
