import type { ReactNode } from 'react';
import { PANEL } from './picture-layout';

/** What a part of the picture shows; the line of the moment that is read passes behind it. */
export function Caption({ title, note }: { title: string; note?: string }) {
  return (
    <figcaption className="relative z-10 bg-ground pb-1">
      <span className="font-semibold">{title}</span>
      {note === undefined ? null : <span className="ml-3 text-data break-words text-quiet">{note}</span>}
    </figcaption>
  );
}

/** One part of the picture, stretched to the width of the page. */
export function Panel({
  title,
  note,
  middle = false,
  tall = false,
  children,
}: {
  title: string;
  /** Whose is what, and how far it goes. */
  note: string;
  /** The zero of this panel is its middle. */
  middle?: boolean;
  tall?: boolean;
  children: ReactNode;
}) {
  return (
    <figure className="m-0 min-w-0">
      <Caption title={title} note={note} />
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${PANEL.width} ${PANEL.height}`}
        preserveAspectRatio="none"
        className={`block w-full overflow-hidden border-2 border-line bg-sunken ${tall ? 'h-40' : 'h-24'}`}
      >
        {middle ? (
          <path d={`M0 ${PANEL.height / 2}H${PANEL.width}`} className="stroke-edge" strokeWidth="1" />
        ) : null}
        {children}
      </svg>
    </figure>
  );
}
