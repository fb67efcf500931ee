/**
 * GenerateServiceLastAccessedDetails: which of the services that it may use an entity did use, and
 * when. The job is done before it is answered: services come from the records of last use, actions
 * from the audit log.
 */
import { grantedServices } from '../../federation/granted-services.ts';
import type {
  GenerateServiceLastAccessedDetailsRequest,
  GenerateServiceLastAccessedDetailsResponse,
} from '../../wire/generated/iam-types.ts';
import type { Call, Operation } from '../operation.ts';
import { keepReport, type ServiceAccess } from './access-report.ts';
import { accessSubject, namesPolicy, type AccessingEntity } from './access-report-entities.ts';
import { accessedActions } from './accessed-actions.ts';
import { SERVICE_NAMES } from './accessed-services.ts';
import { useRegion } from './last-used.ts';
import { policyRequirement } from './managed-policies.ts';
import { sourceRequirement } from './source-permission.ts';

const ACTION = 'iam:GenerateServiceLastAccessedDetails';

export const generateServiceLastAccessedDetails: Operation<
  GenerateServiceLastAccessedDetailsRequest,
  GenerateServiceLastAccessedDetailsResponse
> = {
  name: 'GenerateServiceLastAccessedDetails',
  permission: {
    kind: 'actions',
    actions: [ACTION],
    requirements: async ({ Arn }, call) => [
      namesPolicy(Arn) ? await policyRequirement(ACTION, Arn, call) : await sourceRequirement(ACTION, Arn, call),
    ],
  },
  async handle(input, call) {
    const subject = await accessSubject(input.Arn, call);
    const granularity = input.Granularity ?? 'SERVICE_LEVEL';
    const granted = grantedServices(subject.documents, [...SERVICE_NAMES.keys()]);
    const arns = subject.entities.map(({ info }) => info.Arn);
    const actions = granularity === 'ACTION_LEVEL' ? await accessedActions(arns, call) : new Map<string, never>();
    const accesses = await lastAccesses(granted, subject.entities, call);
    const jobId = await keepReport(
      {
        arn: input.Arn,
        granularity,
        created: call.now,
        completed: call.sojourn.clock.now(),
        services: accesses.map((access) => ({ ...access, actions: actions.get(access.namespace) ?? [] })),
      },
      call,
    );
    return { JobId: jobId };
  },
};

async function lastAccesses(
  namespaces: readonly string[],
  entities: readonly AccessingEntity[],
  call: Call,
): Promise<readonly Omit<ServiceAccess, 'actions'>[]> {
  const told = new Map<string, Omit<ServiceAccess, 'actions'>>();
  for (const namespace of namespaces) told.set(namespace, { namespace, last: undefined, entities: 0 });
  for (const { info, useKey } of entities) {
    const services = (await call.sojourn.lastUses.of(useKey))?.services ?? {};
    for (const [service, use] of Object.entries(services)) {
      const access = told.get(service);
      if (access === undefined) continue;
      const isLater = access.last === undefined || use.at > access.last.at;
      const last = isLater ? { at: use.at, entity: info.Arn, region: useRegion({ ...use, service }) } : access.last;
      told.set(service, { ...access, last, entities: access.entities + 1 });
    }
  }
  return [...told.values()];
}
