/** Actions of Amazon SQS and the ARNs that they can be asked of (AWS service authorization reference). */
import type { ServiceActions } from '../service-actions.ts';

/** The row of `sqs`. */
export const SQS_ACTIONS: ServiceActions = {
  prefix: 'sqs',
  onResources: [
    {
      beginnings: ['sqs:'],
      actions: `
        AddPermission CancelMessageMoveTask ChangeMessageVisibility CreateQueue DeleteMessage DeleteQueue
        GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues ListMessageMoveTasks ListQueueTags PurgeQueue
        ReceiveMessage RemovePermission SendMessage SetQueueAttributes StartMessageMoveTask TagQueue UntagQueue`,
    },
  ],
  withoutResource: `
    ListQueues`,
};
