import { type RefObject, useEffect } from 'react';

/**
 * Goes to the first field that is wrong, in the order of the page, once the page says so.
 * @param found of each attempt: what the page finds wrong, and what the server said; new ones each time
 */
export function useFocusWrong(
  form: RefObject<HTMLFormElement | null>,
  found: readonly [wrongs: object, refusal: object | null],
): void {
  const [wrongs, refusal] = found;
  // biome-ignore lint/correctness/useExhaustiveDependencies: they say that there was another attempt
  useEffect(
    () => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    [form, wrongs, refusal],
  );
}
