const NOTES_HZ = [659.3, 987.8];
const NOTE_S = 0.14;

/** Two short notes: somebody wants something. Silent where the person has not touched the page yet, as browsers demand. */
export function chime(): void {
  if (!navigator.userActivation?.hasBeenActive) return;
  const context = new AudioContext();
  const endS = context.currentTime + NOTES_HZ.length * NOTE_S;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0.12, context.currentTime);
  gain.gain.exponentialRampToValueAtTime(0.001, endS + NOTE_S);
  gain.connect(context.destination);
  NOTES_HZ.forEach((hz, at) => {
    const note = context.createOscillator();
    note.type = 'triangle';
    note.frequency.value = hz;
    note.connect(gain);
    note.start(context.currentTime + at * NOTE_S);
    note.stop(at === NOTES_HZ.length - 1 ? endS + NOTE_S : context.currentTime + (at + 1) * NOTE_S);
    if (at === NOTES_HZ.length - 1) note.addEventListener('ended', () => void context.close());
  });
}
