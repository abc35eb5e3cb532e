/** Where things are on a still of any size: the scene above, a quiet strip for text below. */

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Scene units from the strip to the upper edge; a fighter is about 170 tall. */
export const SCENE_UNITS = 300;

/** Share of the height at which the strip's edge meets the left and the right side: the poster's diagonal. */
const EDGE_HIGH = 0.56;
const EDGE_LOW = 0.665;
/** Share of the height at which text may begin. */
const TEXT_SHARE = 0.68;
/** Scene units from the middle to the side: of a narrow phone, and of a wide screen. */
const NARROW_UNITS = 100;
const WIDE_UNITS = 400;

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Pixels a scene unit. */
  readonly unit: number;
  /** Pixels from the top to the line on which the scene stands. */
  readonly floor: number;
  /** Scene units from the middle to either side. */
  readonly half: number;
  /** 0 on a narrow phone, 1 on a wide screen; compositions lie between two sets of anchors. */
  readonly wide: number;
  /** Pixels from the top to the strip's edge at the left and at the right. */
  readonly edgeLeft: number;
  readonly edgeRight: number;
}

/** @param falls whether the strip's edge falls to the right or rises */
export function frameOf(width: number, height: number, falls: boolean): Frame {
  const floor = height * (EDGE_LOW - 0.01);
  const unit = floor / SCENE_UNITS;
  const half = width / 2 / unit;
  const wide = Math.max(0, Math.min(1, (half - NARROW_UNITS) / (WIDE_UNITS - NARROW_UNITS)));
  const high = height * EDGE_HIGH;
  const low = height * EDGE_LOW;
  return {
    width,
    height,
    unit,
    floor,
    half,
    wide,
    edgeLeft: falls ? high : low,
    edgeRight: falls ? low : high,
  };
}

/** A map fills its whole picture. */
export function frameOfMap(width: number, height: number): Frame {
  // A tall phone shows more land above, not larger things.
  const unit = Math.min(height / SCENE_UNITS, width / (NARROW_UNITS * 2));
  const half = width / 2 / unit;
  const wide = Math.max(0, Math.min(1, (half - NARROW_UNITS) / (WIDE_UNITS - NARROW_UNITS)));
  return { width, height, unit, floor: height, half, wide, edgeLeft: height, edgeRight: height };
}

/** The quiet part of a still, in pixels: nothing but flat ground is drawn there. */
export function quietArea(width: number, height: number): Rectangle {
  const margin = Math.round(Math.max(12, Math.min(width, height) * 0.045));
  const y = Math.ceil(height * TEXT_SHARE);
  return { x: margin, y, width: width - margin * 2, height: Math.floor(height - y - margin * 0.6) };
}
