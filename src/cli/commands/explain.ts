/** `sojourn explain`: whether a role lets a token in, and why; or why a recorded call was denied. */
import type { Command, Invocation } from '../command.ts';
import { explainRecordedCall } from '../explain/recorded-call.ts';
import { readQuestion } from '../explain/question.ts';
import { REQUEST_OPTIONS } from '../explain/thought-of-request.ts';
import { reportAnswer, reportNoPolicy } from '../explain/trust-report.ts';

/** Asks a trust policy, or the audit log. */
export const explain: Command = {
  name: 'explain',
  summary: 'Say whether a trust policy lets a token in, and why; or why a call was denied.',
  usage:
    'sojourn explain (--trust FILE | --role NAME) (--token FILE | --claims FILE) [OPTIONS]\n       sojourn explain REQUEST-ID [--data DIR]',
  details:
    'A file may be - for standard input. A token is read for its claims; its signature is not checked here.\n' +
    '--role asks the server for the role, with the key in AWS_ACCESS_KEY_ID. The call that is thought of comes now,\n' +
    'over https; a key of the policy that has no value here is named above the decision, and so is the sentence with\n' +
    'which AWS would refuse to store the policy. Exit code 0: allowed, 1: denied, 2: there is nothing to decide.',
  examples: [
    'sojourn explain --trust examples/trust-policies/after.json --claims claims.json',
    'sojourn token github --repository my-org/my-repo --ref refs/heads/main | sojourn explain --role deploy --token -',
    'sojourn explain --trust trust.json --claims claims.json --source-ip 203.0.113.7 --time 2026-12-24T18:00:00Z',
    'sojourn explain 0d6c2f6e-6a5e-4a3f-9a52-8f1f3f5b1c8e',
  ],
  takesPositionals: true,
  options: () => [
    { name: 'trust', value: 'FILE', help: 'The trust policy.' },
    { name: 'role', value: 'NAME', help: 'The role whose trust policy is asked: its name or ARN.' },
    { name: 'token', value: 'FILE', help: 'The token.' },
    { name: 'claims', value: 'FILE', help: "The token's claims as JSON (or the JSON itself)." },
    { name: 'session-name', value: 'NAME', help: 'The session name that is asked for. Default sojourn-explain.' },
    ...REQUEST_OPTIONS,
    {
      name: 'endpoint',
      value: 'URL',
      help: 'The server for --role. Default http://127.0.0.1:4566. [AWS_ENDPOINT_URL]',
    },
    {
      name: 'data',
      value: 'DIR',
      help: 'The data directory with the audit log, for a request id. Default .sojourn. [SOJOURN_DATA]',
    },
    { name: 'json', value: '', help: 'Print the explanation as JSON.' },
  ],
  async run(call) {
    const [requestId, ...more] = call.positionals;
    if (more.length > 0) return wrong(call, 'one request id at a time.');
    if (requestId !== undefined) return explainRecordedCall(requestId, call);
    const question = await readQuestion(call);
    switch (question.kind) {
      case 'problem':
        return wrong(call, question.why);
      case 'noPolicy':
        return reportNoPolicy(question, call);
      case 'question':
        return reportAnswer(question, call);
    }
  },
};

function wrong(call: Invocation, why: string): 2 {
  call.err(`sojourn explain: ${why}`);
  return 2;
}
