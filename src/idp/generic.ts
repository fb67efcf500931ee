/** Any other OpenID Connect issuer: the default condition keys, and whatever claims one asks for. */
import { JobOptions } from './job-options.ts';
import type { IdentityProvider, MintMoment, Minted, MintOptions } from './profile.ts';

const ISSUER = 'https://issuer.example.com';

/** Takes every issuer that no other profile takes. */
export const generic: IdentityProvider = {
  name: 'generic',
  title: 'OpenID Connect issuer',
  matches: () => true,
  keys: [],
  issuer: (options) => new JobOptions(options).text('issuer', ISSUER),
  defaultAudience: () => 'sts.amazonaws.com',
  options: [
    { name: 'issuer', help: 'iss', example: ISSUER },
    { name: 'subject', help: 'sub', example: 'user-1' },
    {
      name: 'claims',
      help: 'further claims as a JSON object; they win over the others',
      example: '{"email":"a@b.example"}',
    },
    { name: 'lifetime', help: 'seconds that the token lives', example: '3600' },
  ],
  kidForm: 'base64url43',
  mint,
};

function mint(options: MintOptions, at: MintMoment): Minted {
  const job = new JobOptions(options, generic.options);
  const issuer = generic.issuer(options);
  if (!issuer.startsWith('https://')) job.refuse(`an issuer is an https URL, not ${issuer}`);
  return job.minted({
    iss: issuer,
    sub: job.text('subject', 'user-1'),
    aud: at.audience ?? 'sts.amazonaws.com',
    iat: at.now,
    exp: at.now + job.number('lifetime', 3_600),
    jti: at.jti,
    ...furtherClaims(job),
  });
}

function furtherClaims(job: JobOptions): Record<string, unknown> {
  const text = job.optional('claims');
  if (text === undefined) return {};
  try {
    const claims: unknown = JSON.parse(text);
    if (typeof claims === 'object' && claims !== null && !Array.isArray(claims)) return { ...claims };
  } catch {
    // Told below, together with JSON that is no object.
  }
  job.refuse('--claims is a JSON object');
  return {};
}
