"""Lives in a member account: argv holds the account, one allowed token and one of another repository."""

import json
import sys

import boto3
from botocore.exceptions import ClientError

account, token, other_token = sys.argv[1:4]


def tried(call):
    """'allowed', or what the refusal says."""
    try:
        call()
        return {"outcome": "allowed"}
    except ClientError as error:
        answer = error.response
        return {
            "outcome": answer["Error"]["Code"],
            "message": answer["Error"]["Message"],
            "status": answer["ResponseMetadata"]["HTTPStatusCode"],
            "request": answer["ResponseMetadata"]["RequestId"],
        }


def session(credentials):
    return boto3.session.Session(
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials.get("SessionToken"),
    )


# The management account: root makes an administrator, who may enter the member account.
root = boto3.session.Session()
iam = root.client("iam")
iam.create_user(UserName="admin")
iam.attach_user_policy(UserName="admin", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
admin = session(iam.create_access_key(UserName="admin")["AccessKey"])
entry = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
member = session(admin.client("sts").assume_role(RoleArn=entry, RoleSessionName="setup")["Credentials"])

# The member account: a provider, a role that any repository of my-org may assume, a bucket.
iam = member.client("iam")
iam.create_open_id_connect_provider(
    Url="https://token.actions.githubusercontent.com", ClientIDList=["sts.amazonaws.com"]
)
trust = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Federated": f"arn:aws:iam::{account}:oidc-provider/token.actions.githubusercontent.com"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
                "StringLike": {"token.actions.githubusercontent.com:sub": "repo:my-org/*"},
            },
        }
    ],
}
deploy = iam.create_role(RoleName="deploy", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
iam.attach_role_policy(RoleName="deploy", PolicyArn="arn:aws:iam::aws:policy/AmazonS3FullAccess")


def assume(web_identity):
    sts = boto3.client("sts")
    return sts.assume_role_with_web_identity(
        RoleArn=deploy, RoleSessionName="ci", WebIdentityToken=web_identity
    )["Credentials"]


out = {
    "repository": tried(lambda: assume(token)),
    "other-repository": tried(lambda: assume(other_token)),
}
s3 = session(assume(token)).client("s3")
s3.create_bucket(Bucket="member-bucket")
for key in ("public/a", "secret/a"):
    s3.put_object(Bucket="member-bucket", Key=key, Body=b"a")
out["read-public"] = tried(lambda: s3.get_object(Bucket="member-bucket", Key="public/a"))
out["read-secret"] = tried(lambda: s3.get_object(Bucket="member-bucket", Key="secret/a"))
out["put"] = tried(lambda: s3.put_object(Bucket="member-bucket", Key="public/b", Body=b"b"))
out["delete"] = tried(lambda: s3.delete_object(Bucket="member-bucket", Key="public/b"))

# The same key in a bucket of the management account, which no control policy binds.
own = admin.client("s3")
own.create_bucket(Bucket="management-bucket")
own.put_object(Bucket="management-bucket", Key="secret/a", Body=b"a")
out["management-read-secret"] = tried(lambda: own.get_object(Bucket="management-bucket", Key="secret/a"))
out["management-delete"] = tried(lambda: own.delete_object(Bucket="management-bucket", Key="secret/a"))

# Members see their organization, and nothing else of it.
organizations = member.client("organizations")
out["describe"] = tried(organizations.describe_organization)
out["list-accounts"] = tried(organizations.list_accounts)
out["enable-features"] = tried(organizations.enable_all_features)
management = organizations.describe_organization()["Organization"]["MasterAccountId"]
for name, target in {"own": {}, "named": {"TargetId": account}, "others": {"TargetId": management}}.items():
    ask = {"PolicyType": "TAG_POLICY", **target}
    out[f"effective-{name}"] = tried(lambda: organizations.describe_effective_policy(**ask))

# Who may act on organizations is asked of identity policies too.
iam = root.client("iam")
iam.create_user(UserName="nobody")
nobody = session(iam.create_access_key(UserName="nobody")["AccessKey"])
out["no-permission"] = tried(nobody.client("organizations").list_roots)

out["entry"] = tried(lambda: admin.client("sts").assume_role(RoleArn=entry, RoleSessionName="again"))
print(json.dumps(out))
