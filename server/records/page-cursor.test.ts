import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, toPage } from './page-cursor';

describe('page cursors', () => {
  it('come back as they went', () => {
    const place = { createdAt: new Date('2030-01-02T03:04:05.678Z'), id: 'b7e1' };
    expect(decodeCursor(encodeCursor(place))).toEqual(place);
  });

  const forged = ['2030-01-02T03:04:05.678Z \0', '-100000-01-01T00:00:00.000Z id'].map((text) =>
    Buffer.from(text).toString('base64url'),
  );
  it.each(['', 'x', 'bm90IGEgZGF0ZSBpZA', '%%%', ...forged])('refuse %j', (cursor) => {
    expect(() => decodeCursor(cursor)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
  });

  it('end with the last page', () => {
    const rows = [3, 2, 1].map((n) => ({ id: String(n), createdAt: new Date(n) }));
    expect(toPage(rows, 3)).toEqual({ rows, nextCursor: null });
    expect(toPage(rows, 2).nextCursor).not.toBeNull();
    expect(toPage(rows, 2).rows.map((row) => row.id)).toEqual(['3', '2']);
  });
});
