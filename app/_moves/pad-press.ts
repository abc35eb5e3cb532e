/**
 * Calls back at each fresh press of any button of a connected gamepad; the browser has no event for it, so pads are
 * read once a frame, as long as there are any.
 * @returns what ends it
 */
export function onPadPress(callback: () => void): () => void {
  let frame = 0;
  let wasPressed = true;
  const read = () => {
    const pads = navigator.getGamepads().filter((pad) => pad?.connected);
    // INPUT-6: what is pressed for another window is no sign for this one.
    const isPressed =
      document.hasFocus() && pads.some((pad) => pad?.buttons.some((button) => button.pressed));
    if (isPressed && !wasPressed) callback();
    wasPressed = isPressed;
    frame = pads.length > 0 ? requestAnimationFrame(read) : 0;
  };
  const start = () => {
    if (frame === 0) frame = requestAnimationFrame(read);
  };
  // A pad that was there before shows itself by its first press.
  const onConnected = () => {
    wasPressed = false;
    start();
  };
  window.addEventListener('gamepadconnected', onConnected);
  start();
  return () => {
    cancelAnimationFrame(frame);
    window.removeEventListener('gamepadconnected', onConnected);
  };
}
