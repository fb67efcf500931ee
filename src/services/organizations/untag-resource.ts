/** UntagResource: takes tags away by their keys. */
import type { Empty, UntagResourceRequest } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { onSubjects, taggable } from './permissions.ts';
import { managedOrganization } from './standing.ts';
import { changeTags } from './tagged.ts';
import { withoutTags } from './tags.ts';

/** Keys that are not there are no error. Throws `TargetNotFoundException`. */
export const untagResource: Operation<UntagResourceRequest, Empty> = {
  name: 'UntagResource',
  permission: onSubjects('organizations:UntagResource', [taggable((input) => input.ResourceId)], (input) => ({
    'aws:TagKeys': input.TagKeys,
  })),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      await changeTags(writers, organization, input.ResourceId, (tags) => withoutTags(tags, input.TagKeys));
    });
    return {};
  },
};
