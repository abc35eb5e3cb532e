/**
 * Where to go after logging in: the page that asked for it, never another site.
 * @param next the `next` parameter of the address
 */
export function destinationAfterLogin(next: string | undefined): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/lobby';
  return next;
}
