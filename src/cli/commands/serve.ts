/** `sojourn serve`: the service for real use. It has no development issuer. */
import type { Command } from '../command.ts';
import { networkIssuers } from '../issuer/network-issuers.ts';
import { startServer, untilSignal } from '../run-server.ts';
import { startFailure } from '../start-failure.ts';
import { SETTING_OPTIONS, settingsOf } from '../settings-options.ts';

/** Serves until a signal. */
export const serve: Command = {
  name: 'serve',
  summary: 'Run STS, IAM, Organizations and S3 for real use.',
  usage: 'sojourn serve [--config FILE] [OPTIONS]',
  details:
    'Tokens are verified against the real issuers, fetched over https. Flags win over variables, variables over the\n' +
    'file, the file over defaults. SIGTERM finishes the calls in flight and exits with 0.',
  examples: [
    'sojourn serve --data /var/lib/sojourn --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem',
    'sojourn serve --config /etc/sojourn.yaml',
    'SOJOURN_PORT=8443 sojourn serve --config /etc/sojourn.yaml --allow-issuer-address 10.0.0.0/8',
  ],
  options: () => SETTING_OPTIONS,
  async run(call) {
    const answer = settingsOf(call);
    if (answer.kind === 'problems') {
      for (const problem of answer.problems) call.err(`sojourn serve: ${problem}`);
      return 2;
    }
    const { settings } = answer;
    if (settings.insecurePlaintextBeyondLoopback) {
      call.err('Warning: without TLS everyone on the path can read tokens and credentials.');
    }
    try {
      const started = await startServer(settings, async () => networkIssuers(settings), call.err);
      // Before anything is printed: whoever reads that it runs may end it at once, and is to end it in order.
      const ended = untilSignal();
      call.out(`Sojourn serves STS, IAM, Organizations and S3 at ${started.url} for account ${settings.account}.`);
      const { sojourn, rootKeyIsNew } = started.built;
      if (rootKeyIsNew) {
        call.out('The root access key, shown this once:');
        call.out(`  AWS_ACCESS_KEY_ID=${sojourn.rootAccessKey.accessKeyId}`);
        call.out(`  AWS_SECRET_ACCESS_KEY=${sojourn.rootAccessKey.secretAccessKey}`);
        await started.built.keepRootKey();
      }
      await ended;
      call.out('Stopping: finishing the calls in flight.');
      await started.stop();
      return 0;
    } catch (error) {
      call.err(`sojourn serve: ${startFailure(error, settings)}`);
      return 1;
    }
  },
};
