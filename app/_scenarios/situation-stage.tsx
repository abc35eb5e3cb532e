'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { numberAt } from './draft';
import { useEditor } from './editor-context';

const AT = 'metadata.situation';
/** From the middle to a wall, in stage units. */
const WALL = 440;
const CEILING = 400;
/** Room above the highest place, for a figure. */
const FRAME = { left: -480, top: -500, width: 960, height: 540 };
const STEP = 10;

/** Both figures on the stage: dragged, or moved by the arrow keys. */
export function SituationStage() {
  const t = useTranslations('scenarios.situation');
  const svg = useRef<SVGSVGElement>(null);
  return (
    <figure className="m-0 grid gap-2">
      <svg
        ref={svg}
        viewBox={`${FRAME.left} ${FRAME.top} ${FRAME.width} ${FRAME.height}`}
        className="max-h-96 w-full touch-none border-2 border-line bg-sunken"
      >
        <title>{t('stage')}</title>
        <path d={`M${FRAME.left} 0H${-FRAME.left}`} className="stroke-edge" strokeWidth="6" />
        <path
          d={`M${-WALL} ${FRAME.top}V0M${WALL} ${FRAME.top}V0`}
          className="stroke-line"
          strokeWidth="4"
          strokeDasharray="16 12"
        />
        <Figure side={1} svg={svg} />
        <Figure side={2} svg={svg} />
      </svg>
      <figcaption className="text-data text-quiet">{t('stageHint')}</figcaption>
    </figure>
  );
}

const within = (value: number, least: number, most: number) =>
  Math.round(Math.max(least, Math.min(most, value)));

function Figure({ side, svg }: { side: 1 | 2; svg: React.RefObject<SVGSVGElement | null> }) {
  const t = useTranslations('scenarios.situation');
  const { draft, set } = useEditor();
  const at = `${AT}.player${side}`;
  const x = numberAt(draft, `${at}.position_x`) ?? 0;
  const y = numberAt(draft, `${at}.position_y`) ?? 0;
  const grip = useRef<{ dx: number; dy: number }>(undefined);

  function place(nextX: number, nextY: number): void {
    set(`${at}.position_x`, within(nextX, -WALL, WALL));
    set(`${at}.position_y`, within(nextY, 0, CEILING));
  }
  function pointAt({ clientX, clientY }: PointerEvent): { x: number; y: number } | undefined {
    const matrix = svg.current?.getScreenCTM();
    if (!matrix) return undefined;
    const point = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
    return { x: point.x, y: -point.y };
  }
  function onKey(event: KeyboardEvent): void {
    const by = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[
      event.key
    ];
    if (!by) return;
    event.preventDefault();
    place(x + (by[0] ?? 0), y + (by[1] ?? 0));
  }
  return (
    <g
      role="slider"
      tabIndex={0}
      aria-label={t(`player${side}`)}
      aria-valuemin={-WALL}
      aria-valuemax={WALL}
      aria-valuenow={x}
      aria-valuetext={t('place', { x, y })}
      className="cursor-grab focus-visible:outline-4"
      transform={`translate(${x} ${-y})`}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        const point = pointAt(event);
        if (!point) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { dx: x - point.x, dy: y - point.y };
      }}
      onPointerMove={(event) => {
        const point = grip.current && pointAt(event);
        if (point && grip.current) place(point.x + grip.current.dx, point.y + grip.current.dy);
      }}
      onPointerUp={() => {
        grip.current = undefined;
      }}
    >
      <path
        d="M-22 0 L-26 -62 L-12 -70 L-12 -78 A14 14 0 1 1 12 -78 L12 -70 L26 -62 L22 0 Z"
        className={side === 1 ? 'fill-p1 stroke-text' : 'fill-p2 stroke-text'}
        strokeWidth="4"
      />
      <text y="-30" textAnchor="middle" className="fill-ground font-poster text-[32px]">
        {side}
      </text>
    </g>
  );
}
