import { notFound, redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { AdminNav } from '../../_admin/admin-nav';
import { AllMessages } from '../../_lib/all-messages';
import { getViewer } from '../../_lib/viewer';

/** Admins only: for everybody else these pages don't exist. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  if (!viewer) redirect('/login?next=/admin');
  if (viewer.role !== 'admin') notFound();
  return (
    <AllMessages>
      <div className="mx-auto w-full max-w-[100rem] grow px-4 py-6 md:px-6">
        <AdminNav />
        {children}
      </div>
    </AllMessages>
  );
}
