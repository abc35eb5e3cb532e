import { Input } from '../fighter/inputs';
import { BACK, FORWARD, type Script } from './script';

/** Things a fighter can set out to do. */
export type Tactic =
  | 'approach'
  | 'dash in'
  | 'jump in'
  | 'back off'
  | 'dash away'
  | 'jump away'
  | 'jump up'
  | 'light'
  | 'heavy'
  | 'low light'
  | 'low heavy'
  | 'special'
  | 'super'
  | 'throw'
  | 'guard'
  | 'wait';

const { Up, Down, Light, Heavy, Special, Throw } = Input;

/** Writes a tactic down as masks. `vary` (0 to 7) lets the same tactic last a little longer or shorter. */
export function write(tactic: Tactic, script: Script, vary: number): void {
  switch (tactic) {
    case 'approach':
      script.hold(FORWARD, 8 + vary * 2);
      return;
    case 'dash in':
      script.hold(0, 1).hold(FORWARD, 2).hold(0, 2).hold(FORWARD, 14);
      return;
    case 'jump in':
      script
        .hold(Up | FORWARD, 6)
        .hold(0, 20 + vary)
        .hold(vary & 1 ? Light : Heavy, 3)
        .hold(0, 8);
      return;
    case 'back off':
      script.hold(BACK, 10 + vary * 2);
      return;
    case 'dash away':
      script.hold(0, 1).hold(BACK, 2).hold(0, 2).hold(BACK, 14);
      return;
    case 'jump away':
      script.hold(Up | BACK, 6).hold(0, 30);
      return;
    case 'jump up':
      script.hold(Up, 6).hold(0, 22).hold(Heavy, 3).hold(0, 6);
      return;
    case 'light':
      script.hold(Light, 2).hold(0, 7);
      return;
    case 'heavy':
      script.hold(Heavy, 2).hold(0, 12);
      return;
    case 'low light':
      script
        .hold(Down, 1)
        .hold(Down | Light, 2)
        .hold(Down, 7);
      return;
    case 'low heavy':
      script
        .hold(Down, 1)
        .hold(Down | Heavy, 2)
        .hold(Down, 14);
      return;
    case 'special':
      script.hold(Special, 2).hold(0, 10);
      return;
    case 'super':
      script.hold(Heavy | Special, 3).hold(0, 10);
      return;
    case 'throw':
      script.hold(FORWARD, 2).hold(Throw, 2).hold(0, 8);
      return;
    case 'guard':
      script.hold(vary & 1 ? BACK : BACK | Down, 12 + vary);
      return;
    case 'wait':
      script.hold(0, 4 + vary);
      return;
  }
}
