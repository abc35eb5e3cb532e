'use client';

import { useEffect, useRef, useState } from 'react';
import { noticeElsewhere } from '../_ui/notice-elsewhere';

const BEAT_S = 0.16;
const BEATS_HZ = [92, 92, 138];

/** Three strokes on a drum: it is somebody's turn. Silent where the person has not touched the page yet, as browsers demand. */
export function drum(): void {
  if (!navigator.userActivation?.hasBeenActive) return;
  const context = new AudioContext();
  BEATS_HZ.forEach((hz, beat) => {
    const at = context.currentTime + beat * BEAT_S;
    const skin = context.createOscillator();
    const gain = context.createGain();
    skin.frequency.setValueAtTime(hz * 2, at);
    skin.frequency.exponentialRampToValueAtTime(hz, at + 0.05);
    gain.gain.setValueAtTime(0.5, at);
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.32);
    skin.connect(gain).connect(context.destination);
    skin.start(at);
    skin.stop(at + 0.34);
    if (beat === BEATS_HZ.length - 1) skin.addEventListener('ended', () => void context.close());
  });
}

const MARK = '★ ';

/**
 * Calls somebody who may look elsewhere: drums once, marks the title of the page while it lasts, and shows a notification of
 * the browser where that was allowed and the page is not looked at.
 * @param call what it is about; undefined while there is nothing to call for
 */
export function useCall(call: { readonly title: string; readonly text: string } | undefined): void {
  const told = useRef<string>(undefined);
  const { title, text } = call ?? {};
  useEffect(() => {
    const isNew = told.current !== title;
    told.current = title;
    if (title === undefined || !isNew) return;
    drum();
    return noticeElsewhere(title, text ?? '', 'arcade-turn');
  }, [title, text]);
  useTitle(title === undefined ? undefined : `${MARK}${title}`);
}

/** Puts words before the title of the page for as long as they are given. */
export function useTitle(words: string | undefined): void {
  useEffect(() => {
    if (words === undefined) return;
    let plain = document.title;
    const show = () => {
      const wanted = `${words} · ${plain}`;
      if (document.title === wanted) return;
      plain = document.title;
      document.title = `${words} · ${plain}`;
    };
    const first = `${words} · ${plain}`;
    document.title = first;
    // Another page of the arcade brings a title of its own.
    const observer = new MutationObserver(show);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      document.title = plain;
    };
  }, [words]);
}

/** Whether this browser may show notifications, and how to ask for it; `unknown` where it has none. */
export function useNotifications(): {
  readonly state: NotificationPermission | 'unknown';
  readonly ask: () => void;
} {
  const [state, setState] = useState<NotificationPermission | 'unknown'>('unknown');
  useEffect(() => {
    if ('Notification' in window) setState(Notification.permission);
  }, []);
  return {
    state,
    ask: () => {
      Notification.requestPermission().then(setState, () => undefined);
    },
  };
}
