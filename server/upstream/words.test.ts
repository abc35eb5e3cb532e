import { describe, expect, it } from 'vitest';
import { theirWords } from './words';

describe('what a service says', () => {
  it.each([
    ['connect ECONNREFUSED 10.0.3.7:5432', 'connect ECONNREFUSED [address]'],
    [
      'failed to connect to all addresses; last error: ipv4:127.0.0.1:50051: refused',
      'addresses; last error: [address]',
    ],
    ['No route to [2001:db8::7]:443', 'No route to [address]'],
    ['peer fe80::1 is gone', 'peer [address] is gone'],
    ['GET http://user:pw@internal.example/x?key=1 failed', 'GET [address] failed'],
    ['redis-master.prod.svc:6379 timed out', '[address] timed out'],
    ['ask ops@example.org at db.internal.example', 'ask [address] at [address]'],
    ['File "/srv/trainer/secret/main.py", line 3', 'File "[address]", line 3'],
  ])('%s is without addresses in the log', (said, logged) => {
    expect(theirWords(said)).toContain(logged);
  });

  it('keeps what is no address', () => {
    const said = 'Step 3 of 5: loss is 0.25 at 12:30, and/or NaN.';
    expect(theirWords(said)).toBe(said);
  });

  it('is one line and short, whatever was sent', () => {
    expect(theirWords('one\n\ttwo\u0007\u202ethree')).toBe('one two three');
    expect(theirWords('x'.repeat(5_000_000)).length).toBeLessThanOrEqual(201);
  });
});
