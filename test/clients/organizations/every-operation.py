"""Every operation of AWS Organizations that Sojourn has: once with success, and once per refusal that can be had."""

import json

import boto3
from botocore.exceptions import ClientError

organizations = boto3.client("organizations")
SCP, RCP = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"
DENY = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*"}]}
)
succeeded, refusals = set(), []


def ok(operation, **arguments):
    method = getattr(organizations, operation)
    answer = method(**arguments)
    succeeded.add(operation)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert answer["ResponseMetadata"]["RequestId"]
    return answer


def refused(operation, code, reason=None, **arguments):
    try:
        getattr(organizations, operation)(**arguments)
    except ClientError as error:
        answer = error.response
        found = (answer["Error"]["Code"], answer.get("Reason"), answer["ResponseMetadata"]["HTTPStatusCode"])
        assert found == (code, reason, 400), (operation, found, answer["Error"]["Message"])
        # The client knows the error as an exception of the model.
        assert isinstance(error, getattr(organizations.exceptions, code)), type(error)
        assert answer["Error"]["Message"], operation
        refusals.append([operation, code])
        return
    raise AssertionError(f"{operation} was not refused with {code}")


NOT_IN_USE = "AWSOrganizationsNotInUseException"
for operation in ["describe_organization", "delete_organization", "list_roots", "list_accounts"]:
    refused(operation, NOT_IN_USE)

organization = ok("create_organization", FeatureSet="ALL")["Organization"]
refused("create_organization", "AlreadyInOrganizationException")
assert ok("describe_organization")["Organization"] == organization
management = organization["MasterAccountId"]
root = ok("list_roots")["Roots"][0]["Id"]
ok("list_aws_service_access_for_organization")
ok("list_delegated_administrators")

# Units.
unit = ok("create_organizational_unit", ParentId=root, Name="ci", Tags=[{"Key": "a", "Value": "b"}])
unit = unit["OrganizationalUnit"]["Id"]
nowhere = unit[:-8] + "00000000"
refused("create_organizational_unit", "DuplicateOrganizationalUnitException", ParentId=root, Name="ci")
refused("create_organizational_unit", "ParentNotFoundException", ParentId=nowhere, Name="ci")
refused("describe_organizational_unit", "OrganizationalUnitNotFoundException", OrganizationalUnitId=nowhere)
ok("describe_organizational_unit", OrganizationalUnitId=unit)
ok("update_organizational_unit", OrganizationalUnitId=unit, Name="build")
refused("update_organizational_unit", "OrganizationalUnitNotFoundException", OrganizationalUnitId=nowhere, Name="x")
assert len(ok("list_organizational_units_for_parent", ParentId=root)["OrganizationalUnits"]) == 1
refused("list_organizational_units_for_parent", "ParentNotFoundException", ParentId=nowhere)

# Accounts.
status = ok("create_account", Email="a@example.com", AccountName="a")["CreateAccountStatus"]
account = status["AccountId"]
described = ok("describe_create_account_status", CreateAccountRequestId=status["Id"])["CreateAccountStatus"]
assert described == status and described["State"] == "SUCCEEDED"
refused(
    "describe_create_account_status", "CreateAccountStatusNotFoundException", CreateAccountRequestId="car-" + "0" * 32
)
assert len(ok("list_create_account_status", States=["SUCCEEDED"])["CreateAccountStatuses"]) == 1
assert ok("describe_account", AccountId=account)["Account"]["Email"] == "a@example.com"
refused("describe_account", "AccountNotFoundException", AccountId="999999999999")
pages = list(organizations.get_paginator("list_accounts").paginate(PaginationConfig={"PageSize": 1}))
assert [len(page["Accounts"]) for page in pages] == [1, 1]
ok("list_accounts")
refused("list_accounts", "InvalidInputException", "INVALID_NEXT_TOKEN", NextToken="x")
move = {"AccountId": account, "SourceParentId": root, "DestinationParentId": unit}
refused("move_account", "AccountNotFoundException", **{**move, "AccountId": "999999999999"})
refused("move_account", "SourceParentNotFoundException", **{**move, "SourceParentId": nowhere})
refused("move_account", "DestinationParentNotFoundException", **{**move, "DestinationParentId": nowhere})
refused("move_account", "DuplicateAccountException", **{**move, "DestinationParentId": root})
ok("move_account", **move)
assert ok("list_accounts_for_parent", ParentId=unit)["Accounts"][0]["Id"] == account
refused("list_accounts_for_parent", "ParentNotFoundException", ParentId=nowhere)
assert ok("list_children", ParentId=unit, ChildType="ACCOUNT")["Children"] == [{"Id": account, "Type": "ACCOUNT"}]
refused("list_children", "ParentNotFoundException", ParentId=nowhere, ChildType="ACCOUNT")
assert ok("list_parents", ChildId=account)["Parents"] == [{"Id": unit, "Type": "ORGANIZATIONAL_UNIT"}]
refused("list_parents", "ChildNotFoundException", ChildId="999999999999")
refused("delete_organizational_unit", "OrganizationalUnitNotEmptyException", OrganizationalUnitId=unit)

