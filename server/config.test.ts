import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config';

/** What the operator reads. */
function complaint(env: Record<string, string>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

const HTTP = 'http(s)://host[:port]';
const POSTGRES = 'postgresql://user:password@host:port/database';

describe('the configuration', () => {
  it.each([
    ['PORT', 'abc', 'a port, 0 to 65535, not "abc"'],
    ['PORT', '0x10', 'a port, 0 to 65535, not "0x10"'],
    ['PORT', '1e3', 'a port, 0 to 65535, not "1e3"'],
    ['ADMIN_PORT', '-1', 'a port, 0 to 65535, not "-1"'],
    ['GRPC_PORT', '65536', 'a port, 0 to 65535, not "65536"'],
    ['NEXTAUTH_URL', 'nope', HTTP],
    ['NEXTAUTH_URL', 'https:arcade.example', HTTP],
    ['SIGNALING_URL', 'ws://arcade.example', HTTP],
    ['RULE_ENGINE_URL', 'nope', HTTP],
    ['AI_GM_URL', 'nope', HTTP],
    ['DATABASE_URL', 'mysql://x', POSTGRES],
    ['DATABASE_URL', 'nope', POSTGRES],
    ['REDIS_URL', 'localhost:6379', 'redis(s)://[user:password@]host:port'],
    ['GAME_GRPC_ADDRESS', 'http://game:9090', 'host:port, such as 127.0.0.1:9090'],
    ['MATCH_GRPC_ADDRESS', 'game:99999', 'host:port, such as 127.0.0.1:9090'],
    ['TURN_URLS', 'turn:a.example,https://b.example', 'turn:, turns:, stun: or stuns:'],
    ['PROXY_TIMEOUT', 'soon', 'seconds, more than 0 and at most 600'],
    ['PROXY_TIMEOUT', '0', 'seconds, more than 0 and at most 600'],
    ['PROXY_MAX_RETRIES', '6', 'a whole number, 1 to 5'],
    ['PROXY_RETRY_MIN_WAIT', '11', 'is more than PROXY_RETRY_MAX_WAIT'],
    ['PROXY_AUTH', 'open', '"bearer"|"key"|"jwt"'],
    ['GM_URL', 'nope', HTTP],
    ['AUTH_SECRET', 'short', 'at least 32 characters'],
    ['TRUST_PROXY', 'maybe', '"yes"|"no"'],
    ['LOG_LEVEL', 'loud', '"info"'],
    ['RULES_PORT', '70000', 'a port, 0 to 65535, not "70000"'],
    ['HOLD_SECONDS', '1.5', 'a whole number, 1 to 86400'],
    ['HOLD_SECONDS', '0', 'a whole number, 1 to 86400'],
    ['GATEWAY_WORKERS', '65', 'a whole number, 0 to 64'],
    ['RATE_LIMIT_RPS', 'many', 'a whole number, 1 to 100000'],
    ['INTERNAL_API_KEY', 'short', 'at least 16 characters'],
    ['WEBHOOK_SECRET', 'short', 'at least 16 characters'],
    ['RESERVATION_TOKENS', 'believe', '"verify"|"trust"'],
    ['BACKEND_PAYMENT_URL', 'payment:9090', HTTP],
  ])('refuses %s=%s and says what is allowed', (name, value, allowed) => {
    const message = complaint({ [name]: value });
    expect(message).toContain(`  ${name}: `);
    expect(message).toContain(allowed);
    expect(message.match(/^ {2}/gm)).toHaveLength(1);
  });

  it.each([
    ['GITHUB_CLIENT_SECRET', 'GITHUB_CLIENT_ID'],
    ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
    ['GRPC_TLS_KEY', 'GRPC_TLS_CERT'],
  ])('names %s when %s stands alone', (missing, set) => {
    expect(complaint({ [set]: 'x' })).toContain(`  ${missing}: is missing, and ${set}`);
    expect(complaint({ [set]: 'x', [missing]: 'y' })).toBe('');
  });

  it('GATE-13: knows the public spelling of the services’ addresses, and prefers its own', () => {
    const publicName = { BACKEND_PAYMENT_API_GRPC_ADDRESS: 'payment:8030' };
    expect(loadConfig(publicName).BACKEND_PAYMENT_GRPC_ADDRESS).toBe('payment:8030');
    const both = { ...publicName, BACKEND_PAYMENT_GRPC_ADDRESS: 'payment:9091' };
    expect(loadConfig(both).BACKEND_PAYMENT_GRPC_ADDRESS).toBe('payment:9091');
    expect(complaint({ GRPC_TLS_CA: 'ca.pem' })).toContain('GRPC_TLS_CERT: is missing');
  });

  it('GM-15: wants the address of a model and its name together, and a key only for one', () => {
    expect(complaint({ GM_LLM_URL: 'https://models.example/v1' })).toContain('  GM_LLM_MODEL: is missing');
    expect(complaint({ GM_LLM_MODEL: 'small' })).toContain('  GM_LLM_URL: is missing');
    expect(complaint({ GM_LLM_URL: 'models.example', GM_LLM_MODEL: 'small' })).toContain(HTTP);
    expect(complaint({ GM_LLM_KEY: 'x' })).toContain('  GM_LLM_URL: is missing');
    const whole = { GM_LLM_URL: 'https://models.example/v1', GM_LLM_MODEL: 'small' };
    expect(complaint(whole) + complaint({ ...whole, GM_LLM_KEY: 'x' })).toBe('');
  });

  it('PROXY-1: knows the public spelling of the game master’s address, and prefers its own', () => {
    const publicName = { GM_URL: 'http://gm:8020' };
    expect(loadConfig(publicName).AI_GM_URL).toBe('http://gm:8020');
    expect(loadConfig({ ...publicName, AI_GM_URL: 'http://gm:8032' }).AI_GM_URL).toBe('http://gm:8032');
  });

  it('prints no value that may hold a secret', () => {
    const message = complaint({
      DATABASE_URL: 'mysql://arcade:hunter2@db/arcade',
      REDIS_URL: 'http://:hunter2@cache',
      NEXTAUTH_URL: 'ftp://arcade:hunter2@arcade.example',
      AUTH_SECRET: 'hunter2',
      TURN_URLS: 'https://arcade:hunter2@turn.example',
    });
    for (const name of ['DATABASE_URL', 'REDIS_URL', 'NEXTAUTH_URL', 'AUTH_SECRET', 'TURN_URLS'])
      expect(message).toContain(`  ${name}: `);
    expect(message).not.toContain('hunter2');
  });

  it('takes what it says it takes', () => {
    expect(
      loadConfig({
        PORT: '0',
        ADMIN_PORT: '65535',
        NEXTAUTH_URL: 'https://arcade.example',
        DATABASE_URL: 'postgresql://arcade:pw@db:5432/arcade',
        REDIS_URL: 'rediss://:pw@cache:6379',
        MATCH_GRPC_ADDRESS: 'game:9090',
        TURN_URLS: 'turn:a.example:3478?transport=udp, turns:b.example, stun:c.example',
        PROXY_TIMEOUT: '2.5',
      }),
    ).toMatchObject({
      PORT: 0,
      ADMIN_PORT: 65535,
      NEXTAUTH_URL: 'https://arcade.example',
      DATABASE_URL: 'postgresql://arcade:pw@db:5432/arcade',
      matchAddress: 'game:9090',
      TURN_URLS: ['turn:a.example:3478?transport=udp', 'turns:b.example', 'stun:c.example'],
      PROXY_TIMEOUT: 2.5,
    });
    expect(loadConfig({ PORT: '', TURN_URLS: '' })).toMatchObject({ PORT: 3000, TURN_URLS: [] });
  });
});
