"""Control policies at work: argv holds tokens of two jobs each of GitHub (staging, production) and Buildkite (main, feature).

Every step prints the outcome of a call before a policy binds, while it does, and after it was taken off.
"""

import json
import sys
import urllib.error
import urllib.request

import boto3
from botocore.exceptions import ClientError

staging, production, main_branch, feature = sys.argv[1:5]
ROOT = boto3.session.Session()
ENDPOINT = ROOT.client("sts").meta.endpoint_url
SCP, RCP = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
organizations = ROOT.client("organizations")
out = {}


def tried(call):
    """'allowed', or code and sentence of the refusal."""
    try:
        call()
        return "allowed"
    except ClientError as error:
        return f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"


def session(credentials):
    return boto3.session.Session(
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials.get("SessionToken"),
    )


def create_policy(kind, **statement):
    """A policy of one statement; its Sid is its name."""
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    made = organizations.create_policy(Name=statement["Sid"], Description="", Type=kind, Content=document)
    return made["Policy"]["PolicySummary"]["Id"]


def bound(name, calls, target, policy):
    """What becomes of the calls with the policy on the target, and that all of them are allowed before and after."""
    assert {tried(call) for call in calls.values()} == {"allowed"}, {key: tried(call) for key, call in calls.items()}
    organizations.attach_policy(PolicyId=policy, TargetId=target)
    out[name] = {key: tried(call) for key, call in calls.items()}
    organizations.detach_policy(PolicyId=policy, TargetId=target)
    assert {tried(call) for call in calls.values()} == {"allowed"}, name


# The organization: one member below a unit, entered from the management account.
organizations.create_organization()
root = organizations.list_roots()["Roots"][0]["Id"]
for kind in (SCP, RCP):
    organizations.enable_policy_type(RootId=root, PolicyType=kind)
unit = organizations.create_organizational_unit(ParentId=root, Name="ci")["OrganizationalUnit"]["Id"]
begun = organizations.create_account(Email="ci@example.com", AccountName="ci")["CreateAccountStatus"]["Id"]
status = organizations.describe_create_account_status(CreateAccountRequestId=begun)["CreateAccountStatus"]
account = status["AccountId"]
home = {"AccountId": account, "SourceParentId": root, "DestinationParentId": unit}
organizations.move_account(**home)
iam = ROOT.client("iam")
iam.create_user(UserName="admin")
iam.attach_user_policy(UserName="admin", PolicyArn=ADMINISTRATOR)
admin = session(iam.create_access_key(UserName="admin")["AccessKey"])
sts = admin.client("sts")
entry = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"


def enter(role=entry, **more):
    return sts.assume_role(RoleArn=role, RoleSessionName="entry", **more)["Credentials"]


member = session(enter())
iam = member.client("iam")

# Roles of the member that jobs of two providers assume; the trust policies ask for nothing but the audience.
ISSUERS = {
    "github": ("token.actions.githubusercontent.com", "sts.amazonaws.com", {"StringLike": {":sub": "repo:my-org/*"}}),
    "buildkite": ("agent.buildkite.com", "sts.amazonaws.com", {"StringLike": {":sub": "organization:my-org:*"}}),
}
for name, (issuer, audience, condition) in ISSUERS.items():
    provider = iam.create_open_id_connect_provider(Url=f"https://{issuer}", ClientIDList=[audience])
    conditions = {"StringEquals": {":aud": audience}, **condition}
    trust = {
        "Effect": "Allow",
        "Principal": {"Federated": provider["OpenIDConnectProviderArn"]},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            operator: {issuer + key: value for key, value in keys.items()} for operator, keys in conditions.items()
        },
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)
    iam.attach_role_policy(RoleName=name, PolicyArn=ADMINISTRATOR)


def job(role, token):
    return boto3.client("sts").assume_role_with_web_identity(
        RoleArn=f"arn:aws:iam::{account}:role/{role}", RoleSessionName="job", WebIdentityToken=token
    )["Credentials"]


jobs = {
    "github staging": lambda: job("github", staging),
    "github production": lambda: job("github", production),
    "buildkite main": lambda: job("buildkite", main_branch),
    "buildkite feature": lambda: job("buildkite", feature),
}

# Keys of one provider each, at assume time; jobs of the other provider do not have them.
web_identity = {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRoleWithWebIdentity", "Resource": "*"}
environment = "token.actions.githubusercontent.com:environment"
of_github = {"Null": {"token.actions.githubusercontent.com:aud": "false"}}
elsewhere = {"StringNotEqualsIfExists": {environment: "production"}, **of_github}
only_production = create_policy(RCP, Sid="OnlyProduction", **web_identity, Condition=elsewhere)
bound("environment", jobs, unit, only_production)
branch = "agent.buildkite.com:build_branch"
other_branch = {"StringNotEquals": {branch: "main"}, "Null": {branch: "false"}}
only_main = create_policy(RCP, Sid="OnlyMain", **web_identity, Condition=other_branch)
bound("branch", jobs, root, only_main)

# A policy binds with the next call: changed, moved away from, come back to.
organizations.attach_policy(PolicyId=only_production, TargetId=unit)
out["attached"] = tried(jobs["github staging"])
document = json.loads(organizations.describe_policy(PolicyId=only_production)["Policy"]["Content"])
document["Statement"][0]["Condition"]["StringNotEqualsIfExists"][environment] = "staging"
organizations.update_policy(PolicyId=only_production, Content=json.dumps(document))
out["updated"] = [tried(jobs["github staging"]), tried(jobs["github production"])]
back = {"AccountId": account, "SourceParentId": unit, "DestinationParentId": root}
organizations.move_account(**back)
out["moved away"] = tried(jobs["github production"])
organizations.move_account(**home)
out["moved back"] = tried(jobs["github production"])
organizations.detach_policy(PolicyId=only_production, TargetId=unit)

# The other actions of STS on a role.
tagger = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}
for owner in (iam, ROOT.client("iam")):
    trust = json.dumps({"Version": "2012-10-17", "Statement": [tagger]})
    owner.create_role(RoleName="tagged", AssumeRolePolicyDocument=trust)
