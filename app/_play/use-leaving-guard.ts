'use client';

import { useEffect, useRef } from 'react';

/**
 * Nobody leaves a fight by accident: closing the tab asks, going back opens the menu, and a swipe to the side is no way out.
 * @param onBack called instead of going back.
 */
export function useLeavingGuard(isUnderWay: boolean, onBack: () => void): void {
  const back = useRef(onBack);
  back.current = onBack;

  useEffect(() => {
    if (!isUnderWay) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    // One entry more of the same page: going back ends at the first one, and the menu opens.
    const stay = () => window.history.pushState(null, '', window.location.href);
    const onPopState = () => {
      stay();
      back.current();
    };
    const { style } = document.documentElement;
    const overscroll = style.overscrollBehaviorX;
    style.overscrollBehaviorX = 'none';
    stay();
    window.addEventListener('beforeunload', ask);
    window.addEventListener('popstate', onPopState);
    return () => {
      style.overscrollBehaviorX = overscroll;
      window.removeEventListener('beforeunload', ask);
      window.removeEventListener('popstate', onPopState);
    };
  }, [isUnderWay]);
}
