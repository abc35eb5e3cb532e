import { describe, expect, it } from 'vitest';
import type { BoardWay } from '../upstream/service-board';
import { servicesView, viewServices } from './services';

const way = (of: Partial<BoardWay>): BoardWay => ({
  ...{ service: 'rule_engine', protocol: 'http', breaker: 'closed', closedForMs: 0 },
  ...{ calls: 0, errors: 0, p50: 1, p90: 2, p95: 3, p99: 4, max: 5 },
  ...{ active: 0, waiting: 0, retries: 0, minutes: [], lastErrors: [] },
  objective: { target: 0.995, calls: 0, errors: 0, budgetLeft: 1 },
  ...of,
});
const flag = (value: boolean) => ({
  ...{ key: 'use.rule-engine' as const, value, version: 3, updatedAt: null, updatedBy: null },
});
const statusOf = (name: string, services: ReturnType<typeof viewServices>) =>
  services.find((one) => one.name === name)?.status;

describe('the board of services', () => {
  it('HEALTH-9: shows trouble first, and what it says of itself', () => {
    const services = viewServices(
      { database: { status: 'ok', latencyMs: 2 }, disk: { status: 'down', message: 'the disk is full' } },
      [],
      [],
    );
    expect(services.map(({ name, note }) => [name, note])).toEqual([
      ['disk', 'the disk is full'],
      ['database', 'latencyMs 2'],
    ]);
    expect(() => servicesView.parse({ at: 1, services })).not.toThrow();
  });

  it('calls a service down that nobody may call for now, also where its part says nothing', () => {
    const open = way({ breaker: 'open', closedForMs: 4_000 });
    expect(viewServices({}, [open], [])).toMatchObject([
      { name: 'rule engine', status: 'down', ways: [{ closedForMs: 4_000 }] },
    ]);
    const half = viewServices({}, [open, way({ protocol: 'grpc' })], []);
    expect(statusOf('rule engine', half)).toBe('degraded');
    const spent = way({ objective: { target: 0.995, calls: 100, errors: 2, budgetLeft: -3 } });
    expect(statusOf('rule engine', viewServices({}, [spent], []))).toBe('degraded');
  });

  it('HEALTH-9: shows the gateway by what it answered, and in trouble when that failed too often', () => {
    const gateway = { service: 'gateway' as const, breaker: null };
    const well = viewServices({}, [way(gateway), way({ ...gateway, protocol: 'grpc' })], []);
    expect(well).toMatchObject([{ name: 'gateway', status: 'ok', ways: [{ breaker: null }, {}] }]);
    const spent = { target: 0.995, calls: 100, errors: 2, budgetLeft: -3 };
    const ill = viewServices({}, [way(gateway), way({ ...gateway, objective: spent })], []);
    expect(statusOf('gateway', ill)).toBe('degraded');
  });

  it('shows what an admin has taken out of use as that, however it is', () => {
    const services = viewServices({ 'rule engine': { status: 'down' } }, [], [flag(false)]);
    expect(services).toMatchObject([
      { status: 'off', use: { flag: 'use.rule-engine', isUsed: false, version: 3 } },
    ]);
    expect(statusOf('rule engine', viewServices({ 'rule engine': { status: 'ok' } }, [], [flag(true)]))).toBe(
      'ok',
    );
  });
});
