import type { Report } from './examine';
import type { Meeting, Network } from './networks';

const NETWORK: Readonly<Record<Network, string>> = {
  open: 'open, or an ordinary router',
  symmetric: 'symmetric NAT',
  udp_blocked: 'UDP blocked',
  only_443: 'only port 443',
};

const MEETING: Readonly<Record<Meeting, string>> = {
  direct: 'direct',
  turn: 'TURN',
  server: 'the arcade’s relay',
  nothing: 'NOTHING',
};

const MARK = { ok: '  ok ', warn: 'warn ', bad: ' BAD ' } as const;

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

const indented = (next: string | undefined): string[] => (next === undefined ? [] : [`        → ${next}`]);

/** The report as an operator reads it. */
export function printed({ checks, servers, outlooks, isWell }: Report): string {
  const lines = ['Configuration and neighbours'];
  for (const { state, name, says, next } of checks)
    lines.push(`${MARK[state]} ${name}: ${says}`, ...indented(next));
  if (servers.length > 0) lines.push('', 'STUN and TURN servers');
  for (const { url, works, says, next, open = [] } of servers) {
    lines.push(`${MARK[works ? 'ok' : 'bad']} ${url} ${says}`, ...indented(next));
    if (open.length > 0)
      lines.push(
        `${MARK.bad} ${url} is a door into private networks: ${open.join(', ')}`,
        ...indented('Deny them as peers (denied-peer-ip, deploy/coturn/turnserver.conf).'),
      );
  }
  if (outlooks.length > 0) {
    const head = ['The player’s network', 'will meet', 'because'];
    const rows = outlooks.map(({ network, meets, because }) => [NETWORK[network], MEETING[meets], because]);
    lines.push('', ...table([head, ...rows]));
    const steps = new Set(outlooks.flatMap(({ next }) => next ?? []));
    if (steps.size > 0) lines.push('', 'What would help', ...[...steps].map((step) => `  → ${step}`));
  }
  lines.push('', isWell ? 'Everybody can fight.' : 'Not everybody can fight.');
  return lines.join('\n');
}
