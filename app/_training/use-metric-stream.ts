'use client';

import { skipToken } from '@tanstack/react-query';
import { useState } from 'react';
import type { MetricStore } from '../_charts/metric-store';
import { trpc } from '../_lib/trpc';

/** Where the stream of a training stands. */
export type MetricStreamPhase =
  | 'connecting'
  | 'live'
  | 'reconnecting'
  | 'ended'
  | { readonly message: string };

/**
 * Follows the measurements of a training into a store; React renders only when the phase changes.
 * @param onGap the stream missed something: the store was emptied and wants its history again
 */
export function useMetricStream(
  sessionId: string,
  store: MetricStore,
  { isEnabled, onGap }: { isEnabled: boolean; onGap: () => void },
): MetricStreamPhase {
  const [phase, setPhase] = useState<MetricStreamPhase>('connecting');
  const { status, error } = trpc.training.metricStream.useSubscription(
    isEnabled ? { sessionId } : skipToken,
    {
      onData: ({ data }) => {
        if (data.type === 'reconnecting' || data.type === 'ended') return setPhase(data.type);
        if (data.type === 'failed') return setPhase({ message: data.message });
        if (data.type === 'snapshot') {
          store.clear();
          onGap();
        }
        store.append(data.metrics);
        setPhase('live');
      },
      onError: (fault) => setPhase({ message: fault.message }),
    },
  );
  return status === 'connecting' && error !== null ? 'reconnecting' : phase;
}
