import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import { findLogin } from '@/server/auth/session';

const getLogin = cache(async () => findLogin((await headers()).get('cookie') ?? undefined));

/** Who looks at a page; null when signed out, or before an account from another site has its name. */
export async function getViewer() {
  const login = await getLogin();
  return login?.nameChosen ? login.player : null;
}

/** True for an account from another site that has not chosen its name: the page for it is `/name`. */
export async function isUnnamed(): Promise<boolean> {
  const login = await getLogin();
  return login !== null && !login.nameChosen;
}

export type Viewer = NonNullable<Awaited<ReturnType<typeof getViewer>>>;
