/** `sojourn dev`: everything on this machine, with an issuer that mints what the real ones would. */
import type { Command } from '../command.ts';
import { developmentParts } from '../development-parts.ts';
import { isLoopback } from '../read-settings.ts';
import { startServer, untilSignal, type StartedServer } from '../run-server.ts';
import { SETTING_OPTIONS, settingsOf } from '../settings-options.ts';
import type { Settings } from '../settings.ts';
import { startFailure } from '../start-failure.ts';

/** Serves until a signal, with the development issuer. */
export const dev: Command = {
  name: 'dev',
  summary: 'Run STS, IAM, Organizations and S3 on this machine, with a development issuer.',
  usage: 'sojourn dev [OPTIONS]',
  details:
    'The keys of GitHub and the other known issuers are pinned to local ones, so policies keep the real issuer names.\n' +
    'Every token is verified all the same. State is kept in --data between starts.',
  examples: ['sojourn dev', 'sojourn dev --port 0 --data /tmp/try'],
  options: () => SETTING_OPTIONS,
  async run(call) {
    const answer = settingsOf(call);
    if (answer.kind === 'problems') {
      for (const problem of answer.problems) call.err(`sojourn dev: ${problem}`);
      return 2;
    }
    const { settings } = answer;
    if (!isLoopback(settings.host)) {
      call.err(`Warning: whoever reaches ${settings.host} is given any token of any issuer, and so any role.`);
    }
    try {
      const started = await startServer(settings, (directory) => developmentParts(directory, settings), call.err);
      // Before anything is printed: whoever reads that it runs may end it at once, and is to end it in order.
      const ended = untilSignal();
      call.out(welcome(started, settings));
      await started.built.keepRootKey();
      await ended;
      call.out('Stopping: finishing the calls in flight.');
      await started.stop();
      return 0;
    } catch (error) {
      call.err(`sojourn dev: ${startFailure(error, settings)}`);
      return 1;
    }
  },
};

function welcome(started: StartedServer, settings: Settings): string {
  const { sojourn, rootKeyIsNew } = started.built;
  const { accessKeyId, secretAccessKey } = sojourn.rootAccessKey;
  const known =
    settings.rootSecretAccessKey === undefined ? 'its secret was shown at the first start' : 'from the settings';
  const key = rootKeyIsNew
    ? [
        'The root access key, shown this once. For the aws CLI and the SDKs:',
        '',
        ...exports([
          ['AWS_ENDPOINT_URL', started.url],
          ['AWS_REGION', settings.region],
          // The aws CLI version 1 and boto3 do not heed AWS_REGION.
          ['AWS_DEFAULT_REGION', settings.region],
          ['AWS_ACCESS_KEY_ID', accessKeyId],
          ['AWS_SECRET_ACCESS_KEY', secretAccessKey],
        ]),
        '',
        '  aws sts get-caller-identity',
      ]
    : [`The root access key is ${accessKeyId}: ${known}.`];
  return [
    `Sojourn runs STS, IAM, Organizations and S3 at ${started.url} for account ${settings.account} (development: not for real use).`,
    `State, objects and the audit log are in ${settings.data}.`,
    '',
    ...key,
    '',
    "Next: 'sojourn token github --repository my-org/my-repo --ref refs/heads/main' mints a token, 'sojourn demo' tells the story.",
  ].join('\n');
}

/** Lines for a shell. */
function exports(variables: readonly (readonly [string, string])[]): readonly string[] {
  return variables.map(([name, value]) => `  export ${name}=${value}`);
}
