import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import { readSession } from '@/server/auth/session';

/** Who looks at a page; null when signed out. Read once a request. */
export const getViewer = cache(async () => readSession((await headers()).get('cookie') ?? undefined));

export type Viewer = NonNullable<Awaited<ReturnType<typeof getViewer>>>;
