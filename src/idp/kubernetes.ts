/** Kubernetes: projected tokens of service accounts, on EKS, AKS, GKE or any cluster (reference oidc-issuers 5). */
import { derivedHex, derivedUuid } from './derived-id.ts';
import { JobOptions } from './job-options.ts';
import type { IdentityProvider, MintMoment, Minted, MintOptions } from './profile.ts';

const MANAGED_ISSUERS = [
  /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com\/id\/[0-9A-F]+$/,
  /^[a-z0-9-]+\.oic\.prod-aks\.azure\.com\/[^/]+\/[^/]+\/$/,
  /^container\.googleapis\.com\/v1\/projects\/[^/]+\/locations\/[^/]+\/clusters\/[^/]+$/,
];
/** Names of namespaces, service accounts and pods (RFC 1123 label, dots for pods and accounts). */
const NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** Kubernetes service accounts. */
export const kubernetes: IdentityProvider = {
  name: 'kubernetes',
  title: 'Kubernetes service accounts',
  matches: (issuer) => MANAGED_ISSUERS.some((form) => form.test(issuer)),
  keys: [],
  issuer: (options) =>
    new JobOptions(options).text(
      'issuer',
      `https://oidc.eks.us-east-1.amazonaws.com/id/${derivedHex('cluster', 'my-cluster', 32).toUpperCase()}`,
    ),
  defaultAudience: () => 'sts.amazonaws.com',
  options: [
    { name: 'namespace', help: 'namespace of the pod', example: 'default' },
    { name: 'service-account', help: 'service account of the pod', example: 'my-app' },
    { name: 'pod', help: 'name of the pod', example: 'my-app-0' },
    { name: 'node', help: 'name of the node', example: 'node-1' },
    { name: 'expiration-seconds', help: 'life of the projected token, at least 600', example: '3600' },
    { name: 'issuer', help: "the cluster's --service-account-issuer", example: 'https://oidc.example.com/cluster' },
  ],
  kidForm: 'hex40',
  mint,
};

function mint(options: MintOptions, at: MintMoment): Minted {
  const job = new JobOptions(options, kubernetes.options);
  const namespace = name(job, 'namespace', 'default');
  const account = name(job, 'service-account', 'my-app');
  const pod = name(job, 'pod', `${account}-0`);
  const node = name(job, 'node', 'node-1');
  const life = job.number('expiration-seconds', 3_600);
  if (life < 600) job.refuse('Kubernetes gives projected tokens at least 600 seconds');
  return job.minted({
    // Always a list, also with one audience.
    aud: [at.audience ?? 'sts.amazonaws.com'],
    exp: at.now + life,
    iat: at.now,
    iss: kubernetes.issuer(options),
    jti: at.jti,
    'kubernetes.io': {
      namespace,
      node: { name: node, uid: derivedUuid('node', node) },
      pod: { name: pod, uid: derivedUuid('pod', `${namespace}/${pod}`) },
      serviceaccount: { name: account, uid: derivedUuid('serviceaccount', `${namespace}/${account}`) },
    },
    nbf: at.now,
    sub: `system:serviceaccount:${namespace}:${account}`,
  });
}

function name(job: JobOptions, option: string, fallback: string): string {
  const value = job.text(option, fallback);
  if (!NAME.test(value)) job.refuse(`--${option} is a Kubernetes name, not ${value}`);
  return value;
}
