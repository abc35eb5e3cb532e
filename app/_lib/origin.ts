/** The origin of this site: from the address bar, or on the server a name that is never fetched there. */
export function ownOrigin(): string {
  return typeof window === 'undefined' ? 'http://localhost' : window.location.origin;
}
