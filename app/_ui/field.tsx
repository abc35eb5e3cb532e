import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './cx';

interface FrameProps {
  label: ReactNode;
  hint?: ReactNode;
  /** The fault, where it is. */
  error?: ReactNode;
  small?: boolean | undefined;
  className?: string | undefined;
}

/** What an input has to carry so that its words belong to it. */
interface Wiring {
  readonly id: string;
  readonly className: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** A label above, fault and hint below. */
function Frame({
  label,
  hint,
  error,
  small,
  className,
  children,
}: FrameProps & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = cx(hint ? `${id}-hint` : null, error ? `${id}-error` : null);
  return (
    <div className={cx('grid gap-1.5', className)}>
      <label htmlFor={id} className={cx('font-semibold', small && 'text-data')}>
        {label}
      </label>
      {children({
        id,
        className: 'input',
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
      })}
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

/** A labelled text input with a hint, and the fault where it is. */
export function Field({
  label,
  hint,
  error,
  small,
  className,
  ...input
}: ComponentProps<'input'> & FrameProps) {
  return (
    <Frame {...{ label, hint, error, small, className }}>
      {(wiring) => <input {...wiring} {...input} />}
    </Frame>
  );
}

/** A labelled text of several lines. */
export function TextArea({
  label,
  hint,
  error,
  small,
  className,
  ...area
}: ComponentProps<'textarea'> & FrameProps) {
  return (
    <Frame {...{ label, hint, error, small, className }}>
      {(wiring) => <textarea rows={4} {...wiring} {...area} />}
    </Frame>
  );
}

/** A labelled native select: right on phones, and complete for keyboards. */
export function SelectField({
  label,
  hint,
  small,
  className,
  children,
  ...select
}: ComponentProps<'select'> & FrameProps) {
  return (
    <Frame {...{ label, hint, small, className }}>
      {(wiring) => (
        <select {...wiring} {...select}>
          {children}
        </select>
      )}
    </Frame>
  );
}
