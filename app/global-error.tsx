'use client';

import { useEffect } from 'react';
import './globals.css';

/** When even the frame of the pages breaks, languages included: both at once. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <html lang="en" data-theme="dark">
      <body className="grid place-items-center p-6 text-center">
        <main className="sheet sheet-lifted max-w-lg p-8">
          <h1 className="misprint text-title uppercase">Arcade Clash</h1>
          <p className="mt-6">The arcade broke. Your account and your fights are safe.</p>
          <p lang="ko">오락실에 문제가 생겼습니다. 계정과 경기는 안전합니다.</p>
          <button type="button" className="button button-gold mt-6" onClick={() => retry()}>
            Try again · <span lang="ko">다시 시도</span>
          </button>
        </main>
      </body>
    </html>
  );
}
