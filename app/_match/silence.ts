/** The engine's packets come sixty times a second, and a broken connection mends itself within this time, or hardly. */
export const SILENCE_MS = 4_000;

export interface SilenceOptions {
  readonly later: (task: () => void, delayMs: number) => () => void;
  /** Whether there is a reason for it, or nothing to hear any more. */
  isExcused(): boolean;
  /** Nothing was heard of the opponent for so long. */
  onSilent(): void;
}

/** How long the opponent, who is in the arcade, has not been heard in a fight. */
export interface Silence {
  /** Nothing is heard from now on. */
  begin(): void;
  end(): void;
}

export function createSilence({ later, isExcused, onSilent }: SilenceOptions): Silence {
  let stop: (() => void) | undefined;
  const end = () => {
    stop?.();
    stop = undefined;
  };
  return {
    begin() {
      end();
      stop = later(() => {
        if (!isExcused()) onSilent();
      }, SILENCE_MS);
    },
    end,
  };
}
