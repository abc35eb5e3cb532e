import { Input } from '../../../engine/fighter/inputs';

/** Little-endian masks, one or two columns. */
export function packed(masks: readonly number[]): string {
  const bytes = Buffer.alloc(masks.length * 2);
  for (const [index, mask] of masks.entries()) bytes.writeUInt16LE(mask & 0xffff, index * 2);
  return bytes.toString('base64');
}

/** Player 1 walks up and strikes, player 2 stands: fought out in about half a minute. */
export function oneSided(frames: number): string {
  const masks: number[] = [];
  for (let frame = 0; frame < frames; frame += 1) {
    const isStrike = frame % 31 < 4;
    masks.push(isStrike ? Input.Heavy : frame % 31 < 16 ? Input.Right : 0, 0);
  }
  return packed(masks);
}

/** Both stand until the time is up, three times: as long as a fight can be. */
export function longest(): string {
  return packed(Array.from({ length: 2 * 20_000 }, (_, index) => (index % 14 === 0 ? Input.Up : 0)));
}
