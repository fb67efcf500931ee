import type { HeadObjectOutput, HeadObjectRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { onReadObject } from './permissions.ts';
import { readObject } from './read-object.ts';

/** What GetObject would answer, without the bytes. */
export const headObject: Operation<HeadObjectRequest, HeadObjectOutput> = {
  name: 'HeadObject',
  permission: onReadObject(),
  async handle(input, call) {
    const { head } = await readObject(input, call);
    return head;
  },
};
