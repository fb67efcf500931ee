/** `sojourn token PROVIDER`: the token that a job of that provider would get, signed by the development issuer. */
import { PROFILES, profileNamed } from '../../idp/profiles.ts';
import type { IdentityProvider, MintOptions } from '../../idp/profile.ts';
import { mintToken } from '../../issuers/development/mint-token.ts';
import { option, flag, type Command, type Invocation, type Option } from '../command.ts';
import { openDataDirectory } from '../data-directory.ts';
import { loadDevelopmentKeys } from '../development-parts.ts';
import { suggestion } from '../read-settings.ts';

const COMMON: readonly Option[] = [
  { name: 'audience', value: 'TEXT', help: "The audience asked for. Default: the provider's own." },
  { name: 'claims', value: '', help: 'Print the claims as JSON instead of the signed token.' },
  {
    name: 'data',
    value: 'DIR',
    help: "The data directory of 'sojourn dev', whose issuer keys sign. Default .sojourn. [SOJOURN_DATA]",
  },
];

/** Mints, and prints the token or its claims. */
export const token: Command = {
  name: 'token',
  summary: 'Print a token as GitHub, GitLab, CircleCI, … would mint it.',
  usage: 'sojourn token PROVIDER [OPTIONS]',
  details: `Providers: ${PROFILES.map((profile) => profile.name).join(', ')}.\n'sojourn token PROVIDER --help' lists what can be said of the job; jobs that cannot exist are refused.`,
  examples: [
    'sojourn token github --repository my-org/my-repo --ref refs/heads/main --environment production --audience sts.amazonaws.com',
    'sojourn token github --repository my-org/my-repo --ref refs/heads/main --immutable-sub --claims',
    'sojourn token gitlab --help',
  ],
  options: ([name]) => [
    ...((name === undefined ? undefined : profileNamed(name))?.options.map(mintOption) ?? []),
    ...COMMON,
  ],
  async run(call) {
    const [name, ...more] = call.positionals;
    const provider = name === undefined ? undefined : profileNamed(name);
    if (name === undefined || provider === undefined || more.length > 0) {
      const names = PROFILES.map((profile) => profile.name);
      const why =
        name === undefined ? 'name a provider' : `there is no provider '${name}'.${suggestion(name, names)} Known`;
      call.err(`sojourn token: ${why}: ${names.join(', ')}.`);
      return 2;
    }
    return print(call, provider);
  },
};

async function print(call: Invocation, provider: IdentityProvider): Promise<0 | 2> {
  const directory = openDataDirectory(option(call, 'data') ?? call.env['SOJOURN_DATA'] ?? '.sojourn');
  const keys = await loadDevelopmentKeys(directory);
  const minted = await mintToken(keys, provider, mintOptions(call, provider), {
    audience: option(call, 'audience'),
    now: Math.floor(Date.now() / 1000),
  });
  if (minted.kind === 'impossible') {
    call.err(`sojourn token: ${minted.why}`);
    return 2;
  }
  call.out(flag(call, 'claims') ? JSON.stringify(minted.claims, null, 2) : minted.token);
  return 0;
}

function mintOptions(call: Invocation, provider: IdentityProvider): MintOptions {
  return Object.fromEntries(
    provider.options.flatMap((row) => {
      const values = call.options[row.name];
      return values === undefined ? [] : [[row.name, row.flag === true ? true : (values[0] ?? '')]];
    }),
  );
}

function mintOption(row: IdentityProvider['options'][number]): Option {
  return {
    name: row.name,
    value: row.flag === true ? '' : 'VALUE',
    help: `${row.help}${row.example === '' ? '' : ` Example: ${row.example}`}`,
  };
}