# Policies.
draft = {"Content": DENY, "Description": "", "Name": "guard", "Type": SCP}
policy = ok("create_policy", **draft)["Policy"]["PolicySummary"]["Id"]
refused("create_policy", "DuplicatePolicyException", **draft)
refused("create_policy", "MalformedPolicyDocumentException", **{**draft, "Name": "x", "Content": "{}"})
refused("create_policy", "PolicyTypeNotAvailableForOrganizationException", **{**draft, "Type": "TAG_POLICY"})
long = DENY + " " * 10_241
refused("create_policy", "ConstraintViolationException", "POLICY_CONTENT_LIMIT_EXCEEDED", **{**draft, "Content": long})
assert ok("describe_policy", PolicyId=policy)["Policy"]["Content"] == DENY
refused("describe_policy", "PolicyNotFoundException", PolicyId="p-00000000")
refused("describe_policy", "InvalidInputException", "INVALID_PATTERN", PolicyId="nonsense")
ok("update_policy", PolicyId=policy, Description="d")
refused("update_policy", "PolicyNotFoundException", PolicyId="p-00000000")
refused("update_policy", "InvalidInputException", "IMMUTABLE_POLICY", PolicyId="p-FullAWSAccess", Name="x")
assert len(ok("list_policies", Filter=SCP)["Policies"]) == 2
refused("attach_policy", "PolicyTypeNotEnabledException", PolicyId=policy, TargetId=account)
ok("enable_policy_type", RootId=root, PolicyType=SCP)
ok("enable_policy_type", RootId=root, PolicyType=RCP)
refused("enable_policy_type", "PolicyTypeAlreadyEnabledException", RootId=root, PolicyType=SCP)
refused("enable_policy_type", "RootNotFoundException", RootId="r-0000", PolicyType=SCP)
ok("attach_policy", PolicyId=policy, TargetId=account)
refused("attach_policy", "DuplicatePolicyAttachmentException", PolicyId=policy, TargetId=account)
refused("attach_policy", "TargetNotFoundException", PolicyId=policy, TargetId=nowhere)
refused("attach_policy", "PolicyNotFoundException", PolicyId="p-00000000", TargetId=account)
assert ok("list_targets_for_policy", PolicyId=policy)["Targets"][0]["Type"] == "ACCOUNT"
refused("list_targets_for_policy", "PolicyNotFoundException", PolicyId="p-00000000")
assert len(ok("list_policies_for_target", TargetId=account, Filter=SCP)["Policies"]) == 2
refused("list_policies_for_target", "TargetNotFoundException", TargetId=nowhere, Filter=SCP)
refused("delete_policy", "PolicyInUseException", PolicyId=policy)
ok("detach_policy", PolicyId=policy, TargetId=account)
refused("detach_policy", "PolicyNotAttachedException", PolicyId=policy, TargetId=account)
refused(
    "detach_policy",
    "ConstraintViolationException",
    "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
    PolicyId="p-FullAWSAccess",
    TargetId=account,
)
refused(
    "detach_policy", "InvalidInputException", "NON_DETACHABLE_POLICY", PolicyId="p-RCPFullAWSAccess", TargetId=account
)
ok("delete_policy", PolicyId=policy)
refused("delete_policy", "PolicyNotFoundException", PolicyId=policy)
ok("disable_policy_type", RootId=root, PolicyType=SCP)
refused("disable_policy_type", "PolicyTypeNotEnabledException", RootId=root, PolicyType=SCP)
refused("describe_effective_policy", "EffectivePolicyNotFoundException", PolicyType="TAG_POLICY")

# Tags.
ok("tag_resource", ResourceId=account, Tags=[{"Key": "a", "Value": "b"}])
refused("tag_resource", "TargetNotFoundException", ResourceId=nowhere, Tags=[{"Key": "a", "Value": "b"}])
reserved = [{"Key": "aws:a", "Value": "b"}]
refused("tag_resource", "InvalidInputException", "INVALID_SYSTEM_TAGS_PARAMETER", ResourceId=account, Tags=reserved)
assert ok("list_tags_for_resource", ResourceId=account)["Tags"] == [{"Key": "a", "Value": "b"}]
refused("list_tags_for_resource", "TargetNotFoundException", ResourceId=nowhere)
ok("untag_resource", ResourceId=account, TagKeys=["a"])
refused("untag_resource", "TargetNotFoundException", ResourceId=nowhere, TagKeys=["a"])

# The end.
refused("remove_account_from_organization", "MasterCannotLeaveOrganizationException", AccountId=management)
refused("remove_account_from_organization", "AccountNotFoundException", AccountId="999999999999")
refused("delete_organization", "OrganizationNotEmptyException")
ok("remove_account_from_organization", AccountId=account)
ok("delete_organizational_unit", OrganizationalUnitId=unit)
refused("delete_organizational_unit", "OrganizationalUnitNotFoundException", OrganizationalUnitId=unit)
ok("delete_organization")
refused("list_roots", NOT_IN_USE)
organizations.create_organization()
closed = ok("create_account", Email="b@example.com", AccountName="b")["CreateAccountStatus"]["AccountId"]
ok("close_account", AccountId=closed)
refused("close_account", "AccountAlreadyClosedException", AccountId=closed)
refused("close_account", "ConstraintViolationException", "CANNOT_CLOSE_MANAGEMENT_ACCOUNT", AccountId=management)
print(json.dumps({"succeeded": sorted(succeeded), "refusals": refusals}))
