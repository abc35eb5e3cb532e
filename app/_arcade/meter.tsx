/** A share of a hundred as a bar; readers hear it as a meter. */
export function Meter({ value, label }: { value: number; label: string }) {
  return (
    <>
      <meter className="sr-only" aria-label={label} min={0} max={100} value={value} />
      <span aria-hidden="true" className="arcade-meter">
        <span style={{ transform: `scaleX(${value / 100})` }} />
      </span>
    </>
  );
}
