import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TrainingScreen } from '../../../_training/training-screen';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('training'))('title') };
}

export default async function TrainingSessionPage({ params }: { params: Promise<{ sessionId: string }> }) {
  const { sessionId } = await params;
  return <TrainingScreen sessionId={decodeURIComponent(sessionId)} />;
}
