/** Joins class names and leaves out what is absent. */
export function cx(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter((name) => name).join(' ');
}
