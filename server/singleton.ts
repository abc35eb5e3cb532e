/**
 * One instance a process. The custom server and Next's routes share a process but not module
 * instances, so whatever both need is kept on `globalThis`.
 */
export function singleton<T>(key: string, create: () => T): T {
  const store = globalThis as { [k: symbol]: unknown };
  const symbol = Symbol.for(`arcade-clash.${key}`);
  if (!(symbol in store)) store[symbol] = create();
  return store[symbol] as T;
}
