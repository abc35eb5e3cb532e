'use client';

import { useCallback, useEffect, useState } from 'react';
import { controlsSeen, rememberControls } from '../_lib/remember';
import type { Device } from './labels';

/** Who had the card before the eyes for so long has read it. */
const READ_MS = 5000;

/** Whether the card of controls is due: once for each device. Closed, or seen long enough, it doesn't come again. */
export function useFirstControls(device: Device): { readonly isDue: boolean; readonly close: () => void } {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    if (controlsSeen().has(device)) return;
    setIsDue(true);
    const timer = setTimeout(() => rememberControls(device), READ_MS);
    return () => {
      clearTimeout(timer);
      setIsDue(false);
    };
  }, [device]);
  const close = useCallback(() => {
    rememberControls(device);
    setIsDue(false);
  }, [device]);
  return { isDue, close };
}
