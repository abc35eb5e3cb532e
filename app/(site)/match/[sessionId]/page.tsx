import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { getDb } from '@/server/db/client';
import { asAppError } from '@/server/errors';
import { idSchema } from '@/server/ids';
import { findWire, wireView } from '@/server/records/wire-reports';
import { getViewer, type Viewer } from '../../../_lib/viewer';
import { Page } from '../../../_ui/page';
import type { Wire } from '../../../_wire/tellers';
import { WirePage } from '../../../_wire/wire-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('wire'))('title') };
}

export default async function MatchPage({ params }: { params: Promise<{ sessionId: string }> }) {
  const { sessionId } = await params;
  const viewer = await getViewer();
  if (!viewer) redirect(`/login?next=${encodeURIComponent(`/match/${sessionId}`)}`);
  const wire = await find(decodeURIComponent(sessionId), viewer);
  if (!wire) notFound();
  return (
    <Page>
      <WirePage wire={wire} isAdmin={viewer.role === 'admin'} />
    </Page>
  );
}

/** Undefined for a fight that is somebody else's, as for one that never was. */
async function find(sessionId: string, viewer: Viewer): Promise<Wire | undefined> {
  if (!idSchema.safeParse(sessionId).success) return undefined;
  try {
    return wireView.parse(await findWire(getDb(), sessionId, viewer));
  } catch (error) {
    if (asAppError(error)?.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
