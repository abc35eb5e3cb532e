'use client';

import type { ItemView } from '@/server/arcade/views';
import { ItemPicture } from './pictures';
import { useWords } from './use-words';

/** Items with what each of them does. */
export function ItemList({ items }: { items: readonly ItemView[] }) {
  const { of } = useWords();
  return (
    <ul className="grid gap-3">
      {items.map(({ id, name, text, kind, look, quantity }) => (
        <li key={id} className="arcade-said">
          <ItemPicture kind={kind} look={look} name={of(name)} />
          <p>
            <span className="font-semibold">
              {of(name)}
              {quantity > 1 ? ` ×${quantity}` : null}
            </span>
            <span className="block text-quiet">{of(text)}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}