organization = organizations.describe_organization()["Organization"]
management = organization["MasterAccountId"]
role = f"arn:aws:iam::{account}:role/tagged"
tags = {"Tags": [{"Key": "team", "Value": "x"}]}
entries = {
    "plain": lambda: enter(role),
    "tagged": lambda: enter(role, **tags),
    "management": lambda: enter(f"arn:aws:iam::{management}:role/tagged", **tags),
}
everyone = {"Effect": "Deny", "Principal": "*", "Resource": "*"}
bound("tag session", entries, root, create_policy(RCP, Sid="NoTags", **everyone, Action="sts:TagSession"))
bound("assume role", entries, account, create_policy(RCP, Sid="NoEntry", **everyone, Action="sts:AssumeRole"))

# S3: the owner, who comes from another account, and who says nothing of itself.
deploy = session(job("github", production))
deploy.client("s3").create_bucket(Bucket="member-bucket")
deploy.client("s3").put_object(Bucket="member-bucket", Key="a", Body=b"a")
public = {
    "Effect": "Allow",
    "Principal": "*",
    "Action": ["s3:GetObject", "s3:PutObject"],
    "Resource": "arn:aws:s3:::member-bucket/*",
}
s3 = member.client("s3")
s3.delete_public_access_block(Bucket="member-bucket")
s3.put_bucket_policy(Bucket="member-bucket", Policy=json.dumps({"Version": "2012-10-17", "Statement": [public]}))
admin.client("s3").create_bucket(Bucket="management-bucket")
admin.client("s3").put_object(Bucket="management-bucket", Key="a", Body=b"a")


def anonymous():
    try:
        urllib.request.urlopen(f"{ENDPOINT}/member-bucket/a").read()
    except urllib.error.HTTPError as error:
        raise ClientError({"Error": {"Code": str(error.code), "Message": error.read().decode()}}, "GetObject")


reads = {
    "job": lambda: deploy.client("s3").get_object(Bucket="member-bucket", Key="a"),
    "administrator of the member": lambda: s3.get_object(Bucket="member-bucket", Key="a"),
    "management": lambda: admin.client("s3").get_object(Bucket="member-bucket", Key="a"),
    "anonymous": anonymous,
    "write": lambda: s3.put_object(Bucket="member-bucket", Key="b", Body=b"b"),
    "bucket of the management account": lambda: admin.client("s3").get_object(Bucket="management-bucket", Key="a"),
}
bound("reads", reads, root, create_policy(RCP, Sid="NoReads", **everyone, Action="s3:GetObject"))
outsiders = {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": organization["Id"]}}
bound("outsiders", reads, root, create_policy(RCP, Sid="Outsiders", **everyone, Action="s3:*", Condition=outsiders))

# Service control policies bind who acts, wherever the resource is, and not the job that comes in.
writes = {
    "come in": lambda: job("github", production),
    "job": lambda: deploy.client("s3").put_object(Bucket="member-bucket", Key="c", Body=b"c"),
    "administrator of the member": reads["write"],
    "read": reads["job"],
    "management": lambda: admin.client("s3").put_object(Bucket="member-bucket", Key="d", Body=b"d"),
}
bound("writes", writes, unit, create_policy(SCP, Sid="NoWrites", Effect="Deny", Action="s3:Put*", Resource="*"))
# A level that allows less: its own list in the place of FullAWSAccess.
only_s3 = create_policy(SCP, Sid="OnlyS3", Effect="Allow", Action="s3:*", Resource="*")
organizations.attach_policy(PolicyId=only_s3, TargetId=unit)
organizations.detach_policy(PolicyId="p-FullAWSAccess", TargetId=unit)
out["only s3"] = {"read": tried(reads["job"]), "roles": tried(iam.list_roles)}
organizations.attach_policy(PolicyId="p-FullAWSAccess", TargetId=unit)
organizations.detach_policy(PolicyId=only_s3, TargetId=unit)
out["again"] = tried(iam.list_roles)

# Nobody gets into a closed account, and nobody in it may do anything.
organizations.close_account(AccountId=account)
out["closed"] = {"come in": tried(writes["come in"]), "read": tried(reads["job"]), "enter": tried(enter)}
print(json.dumps(out))
