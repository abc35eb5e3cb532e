import { z } from 'zod';
import type { Ownership } from '../cluster';
import type { Link } from './link';
import type { Names } from './names';
import { NOW } from './nodes';

/** What nobody let go of is forgotten after a day. */
const KEPT_S = 86_400;

const LIVES = `${NOW}
local function lives(node)
  local till = redis.call('ZSCORE', KEYS[2], node)
  return till and tonumber(till) >= now
end`;

/** Takes what belongs to nobody who lives; returns whose it is. */
const CLAIM = `${LIVES}
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] and lives(owner) then return owner end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return ARGV[1]`;

const FIND = `${LIVES}
local owner = redis.call('GET', KEYS[1])
return (owner and lives(owner)) and owner or ''`;

const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end return 1`;

/** Who owns what, in Redis. The name of a node is that of one run of it, so nobody owns anything by an old claim. */
export function createRedisOwnership({
  own,
  names,
  link,
}: {
  readonly own: string;
  readonly names: Names;
  readonly link: Link;
}): Ownership {
  const keysOf = (id: string) => [names.ownerOf(id), names.living];
  return {
    claim: async (id) => z.string().parse(await link.run(CLAIM, keysOf(id), [own, String(KEPT_S)])),
    find: async (id) => z.string().parse(await link.run(FIND, keysOf(id), [])) || undefined,
    // What is not let go of is nobody's when this node is gone.
    release: (id) => void link.run(RELEASE, keysOf(id), [own]).catch(() => {}),
  };
}
