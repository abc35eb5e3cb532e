import type messages from './en.json';

type Messages = typeof messages;

/** What every page carries: all but the namespaces of rooms with a layout of their own, which brings them (`AllMessages`). */
export function commonMessages({
  account,
  tournaments,
  rooms,
  wallet,
  arcade,
  admin,
  scenarios,
  wire,
  ...common
}: Messages) {
  return common;
}
