import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './cx';

interface FieldFrame {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
}

/** A labelled text input with a hint, and the fault where it is. */
export function Field({
  label,
  hint,
  error,
  small,
  className,
  ...input
}: ComponentProps<'input'> & FieldFrame & { small?: boolean }) {
  const id = useId();
  const described = cx(hint ? `${id}-hint` : null, error ? `${id}-error` : null);
  return (
    <div className={cx('grid gap-1.5', className)}>
      <label htmlFor={id} className={cx('font-semibold', small && 'text-data')}>
        {label}
      </label>
      <input
        id={id}
        className="input"
        aria-describedby={described || undefined}
        aria-invalid={error ? true : undefined}
        {...input}
      />
      {error ? (
        <p id={`${id}-error`} className="text-data text-bad">
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="text-data text-quiet">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** A labelled native select: right on phones, and complete for keyboards. */
export function SelectField({
  label,
  className,
  children,
  ...select
}: ComponentProps<'select'> & { label: ReactNode }) {
  const id = useId();
  return (
    <div className={cx('grid gap-1.5', className)}>
      <label htmlFor={id} className="text-data font-semibold">
        {label}
      </label>
      <select id={id} className="input" {...select}>
        {children}
      </select>
    </div>
  );
}
