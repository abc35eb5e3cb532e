'use client';

import { preload } from 'react-dom';

/** The two faces that stand in every first paint, asked for with the page instead of after its styles. */
const FACES = [
  new URL(
    '@fontsource/black-han-sans/files/black-han-sans-latin-400-normal.woff2',
    import.meta.url,
  ).toString(),
  new URL(
    '@fontsource/ibm-plex-sans-kr/files/ibm-plex-sans-kr-latin-600-normal.woff2',
    import.meta.url,
  ).toString(),
];

/** Tells the browser of them in the head of the document. */
export function FirstFaces() {
  for (const face of FACES) preload(face, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' });
  return null;
}
