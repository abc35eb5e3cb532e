/** Shapes that more than one drawing needs. All of them only add to the current path. */

const TURN = Math.PI * 2;

/** A limb: the hull of two circles, so tapered limbs meet at their joints without a seam. */
export function limb(
  ctx: CanvasRenderingContext2D,
  from: { readonly x: number; readonly y: number },
  fromRadius: number,
  to: { readonly x: number; readonly y: number },
  toRadius: number,
): void {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const distance = Math.hypot(dx, dy);
  if (distance <= Math.abs(fromRadius - toRadius) + 0.01) {
    const big = fromRadius > toRadius ? from : to;
    disc(ctx, big.x, big.y, Math.max(fromRadius, toRadius));
    return;
  }
  const angle = Math.atan2(dy, dx);
  const spread = Math.acos((fromRadius - toRadius) / distance);
  ctx.moveTo(from.x + Math.cos(angle + spread) * fromRadius, from.y + Math.sin(angle + spread) * fromRadius);
  ctx.arc(from.x, from.y, fromRadius, angle + spread, angle - spread + TURN);
  ctx.arc(to.x, to.y, toRadius, angle - spread, angle + spread);
  ctx.closePath();
}

export function disc(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  ctx.moveTo(x + radius, y);
  ctx.arc(x, y, radius, 0, TURN);
}

/** An ellipse about (x, y), turned by `angle` radians. */
export function oval(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  radiusX: number,
  radiusY: number,
  angle: number,
): void {
  ctx.moveTo(x + Math.cos(angle) * radiusX, y + Math.sin(angle) * radiusX);
  ctx.ellipse(x, y, radiusX, radiusY, angle, 0, TURN);
}

/**
 * A closed polygon through x, y pairs. It is wound the way arcs are, so that it adds to them and never cuts holes.
 */
export function polygon(ctx: CanvasRenderingContext2D, ...xy: number[]): void {
  const corners = xy.length >> 1;
  let area = 0;
  for (let i = 0; i < corners; i += 1) {
    const next = ((i + 1) % corners) * 2;
    area += (xy[i * 2] ?? 0) * (xy[next + 1] ?? 0) - (xy[next] ?? 0) * (xy[i * 2 + 1] ?? 0);
  }
  for (let i = 0; i < corners; i += 1) {
    const k = (area >= 0 ? i : corners - 1 - i) * 2;
    if (i === 0) ctx.moveTo(xy[k] ?? 0, xy[k + 1] ?? 0);
    else ctx.lineTo(xy[k] ?? 0, xy[k + 1] ?? 0);
  }
  ctx.closePath();
}

/** A star with uneven points, like a drop of ink that burst. The same `seed` is the same star. */
export function burst(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  inner: number,
  outer: number,
  points: number,
  seed: number,
): void {
  for (let i = 0; i < points * 2; i += 1) {
    const angle = (i / (points * 2)) * TURN + seed;
    const long = outer * (0.62 + 0.38 * noise(seed, i));
    const radius = i % 2 === 0 ? long : inner;
    const px = x + Math.cos(angle) * radius;
    const py = y + Math.sin(angle) * radius;
    if (i === 0) ctx.moveTo(px, py);
    else ctx.lineTo(px, py);
  }
  ctx.closePath();
}

/** A number from 0 to 1 that only depends on its arguments: effects look random yet redraw the same. */
export function noise(seed: number, index: number): number {
  const value = Math.sin(seed * 127.1 + index * 311.7) * 43758.5453;
  return value - Math.floor(value);
}
