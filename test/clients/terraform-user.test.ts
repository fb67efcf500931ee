/** Terraform destroys a user by force: it asks for everything that a user can have, and takes away what Terraform did not make. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  GetUserCommand,
  IAMClient,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { NO_TERRAFORM, openModule } from './terraform/module.ts';
import { startSojourn } from './running-sojourn.ts';

const MODULE = join(import.meta.dirname, 'terraform', 'leaving-user');

test(
  'a user with force_destroy goes with keys and groups given beside Terraform',
  { skip: NO_TERRAFORM },
  async (t) => {
    const sojourn = await startSojourn();
    t.after(() => sojourn.dispose());
    const { accessKeyId, secretAccessKey, url: endpoint } = sojourn;
    const iam = new IAMClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } });
    const module = await openModule(sojourn, MODULE);

    assert.equal(await module.applied(), '5 added, 0 changed, 0 destroyed');
    const UserName = 'leaving';
    const { User } = await iam.send(new GetUserCommand({ UserName }));
    assert.equal(User?.Path, '/people/');
    await iam.send(new CreateAccessKeyCommand({ UserName }));
    await iam.send(new CreateGroupCommand({ GroupName: 'beside' }));
    await iam.send(new AddUserToGroupCommand({ GroupName: 'beside', UserName }));

    assert.equal(await module.destroyed(), 5);
    assert.deepEqual((await iam.send(new ListUsersCommand({}))).Users, []);
  },
);
