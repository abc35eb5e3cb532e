'use client';

import { useCallback, useMemo } from 'react';
import type { RunView } from '@/server/arcade/views';
import { trpc } from '../_lib/trpc';
import { useWords } from './use-words';

/** Where a run stands, as every step of it is told with. */
export function useRunAt(run: RunView) {
  const { language } = useWords();
  const utils = trpc.useUtils();
  const { runId, version } = run;
  /** Shows a run that a call answered with, without asking again. */
  const show = useCallback(
    (next: RunView) => utils.arcade.run.setData({ runId, language }, next),
    [utils, runId, language],
  );
  /** Asks anew, after a refusal: perhaps another window has gone on. */
  const refresh = useCallback(() => utils.arcade.run.invalidate({ runId }), [utils, runId]);
  const at = useMemo(() => ({ runId, version, language }), [runId, version, language]);
  return { at, show, refresh };
}
