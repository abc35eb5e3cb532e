'use client';

import { skipToken } from '@tanstack/react-query';
import { useState } from 'react';
import type { MetricStore } from '../_charts/metric-store';
import { trpc } from '../_lib/trpc';
import { useOldSince } from '../_lib/use-live';

/** Where the stream of a training stands. */
export type MetricStreamPhase = 'connecting' | 'live' | 'reconnecting' | 'ended' | 'failed';

/**
 * Follows the measurements of a training into a store; React renders only when the phase changes. `oldSince` is set
 * while our own line to the server is lost (Unix milliseconds).
 * @param onGap the stream missed something: the store was emptied and wants its history again
 */
export function useMetricStream(
  sessionId: string,
  store: MetricStore,
  { isEnabled, onGap }: { isEnabled: boolean; onGap: () => void },
): { readonly phase: MetricStreamPhase; readonly oldSince: number | undefined } {
  const [phase, setPhase] = useState<MetricStreamPhase>('connecting');
  const { status, error } = trpc.training.metricStream.useSubscription(
    isEnabled ? { sessionId } : skipToken,
    {
      onData: ({ data }) => {
        if (!('metrics' in data)) return setPhase(data.type);
        if (data.type === 'snapshot') {
          store.clear();
          onGap();
        }
        store.append(data.metrics);
        setPhase('live');
      },
      onError: () => setPhase('failed'),
    },
  );
  // A refusal is no lost line.
  return { phase, oldSince: useOldSince({ status, error: status === 'error' ? null : error }) };
}
