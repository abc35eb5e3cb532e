import type { NextAuthOptions } from 'next-auth';
import DiscordProvider from 'next-auth/providers/discord';
import GitHubProvider from 'next-auth/providers/github';
import GoogleProvider from 'next-auth/providers/google';
import type { Config } from '../config';

/** The variables that switch OAuth providers on. */
export type OAuthConfig = Pick<
  Config,
  | 'GITHUB_CLIENT_ID'
  | 'GITHUB_CLIENT_SECRET'
  | 'GOOGLE_CLIENT_ID'
  | 'GOOGLE_CLIENT_SECRET'
  | 'DISCORD_CLIENT_ID'
  | 'DISCORD_CLIENT_SECRET'
>;

/** A provider appears when both of its variables are set. */
export function oauthProviders(config: OAuthConfig): NextAuthOptions['providers'] {
  const providers: NextAuthOptions['providers'] = [];
  if (config.GITHUB_CLIENT_ID && config.GITHUB_CLIENT_SECRET)
    providers.push(
      GitHubProvider({ clientId: config.GITHUB_CLIENT_ID, clientSecret: config.GITHUB_CLIENT_SECRET }),
    );
  if (config.GOOGLE_CLIENT_ID && config.GOOGLE_CLIENT_SECRET)
    providers.push(
      GoogleProvider({ clientId: config.GOOGLE_CLIENT_ID, clientSecret: config.GOOGLE_CLIENT_SECRET }),
    );
  if (config.DISCORD_CLIENT_ID && config.DISCORD_CLIENT_SECRET)
    providers.push(
      DiscordProvider({ clientId: config.DISCORD_CLIENT_ID, clientSecret: config.DISCORD_CLIENT_SECRET }),
    );
  return providers;
}
