import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openAdminDatabase } from '../auth/admin-database';
import { processConfig } from '../config';

const USAGE =
  'Usage: npm run seed:tournament -- --name X [--seats N] [--opens <ISO time or +seconds>] [--fee COINS] ' +
  '[--minutes of registration] [--format single|double|arena] [--rate admissions a minute]';

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const options = z.object({
  name: z.string().trim().min(1).max(60),
  seats: whole(2, 4_096).default(16),
  fee: whole(0, 1_000_000).default(0),
  opens: z
    .string()
    .default('+0')
    .transform((text, context) => {
      const at = /^\+\d+$/.test(text) ? Date.now() + Number(text) * 1_000 : Date.parse(text);
      if (Number.isNaN(at)) context.addIssue({ code: 'custom', message: 'an ISO time, or + and seconds' });
      return new Date(at);
    }),
  minutes: whole(1, 10_000).default(60),
  format: z.enum(['single', 'double', 'arena']).default('single'),
  rate: whole(1, 100_000).default(600),
});

/**
 * Makes a tournament for a rehearsal, beside a running arcade or while it is stopped. It belongs to the account
 * `Rehearsal`, which nobody can log in to.
 */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      name: { type: 'string' },
      seats: { type: 'string' },
      fee: { type: 'string' },
      opens: { type: 'string' },
      minutes: { type: 'string' },
      format: { type: 'string' },
      rate: { type: 'string' },
    },
  });
  const asked = options.safeParse(values);
  if (!asked.success) {
    console.error(`${z.prettifyError(asked.error)}\n${USAGE}`);
    return 2;
  }
  const { name, seats, fee, opens, minutes, format, rate } = asked.data;
  const closesAt = new Date(opens.getTime() + minutes * 60_000);
  const { db, close } = await openAdminDatabase(processConfig());
  try {
    const owner = await db.user.upsert({
      where: { usernameKey: 'rehearsal' },
      create: {
        username: 'Rehearsal',
        usernameKey: 'rehearsal',
        skeleton: 'rehearsal#seed',
        role: 'organizer',
      },
      update: {},
    });
    const { id } = await db.tournament.create({
      data: {
        name,
        ownerId: owner.id,
        seats,
        fee,
        format,
        admissionsPerMinute: rate,
        opensAt: opens,
        closesAt,
        startsAt: new Date(closesAt.getTime() + 60_000),
      },
    });
    console.log(`${name}: ${seats} seats at ${fee} coins, opens ${opens.toISOString()}: ${id}`);
    return 0;
  } finally {
    await close();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
