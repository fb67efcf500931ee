/** GetServiceLastAccessedDetails: the services of a job's report. */
import type {
  GetServiceLastAccessedDetailsRequest,
  GetServiceLastAccessedDetailsResponse,
  ServiceLastAccessed,
} from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { findReport, type AccessReport, type ServiceAccess } from './access-report.ts';
import { SERVICE_NAMES } from './accessed-services.ts';
import { wholeSecond } from './last-used.ts';
import { pageOfList } from './paging.ts';
import { onResource } from './permissions.ts';

export const getServiceLastAccessedDetails: Operation<
  GetServiceLastAccessedDetailsRequest,
  GetServiceLastAccessedDetailsResponse
> = {
  name: 'GetServiceLastAccessedDetails',
  permission: onResource('iam:GetServiceLastAccessedDetails', () => '*'),
  async handle(input, call) {
    const report = await findReport(input.JobId, call);
    const { items, mark } = pageOfList(call, `GetServiceLastAccessedDetails/${input.JobId}`, report.services, input);
    return {
      JobStatus: 'COMPLETED',
      JobType: report.granularity,
      JobCreationDate: new Date(report.created),
      JobCompletionDate: new Date(report.completed),
      ServicesLastAccessed: items.map((service) => serviceAnswer(service, report)),
      ...mark,
    };
  },
};

function serviceAnswer(service: ServiceAccess, { granularity }: AccessReport): ServiceLastAccessed {
  const { namespace, last, entities, actions } = service;
  return {
    ServiceName: SERVICE_NAMES.get(namespace) ?? namespace,
    ...(last !== undefined && { LastAuthenticated: wholeSecond(last.at) }),
    ServiceNamespace: namespace,
    ...(last !== undefined && { LastAuthenticatedEntity: last.entity, LastAuthenticatedRegion: last.region }),
    TotalAuthenticatedEntities: entities,
    ...(granularity === 'ACTION_LEVEL' && {
      TrackedActionsLastAccessed: actions.map((action) => ({
        ActionName: action.name,
        LastAccessedEntity: action.entity,
        LastAccessedTime: wholeSecond(action.at),
        LastAccessedRegion: action.region,
      })),
    }),
  };
}
