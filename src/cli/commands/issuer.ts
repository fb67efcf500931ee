/** `sojourn issuer`: the development issuer alone, over https; `sojourn issuer rotate`: new keys for it. */
import { PROFILES, profileNamed } from '../../idp/profiles.ts';
import { standaloneIssuer } from '../../issuers/development/standalone-issuer.ts';
import { StartError, systemClock } from '../build-sojourn.ts';
import { option, type Command, type Invocation } from '../command.ts';
import { openDataDirectory } from '../data-directory.ts';
import { loadDevelopmentKeys } from '../development-parts.ts';
import { authorityFile, developmentAuthority, isCertificateName, listenIssuer } from '../issuer/https-server.ts';
import { isLoopback, suggestion } from '../read-settings.ts';
import { untilSignal } from '../run-server.ts';

const DATA = {
  name: 'data',
  value: 'DIR',
  help: 'The data directory with the keys, shared with sojourn dev and sojourn token. Default .sojourn. [SOJOURN_DATA]',
};

export const issuer: Command = {
  name: 'issuer',
  summary: 'Serve the development issuer alone over https, or rotate its keys.',
  usage: 'sojourn issuer [OPTIONS]\n       sojourn issuer rotate [PROVIDER] [--data DIR]',
  details:
    'For tests of other software: it fetches discovery and keys at https://HOST:PORT, trusts the generated authority\n' +
    'in issuer-ca.pem, and is sent tokens that sojourn token minted. The URL that is asked decides the issuer: a name\n' +
    'of a known provider (in /etc/hosts, or by --hostname and a proxy) is that provider, every other is the generic one.\n' +
    'rotate gives one provider, or all, a new signing key; the old one stays published and signs no more.',
  examples: [
    'sojourn issuer --port 8443',
    'sojourn token generic --issuer https://localhost:8443 --audience my-service',
    'sojourn issuer rotate github',
  ],
  takesPositionals: true,
  options: ([action]) =>
    action === 'rotate'
      ? [DATA]
      : [
          { name: 'host', value: 'ADDRESS', help: 'Address to listen on: loopback. Default 127.0.0.1.' },
          { name: 'port', value: 'PORT', help: 'Port to listen on; 0 takes a free one. Default 8443.' },
          {
            name: 'hostname',
            value: 'NAME',
            help: 'Name or address that the certificate is for, beside loopback and the known issuers; repeatable.',
            repeatable: true,
          },
          DATA,
        ],
  async run(call) {
    const [action, ...more] = call.positionals;
    if (action === undefined) return serve(call);
    if (action !== 'rotate' || more.length > 1) {
      call.err(`sojourn issuer: there is no '${call.positionals.join(' ')}'.${suggestion(action, ['rotate'])}`);
      return 2;
    }
    return rotate(call, more[0]);
  },
};

async function rotate(call: Invocation, name: string | undefined): Promise<0 | 2> {
  const named = name === undefined ? undefined : profileNamed(name);
  if (name !== undefined && named === undefined) {
    const names = PROFILES.map((profile) => profile.name);
    call.err(`sojourn issuer: there is no provider '${name}'.${suggestion(name, names)} Known: ${names.join(', ')}.`);
    return 2;
  }
  const keys = await loadDevelopmentKeys(directoryOf(call));
  for (const provider of named === undefined ? PROFILES : [named]) {
    const kid = await keys.rotate(provider);
    call.out(`${provider.name} signs with ${kid} from now on.`);
  }
  return 0;
}

async function serve(call: Invocation): Promise<0 | 1 | 2> {
  const host = option(call, 'host') ?? '127.0.0.1';
  const port = option(call, 'port') ?? '8443';
  const hostnames = call.options['hostname'] ?? [];
  const wrong = problem(host, port, hostnames);
  if (wrong !== undefined) {
    call.err(`sojourn issuer: ${wrong}`);
    return 2;
  }
  const directory = directoryOf(call);
  try {
    const keys = await loadDevelopmentKeys(directory);
    const names = new Set(['localhost', '127.0.0.1', '::1', ...knownHosts(), ...hostnames]);
    const server = await listenIssuer(standaloneIssuer({ keys, clock: systemClock, hosts: hostnames }), {
      host,
      port: Number(port),
      names: [...names],
      authority: developmentAuthority(directory),
    });
    // Before anything is printed: whoever reads that it runs may end it at once, and is to end it in order.
    const ended = untilSignal();
    call.out(
      `The development issuer is at https://localhost:${server.port} (for tests: it mints whatever it is asked for).`,
    );
    call.out(`Its authority is in ${authorityFile(directory)}: NODE_EXTRA_CA_CERTS, SSL_CERT_FILE, curl --cacert.`);
    await ended;
    await server.stop();
    return 0;
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken && !(error instanceof StartError)) throw error;
    call.err(`sojourn issuer: ${taken ? `port ${port} on ${host} is taken.` : error.message}`);
    return 1;
  }
}

function problem(host: string, port: string, hostnames: readonly string[]): string | undefined {
  if (!isLoopback(host)) return `--host ${host} is not loopback: whoever reaches the issuer is given any token.`;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return `--port ${port} is not a port (0 to 65535).`;
  const odd = hostnames.find((name) => !isCertificateName(name));
  return odd === undefined ? undefined : `--hostname ${odd} is neither a lower-case host name nor an address.`;
}

/** The hosts of every provider's own issuer. */
function knownHosts(): readonly string[] {
  return PROFILES.map((profile) => new URL(profile.issuer({})).hostname);
}

function directoryOf(call: Invocation): ReturnType<typeof openDataDirectory> {
  return openDataDirectory(option(call, 'data') ?? call.env['SOJOURN_DATA'] ?? '.sojourn');
}
