import { describe, expect, it } from 'vitest';
import { iceServersFor } from './ice';

describe('ICE servers', () => {
  it('are none by default', () => {
    expect(iceServersFor('p', { urls: [], secret: undefined }, 0)).toEqual([]);
  });

  it('carry credentials that coturn accepts, and expire', () => {
    // The password was computed with: printf '21600:p' | openssl dgst -sha1 -hmac north -binary | base64
    expect(iceServersFor('p', { urls: ['turn:host:3478', 'stun:host:3478'], secret: 'north' }, 0)).toEqual([
      { urls: ['stun:host:3478'] },
      { urls: ['turn:host:3478'], username: '21600:p', credential: 'XNBQm9iUwH6Npm9acihvd61Mang=' },
    ]);
  });

  it('never offer a relay without a secret', () => {
    expect(iceServersFor('p', { urls: ['turn:host:3478'], secret: undefined }, 0)).toEqual([]);
  });
});
