'use client';

import { BrokenPage } from './_ui/page-states';

export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  return <BrokenPage error={error} retry={retry} />;
}
