"""Fifty clients of boto3 at once on one organization: prints what became of their calls and what is there afterwards."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

CALLERS = 50
CONFIG = Config(retries={"total_max_attempts": 1})
LIST_ACCOUNTS = ("list_accounts_for_parent", "Accounts")
SCP = "SERVICE_CONTROL_POLICY"
POLICY = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*"}]}
)
# Each client has connections of its own; they are made one after the other, as boto3 wants it of one session.
SESSION = boto3.session.Session()
CLIENTS = [SESSION.client("organizations", config=CONFIG) for _ in range(CALLERS)]
ONE = CLIENTS[0]


def at_once(calls):
    """Runs the calls as nearly at once as threads can; what became of them, counted."""
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            call()
            return "done"
        except ClientError as error:
            return error.response.get("Reason") or error.response["Error"]["Code"]

    with ThreadPoolExecutor(len(calls)) as pool:
        return Counter(pool.map(run, calls))


def pages(operation, key, **parameters):
    return [item for page in ONE.get_paginator(operation).paginate(**parameters) for item in page[key]]


def create_policy(name, client=ONE):
    made = client.create_policy(Name=name, Description="", Type=SCP, Content=POLICY)
    return made["Policy"]["PolicySummary"]["Id"]


def create_unit(name, parent, client=ONE):
    return client.create_organizational_unit(ParentId=parent, Name=name)["OrganizationalUnit"]["Id"]


out = {}
out["organizations"] = at_once([c.create_organization for c in CLIENTS])
root = ONE.list_roots()["Roots"][0]["Id"]
out["types"] = at_once([lambda c=c: c.enable_policy_type(RootId=root, PolicyType=SCP) for c in CLIENTS])

out["policies"] = at_once([lambda c=c: create_policy("same", c) for c in CLIENTS])
out["policyNames"] = [policy["Name"] for policy in pages("list_policies", "Policies", Filter=SCP)]
out["units"] = at_once([lambda c=c: create_unit("same", root, c) for c in CLIENTS])
units = pages("list_organizational_units_for_parent", "OrganizationalUnits", ParentId=root)
out["unitNames"] = [unit["Name"] for unit in units]

# One address for fifty accounts: AWS says which of them came to be when it is asked.
address = {"Email": "same@example.com", "AccountName": "same"}
out["creations"] = at_once([lambda c=c: c.create_account(**address) for c in CLIENTS])
out["created"] = Counter(status["State"] for status in pages("list_create_account_status", "CreateAccountStatuses"))
account = next(one["Id"] for one in pages("list_accounts", "Accounts") if one["Name"] == "same")

# Ten policies of a type on one target, FullAWSAccess among them.
guards = [create_policy(f"guard-{number}") for number in range(30)]
out["attachments"] = at_once(
    [lambda c=c, p=p: c.attach_policy(PolicyId=p, TargetId=account) for c, p in zip(CLIENTS, guards)]
)
on_account = [p["Id"] for p in pages("list_policies_for_target", "Policies", TargetId=account, Filter=SCP)]
out["attached"] = len(on_account)
out["bothWays"] = all(
    (account in [t["TargetId"] for t in pages("list_targets_for_policy", "Targets", PolicyId=guard)])
    == (guard in on_account)
    for guard in guards
)
# All of them taken off at once: the last one stays, whichever it is.
out["detachments"] = at_once(
    [lambda c=c, p=p: c.detach_policy(PolicyId=p, TargetId=account) for c, p in zip(CLIENTS, on_account)]
)
out["left"] = len(pages("list_policies_for_target", "Policies", TargetId=account, Filter=SCP))

# A policy attached and deleted at once is one or the other.
race = [create_policy(f"race-{number}") for number in range(20)]
at_once(
    [
        call
        for number, p in enumerate(race)
        for call in (
            lambda p=p, c=CLIENTS[number]: c.attach_policy(PolicyId=p, TargetId=root),
            lambda p=p, c=CLIENTS[49 - number]: c.delete_policy(PolicyId=p),
        )
    ]
)
attached = {p["Id"] for p in pages("list_policies_for_target", "Policies", TargetId=root, Filter=SCP)}
there = {p["Id"] for p in pages("list_policies", "Policies", Filter=SCP)}
out["dangling"] = sorted(attached - there)

# One account, moved to fifty places at once from where it stands.
units = [create_unit(f"u{number}", root) for number in range(CALLERS)]
move = {"AccountId": account, "SourceParentId": root}
out["moves"] = at_once(
    [lambda c=c, u=u: c.move_account(**move, DestinationParentId=u) for c, u in zip(CLIENTS, units)]
)
parents = ONE.list_parents(ChildId=account)["Parents"]
out["parents"] = len(parents)
holders = [u for u in [root, *units] if account in [a["Id"] for a in pages(*LIST_ACCOUNTS, ParentId=u)]]
out["standsIn"] = holders == [parents[0]["Id"]]
# A unit deleted while the account moves in.
home = parents[0]["Id"]
last = create_unit("last", root)
out["intoDeleted"] = at_once(
    [lambda: CLIENTS[0].move_account(AccountId=account, SourceParentId=home, DestinationParentId=last)]
    + [lambda: CLIENTS[1].delete_organizational_unit(OrganizationalUnitId=last)]
)
out["known"] = ONE.list_parents(ChildId=account)["Parents"][0]["Id"] in [home, last]
out["described"] = ONE.describe_account(AccountId=account)["Account"]["Id"] == account

# Of fifty tags set at once none is lost.
out["tags"] = at_once(
    [
        lambda c=c, n=n: c.tag_resource(ResourceId=account, Tags=[{"Key": f"k{n}", "Value": str(n)}])
        for n, c in enumerate(CLIENTS)
    ]
)
out["tagCount"] = len(pages("list_tags_for_resource", "Tags", ResourceId=account))
print(json.dumps(out))
