/** GetServiceLastAccessedDetailsWithEntities: who of a job's report used one service, the latest first. */
import type {
  EntityDetails,
  GetServiceLastAccessedDetailsWithEntitiesRequest,
  GetServiceLastAccessedDetailsWithEntitiesResponse,
} from '../../wire/generated/iam-types.ts';
import type { Call, Operation } from '../operation.ts';
import { findReport } from './access-report.ts';
import { accessSubject, type AccessingEntity } from './access-report-entities.ts';
import { wholeSecond } from './last-used.ts';
import { pageOfList } from './paging.ts';
import { onResource } from './permissions.ts';

/** The entities are looked up when they are asked for: one that has gone since the report is left out. */
export const getServiceLastAccessedDetailsWithEntities: Operation<
  GetServiceLastAccessedDetailsWithEntitiesRequest,
  GetServiceLastAccessedDetailsWithEntitiesResponse
> = {
  name: 'GetServiceLastAccessedDetailsWithEntities',
  permission: onResource('iam:GetServiceLastAccessedDetailsWithEntities', () => '*'),
  async handle(input, call) {
    const report = await findReport(input.JobId, call);
    const { entities } = await accessSubject(report.arn, call);
    const details = await Promise.all(entities.map((entity) => entityDetails(entity, input.ServiceNamespace, call)));
    const sorted = details.sort((a, b) => timeOf(b) - timeOf(a));
    const list = `GetServiceLastAccessedDetailsWithEntities/${input.JobId}/${input.ServiceNamespace}`;
    const { items, mark } = pageOfList(call, list, sorted, input);
    return {
      JobStatus: 'COMPLETED',
      JobCreationDate: new Date(report.created),
      JobCompletionDate: new Date(report.completed),
      EntityDetailsList: items,
      ...mark,
    };
  },
};

async function entityDetails(entity: AccessingEntity, namespace: string, call: Call): Promise<EntityDetails> {
  const services = (await call.sojourn.lastUses.of(entity.useKey))?.services ?? {};
  const use = new Map(Object.entries(services)).get(namespace);
  return { EntityInfo: entity.info, ...(use !== undefined && { LastAuthenticated: wholeSecond(use.at) }) };
}

function timeOf({ LastAuthenticated }: EntityDetails): number {
  return LastAuthenticated?.getTime() ?? 0;
}
