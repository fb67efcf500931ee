"""Fifty clients of boto3 at once: prints what became of their calls and what is there afterwards, as one JSON object."""

import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

CALLERS = 50
CONFIG = Config(retries={"total_max_attempts": 1})
TRUST = sys.argv[1]
POLICY = json.dumps(
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}
)
# Each client has connections of its own; they are made one after the other, as boto3 wants it of one session.
SESSION = boto3.session.Session()
CLIENTS = [SESSION.client("iam", config=CONFIG) for _ in range(CALLERS)]


def at_once(calls):
    """Runs the calls as nearly at once as threads can; what became of them, counted."""
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            call()
            return "done"
        except ClientError as error:
            return f"{error.response['ResponseMetadata']['HTTPStatusCode']} {error.response['Error']['Code']}"

    with ThreadPoolExecutor(len(calls)) as pool:
        return Counter(pool.map(run, calls))


def pages(operation, key, **parameters):
    return [item for page in CLIENTS[0].get_paginator(operation).paginate(**parameters) for item in page[key]]


out = {}
out["roles"] = at_once([lambda c=c: c.create_role(RoleName="same", AssumeRolePolicyDocument=TRUST) for c in CLIENTS])
out["sameRoles"] = [role["RoleName"] for role in pages("list_roles", "Roles")]

PROVIDER = "https://same.example.com"
MAKERS = {
    "users": lambda c: c.create_user(UserName="one"),
    "groups": lambda c: c.create_group(GroupName="one"),
    "policies": lambda c: c.create_policy(PolicyName="one", PolicyDocument=POLICY),
    "profiles": lambda c: c.create_instance_profile(InstanceProfileName="one"),
    "providers": lambda c: c.create_open_id_connect_provider(Url=PROVIDER, ThumbprintList=["0" * 40]),
}
out["made"] = {name: at_once([lambda c=c, m=make: m(c) for c in CLIENTS]) for name, make in MAKERS.items()}
ONE = next(policy["Arn"] for policy in pages("list_policies", "Policies", Scope="Local"))
ISSUER = CLIENTS[0].list_open_id_connect_providers()["OpenIDConnectProviderList"][0]["Arn"]
edits = []
for number, client in enumerate(CLIENTS):
    tags = [{"Key": f"k{number}", "Value": str(number)}]
    edits += [
        lambda c=client, t=tags: c.tag_user(UserName="one", Tags=t),
        lambda c=client, t=tags: c.tag_policy(PolicyArn=ONE, Tags=t),
        lambda c=client, t=tags: c.tag_instance_profile(InstanceProfileName="one", Tags=t),
        lambda c=client, t=tags: c.tag_open_id_connect_provider(OpenIDConnectProviderArn=ISSUER, Tags=t),
    ]
# As many as the quota of their size, 2,048 characters for a user and 5,120 for a group, leaves room for.
edits += [
    lambda c=client, n=number: c.put_user_policy(UserName="one", PolicyName=f"p{n}", PolicyDocument=POLICY)
    for number, client in enumerate(CLIENTS[:10])
]
edits += [
    lambda c=client, n=number: c.put_group_policy(GroupName="one", PolicyName=f"p{n}", PolicyDocument=POLICY)
    for number, client in enumerate(CLIENTS[:40])
]
out["edits"] = at_once(edits)
out["kept"] = {
    "user tags": len(pages("list_user_tags", "Tags", UserName="one")),
    "policy tags": len(pages("list_policy_tags", "Tags", PolicyArn=ONE)),
    "profile tags": len(pages("list_instance_profile_tags", "Tags", InstanceProfileName="one")),
    "provider tags": len(pages("list_open_id_connect_provider_tags", "Tags", OpenIDConnectProviderArn=ISSUER)),
    "user policies": len(pages("list_user_policies", "PolicyNames", UserName="one")),
    "group policies": len(pages("list_group_policies", "PolicyNames", GroupName="one")),
}

changes = []
for number, client in enumerate(CLIENTS):
    tag = {"Key": f"k{number}", "Value": str(number)}
    changes += [
        lambda c=client, t=tag: c.tag_role(RoleName="same", Tags=[t]),
        lambda c=client, n=number: c.put_role_policy(RoleName="same", PolicyName=f"p{n}", PolicyDocument=POLICY),
    ]
NAMES = [f"m{number}" for number in range(10)]
ARNS = [CLIENTS[0].create_policy(PolicyName=name, PolicyDocument=POLICY)["Policy"]["Arn"] for name in NAMES]
changes += [
    lambda c=client, a=arn: c.attach_role_policy(RoleName="same", PolicyArn=a) for client, arn in zip(CLIENTS, ARNS)
]
out["changes"] = at_once(changes)
out["tags"] = {tag["Key"]: tag["Value"] for tag in pages("list_role_tags", "Tags", RoleName="same")}
out["inline"] = pages("list_role_policies", "PolicyNames", RoleName="same")
out["attached"] = [p["PolicyName"] for p in pages("list_attached_role_policies", "AttachedPolicies", RoleName="same")]
out["counts"] = [CLIENTS[0].get_policy(PolicyArn=arn)["Policy"]["AttachmentCount"] for arn in ARNS]

CLIENTS[0].create_user(UserName="same")
out["keys"] = at_once([lambda c=c: c.create_access_key(UserName="same") for c in CLIENTS[:20]])
out["keyCount"] = len(CLIENTS[0].list_access_keys(UserName="same")["AccessKeyMetadata"])
out["versions"] = at_once(
    [lambda c=c: c.create_policy_version(PolicyArn=ARNS[0], PolicyDocument=POLICY) for c in CLIENTS[:20]]
)
out["versionIds"] = [v["VersionId"] for v in CLIENTS[0].list_policy_versions(PolicyArn=ARNS[0])["Versions"]]

# What one client has written, another reads at once, again and again.
stale = 0
for number in range(50):
    writer, reader = CLIENTS[number], CLIENTS[(number + 1) % CALLERS]
    writer.update_role(RoleName="same", Description=f"written {number}")
    stale += reader.get_role(RoleName="same")["Role"]["Description"] != f"written {number}"
out["stale"] = stale
print(json.dumps(out))
