import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { RunScreen } from '../../_arcade/run-screen';
import { AllMessages } from '../../_lib/all-messages';
import { getViewer } from '../../_lib/viewer';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('arcade'))('title') };
}

/** A run of arcade mode. */
export default async function RunPage({ params }: { params: Promise<{ runId: string }> }) {
  const { runId } = await params;
  if (!(await getViewer())) redirect('/login');
  return (
    <AllMessages>
      <RunScreen runId={runId} />
    </AllMessages>
  );
}
