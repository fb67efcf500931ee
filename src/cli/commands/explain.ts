/** `sojourn explain`: whether a role lets a token in, and why; or why a recorded call was denied. */
import { explain as explainDecision, renderExplanation } from '../../analysis/explain.ts';
import { askTrustPolicy } from '../../federation/trust-question.ts';
import { flag, type Command, type Invocation } from '../command.ts';
import { explainRecordedCall } from '../explain/recorded-call.ts';
import { readQuestion } from '../explain/question.ts';

/** Asks a trust policy, or the audit log. */
export const explain: Command = {
  name: 'explain',
  summary: 'Say whether a trust policy lets a token in, and why; or why a call was denied.',
  usage:
    'sojourn explain (--trust FILE | --role NAME) (--token FILE | --claims FILE) [OPTIONS]\n       sojourn explain REQUEST-ID [--data DIR]',
  details:
    'A file may be - for standard input. A token is read for its claims; its signature is not checked here.\n' +
    '--role asks the server for the role, with the key in AWS_ACCESS_KEY_ID. Exit code 0: allowed, 1: denied.',
  examples: [
    'sojourn explain --trust examples/trust-policies/after.json --claims claims.json',
    'sojourn token github --repository my-org/my-repo --ref refs/heads/main | sojourn explain --role deploy --token -',
    'sojourn explain 0d6c2f6e-6a5e-4a3f-9a52-8f1f3f5b1c8e',
  ],
  takesPositionals: true,
  options: () => [
    { name: 'trust', value: 'FILE', help: 'The trust policy.' },
    { name: 'role', value: 'NAME', help: 'The role whose trust policy is asked: its name or ARN.' },
    { name: 'token', value: 'FILE', help: 'The token.' },
    { name: 'claims', value: 'FILE', help: "The token's claims as JSON (or the JSON itself)." },
    { name: 'session-name', value: 'NAME', help: 'The session name that is asked for. Default sojourn-explain.' },
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
    if (question.kind === 'problem') return wrong(call, question.why);
    const answer = askTrustPolicy(question.question);
    if (answer.kind === 'failure') {
      call.out(`Refused before the trust policy is asked: ${answer.message}\nWhy: ${answer.detail}.`);
      return 1;
    }
    const { decision } = answer;
    const explanation = explainDecision(decision);
    call.out(flag(call, 'json') ? JSON.stringify(explanation, null, 2) : renderExplanation(explanation).trimEnd());
    return decision.outcome === 'allow' ? 0 : 1;
  },
};

function wrong(call: Invocation, why: string): 2 {
  call.err(`sojourn explain: ${why}`);
  return 2;
}
