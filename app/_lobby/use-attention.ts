'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { chime } from './chime';

const MARK = /^\(\d+\) /;

/** Puts the number of what waits before the title of whatever page is shown, and sounds once for each that comes. */
export function useTitleCount(count: number): void {
  const before = useRef(0);
  useEffect(() => {
    if (count > before.current) chime();
    before.current = count;
    if (count === 0) return;
    const mark = () => {
      const plain = document.title.replace(MARK, '');
      const marked = `(${count}) ${plain}`;
      if (document.title !== marked) document.title = marked;
    };
    mark();
    // Another page of the arcade brings a title of its own.
    const observer = new MutationObserver(mark);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      document.title = document.title.replace(MARK, '');
    };
  }, [count]);
}

/**
 * Brings the focus to a card that has come in, unless the person is typing or in a dialog, and back when it goes. From the card
 * one Tab reaches its first button.
 */
export function usePoliteFocus(card: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = card.current;
    const previous = document.activeElement;
    if (!element || isBusy(previous)) return;
    element.focus({ preventScroll: true });
    return () => {
      if (document.activeElement !== document.body && !element.contains(document.activeElement)) return;
      if (previous instanceof HTMLElement && previous.isConnected) previous.focus({ preventScroll: true });
    };
  }, [card]);
}

function isBusy(element: Element | null): boolean {
  const selector =
    'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable], [role=dialog]';
  return element?.closest(selector) != null;
}
