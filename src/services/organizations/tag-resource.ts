/** TagResource: adds tags, or gives those of the same keys other values. */
import type { Empty, TagResourceRequest } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { onSubjects, requestTagKeys, taggable } from './permissions.ts';
import { managedOrganization } from './standing.ts';
import { changeTags } from './tagged.ts';
import { withTags } from './tags.ts';

/**
 * Throws `TargetNotFoundException`, `InvalidInputException` for repeated and reserved keys,
 * `ConstraintViolationException` for too many; none is set then.
 */
export const tagResource: Operation<TagResourceRequest, Empty> = {
  name: 'TagResource',
  permission: onSubjects('organizations:TagResource', [taggable((input) => input.ResourceId)], (input) =>
    requestTagKeys(input.Tags),
  ),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      await changeTags(writers, organization, input.ResourceId, (tags) => withTags(tags, input.Tags));
    });
    return {};
  },
};
