/** `sojourn token PROVIDER`: the token that a job of that provider would get, signed by the development issuer. */
import { existsSync } from 'node:fs';
import { PROFILES, profileNamed } from '../../idp/profiles.ts';
import type { IdentityProvider, MintOptions } from '../../idp/profile.ts';
import type { DevelopmentKeys } from '../../issuers/development/development-keys.ts';
import { mintToken, type MintedToken, type MintRequest } from '../../issuers/development/mint-token.ts';
import { option, flag, type Command, type Invocation, type Option } from '../command.ts';
import { openDataDirectory } from '../data-directory.ts';
import { loadDevelopmentKeys } from '../development-parts.ts';
import { keepTokenFile } from '../issuer/token-file.ts';
import { githubVariables, tokenVariables } from '../issuer/token-variables.ts';
import { suggestion } from '../read-settings.ts';
import { untilSignal } from '../run-server.ts';

const COMMON: readonly Option[] = [
  { name: 'audience', value: 'TEXT', help: "The audience asked for. Default: the provider's own." },
  {
    name: 'env',
    value: '',
    help: 'Print the variables in which such a job finds its token, for a shell (GitHub: asks the running sojourn dev).',
  },
  {
    name: 'write',
    value: 'FILE',
    help: 'Write the token into FILE and renew it there until stopped, as Kubernetes does.',
  },
  {
    name: 'endpoint',
    value: 'URL',
    help: "Where sojourn dev runs, for GitHub's --env. Default http://127.0.0.1:4566.",
  },
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
    'eval "$(sojourn token circleci --vcs-ref refs/heads/main --env)"',
    'sojourn token kubernetes --service-account my-app --write /tmp/token',
    'sojourn token gitlab --help',
  ],
  takesPositionals: true,
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
  if (!existsSync(directory.issuerKeys)) {
    // Run from another directory, the token would be one that no server knows.
    call.err(`New issuer keys are made in ${directory.path}: only 'sojourn dev --data ${directory.path}' knows them.`);
  }
  const keys = await loadDevelopmentKeys(directory);
  const options = mintOptions(call, provider);
  const request = (): MintRequest => ({ audience: option(call, 'audience'), now: Math.floor(Date.now() / 1000) });
  const mint = (): Promise<MintedToken> => mintToken(keys, provider, options, request());
  if (flag(call, 'env')) return printVariables(call, provider, options, keys, request());
  const file = option(call, 'write');
  if (file !== undefined) return writeFile(call, file, mint);
  const minted = await mint();
  if (minted.kind === 'impossible') {
    call.err(`sojourn token: ${minted.why}`);
    return 2;
  }
  call.out(flag(call, 'claims') ? JSON.stringify(minted.claims, null, 2) : minted.token);
  return 0;
}

async function printVariables(
  call: Invocation,
  provider: IdentityProvider,
  options: MintOptions,
  keys: DevelopmentKeys,
  request: MintRequest,
): Promise<0 | 2> {
  const endpoint =
    option(call, 'endpoint') ?? call.env['SOJOURN_ENDPOINT'] ?? call.env['AWS_ENDPOINT_URL'] ?? 'http://127.0.0.1:4566';
  const found =
    provider.name === 'github'
      ? await githubVariables(endpoint, options)
      : await tokenVariables(keys, provider, options, request);
  if (found.kind === 'problem') {
    call.err(`sojourn token: ${found.why}`);
    return 2;
  }
  for (const line of found.lines) call.out(line);
  return 0;
}

async function writeFile(call: Invocation, file: string, mint: () => Promise<MintedToken>): Promise<0 | 2> {
  const why = await keepTokenFile(file, mint, untilSignal(), (milliseconds) =>
    call.err(`A token is in ${file}; the next comes in ${Math.round(milliseconds / 1000)} s. Stop with Ctrl-C.`),
  );
  if (why === undefined) return 0;
  call.err(`sojourn token: ${why}`);
  return 2;
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
