/**
 * What users have on AWS and never in Sojourn (passwords, MFA devices, SSH keys, signing certificates,
 * service-specific credentials), kept in one place: reading it answers what it answers of a user who has
 * none, which Terraform asks before it deletes a user; making it is refused by name.
 */
import type { Operations } from '../../wire/generated/iam-types.ts';
import { iamArn } from '../../base/arn.ts';
import type { Call, Operation, OperationTable } from '../operation.ts';
import { iamError } from './errors.ts';
import { onSubject, subjectOf, subjectRequirements } from './implied-user.ts';
import { users } from './named-records.ts';
import { type Paging, readMarker } from './paging.ts';
import { onResource } from './permissions.ts';

interface UserInput {
  readonly UserName?: string | undefined;
}

/** A list of what the user, or the caller, has none of. No page of it ever ended: every marker is invalid. */
function none<Input extends UserInput & Paging, Output>(name: string, output: Output): Operation<Input, Output> {
  return {
    name,
    permission: onSubject(`iam:${name}`),
    handle: async (input, call) => {
      await subjectNameOf(input, call);
      readMarker(call, name, input);
      return output;
    },
  };
}

/** A call on the login profile that nobody has. */
function noLoginProfile<Input extends UserInput>(name: string): Operation<Input, never> {
  return {
    name,
    permission: onSubject(`iam:${name}`),
    handle: async (input, call) => {
      throw iamError('NoSuchEntity', `Login Profile for User ${await subjectNameOf(input, call)} cannot be found.`);
    },
  };
}

/** The name of the user whom the call is about, or `root`. Throws `NoSuchEntity` when there is no such user. */
async function subjectNameOf(input: UserInput, call: Call): Promise<string> {
  const subject = subjectOf(input.UserName, call);
  if (subject.kind === 'root') return 'root';
  return (await users.find(call.sojourn.state, call.account, subject.name)).name;
}

/** Of one user as the other lists; of all users at once it needs permission on all of them (observed on AWS, September 2026). */
const listServiceSpecificCredentials: NonNullable<OperationTable<Operations>['ListServiceSpecificCredentials']> = {
  name: 'ListServiceSpecificCredentials',
  permission: {
    kind: 'actions',
    actions: ['iam:ListServiceSpecificCredentials'],
    requirements: async (input, call) => {
      const action = 'iam:ListServiceSpecificCredentials';
      if (input.AllUsers === true) return [{ action, resource: iamArn(call.account, 'user/*') }];
      return subjectRequirements(action, input, call);
    },
  },
  handle: async (input, call) => {
    if (input.AllUsers !== true) await subjectNameOf(input, call);
    readMarker(call, 'ListServiceSpecificCredentials', input);
    return { ServiceSpecificCredentials: [], IsTruncated: false };
  },
};

/** The operations that read it. */
export const absentFeatures: OperationTable<Operations> = {
  DeleteLoginProfile: noLoginProfile('DeleteLoginProfile'),
  GetLoginProfile: noLoginProfile('GetLoginProfile'),
  ListMFADevices: none('ListMFADevices', { MFADevices: [], IsTruncated: false }),
  ListSSHPublicKeys: none('ListSSHPublicKeys', { SSHPublicKeys: [], IsTruncated: false }),
  ListSigningCertificates: none('ListSigningCertificates', { Certificates: [], IsTruncated: false }),
  ListServiceSpecificCredentials: listServiceSpecificCredentials,
  ListVirtualMFADevices: {
    name: 'ListVirtualMFADevices',
    permission: onResource('iam:ListVirtualMFADevices', (_, call) => iamArn(call.account, 'mfa/*')),
    handle: async (input, call) => {
      readMarker(call, 'ListVirtualMFADevices', input);
      return { VirtualMFADevices: [], IsTruncated: false };
    },
  },
};
