import { notFound, redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { AllMessages } from '../../_lib/all-messages';
import { getViewer } from '../../_lib/viewer';
import { Page } from '../../_ui/page';

/** Designers only, who are admins: for everybody else these pages don't exist. */
export default async function ScenariosLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  if (!viewer) redirect('/login?next=/scenarios');
  if (viewer.role !== 'admin') notFound();
  return (
    <AllMessages>
      <Page>{children}</Page>
    </AllMessages>
  );
}
