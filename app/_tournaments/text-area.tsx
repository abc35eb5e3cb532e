'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';

/** A labelled text of several lines. */
export function TextArea({
  label,
  hint,
  ...area
}: ComponentProps<'textarea'> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      <textarea
        id={id}
        rows={4}
        className="input"
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...area}
      />
      {hint ? (
        <p id={`${id}-hint`} className="text-data text-quiet">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
