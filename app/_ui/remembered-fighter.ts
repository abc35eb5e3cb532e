const STORAGE_KEY = 'fighter';

/** The fighter chosen last in this browser, if they still exist; else the first. */
export function rememberedFighter(ids: readonly number[]): number {
  const id = Number(localStorage.getItem(STORAGE_KEY));
  return ids.includes(id) ? id : (ids[0] ?? 1);
}

/** Keeps the choice for next time. */
export function rememberFighter(id: number): void {
  localStorage.setItem(STORAGE_KEY, String(id));
}
