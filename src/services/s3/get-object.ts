import type { GetObjectOutput, GetObjectRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { onReadObject } from './permissions.ts';
import { readObject } from './read-object.ts';

/** Sends an object, a range or a part of it. */
export const getObject: Operation<GetObjectRequest, GetObjectOutput> = {
  name: 'GetObject',
  permission: onReadObject(),
  async handle(input, call) {
    const { head, object, bytes } = await readObject(input, call);
    if (bytes === undefined) return head;
    return { ...head, Body: call.sojourn.objects.read(object, bytes.start, bytes.end) };
  },
};
