const KEY = 'way-back';

/** Keeps where a fight leads back to that this page has brought about: the page of its tournament or room. */
export function rememberWayBack(path: string): void {
  try {
    sessionStorage.setItem(KEY, path);
  } catch {
    // Storage is forbidden here: the general pages it is.
  }
}

/** Where a fight of this tab leads back to, if a page has said so. */
export function wayBack(): string | undefined {
  try {
    const path = sessionStorage.getItem(KEY);
    return path?.startsWith('/') && !path.startsWith('//') ? path : undefined;
  } catch {
    return undefined;
  }
}
