import { expect, it } from 'vitest';
import { padName } from './pad-name';

it.each([
  ['Xbox 360 Controller (STANDARD GAMEPAD Vendor: 045e Product: 028e)', 'Xbox 360 Controller'],
  ['Logitech Dual Action (Vendor: 046d Product: c216)', 'Logitech Dual Action'],
  ['045e-28e-Microsoft X-Box 360 pad', 'Microsoft X-Box 360 pad'],
  ['Arcade Stick (PS3)', 'Arcade Stick (PS3)'],
  ['(STANDARD GAMEPAD Vendor: 045e Product: 028e)', ''],
])('the driver of %s means %s', (id, name) => {
  expect(padName(id)).toBe(name);
});
