import { expect, it } from 'vitest';
import { createRecentSessions } from './recent-sessions';

it('RULES-1: a session that starts gets its pair back, again too; the oldest are forgotten', () => {
  const recent = createRecentSessions(3);
  for (const id of ['a', 'b', 'c', 'd']) {
    expect(recent.add(id, 7)).toEqual({ session_id: id, user_id: 7 });
    expect(recent.add(id, 7)).toEqual({ session_id: id, user_id: 7 });
  }
  expect(recent.size).toBe(3);
});
