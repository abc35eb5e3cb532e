import { describe, expect, it } from 'vitest';
import { destinationAfterLogin } from './after-login';

describe('after logging in', () => {
  it('a player goes to the page that asked for it', () => {
    expect(destinationAfterLogin('/admin/sessions?status=ended')).toBe('/admin/sessions?status=ended');
  });

  it('a player without one goes to the lobby', () => {
    expect(destinationAfterLogin(undefined)).toBe('/lobby');
  });

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'nobody is led away to %s',
    (next) => {
      expect(destinationAfterLogin(next)).toBe('/lobby');
    },
  );
});
