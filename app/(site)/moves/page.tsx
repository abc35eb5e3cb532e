import { redirect } from 'next/navigation';
import { CHARACTERS } from '@/engine/fighter/characters/roster';

/** The moves of whoever is first on the roster; the page itself leads to the others. */
export default function MovesPage() {
  redirect(`/moves/${CHARACTERS[0]?.slug}`);
}
