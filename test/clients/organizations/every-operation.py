"""Every operation of AWS Organizations that Sojourn has: once with success, and once per error that its model documents."""

import json

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

SESSION = boto3.session.Session()
organizations = SESSION.client("organizations")
SCP, RCP = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"
TAG = [{"Key": "a", "Value": "b"}]
ABSENT_ACCOUNT, ABSENT_POLICY = "999999999999", "p-00000000"
DENY = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*"}]}
)
succeeded, refusals = set(), []


def ok(operation, **arguments):
    answer = getattr(organizations, operation)(**arguments)
    succeeded.add(operation)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert answer["ResponseMetadata"]["RequestId"]
    return answer


def refused(operation, code, reason=None, message=None, by=organizations, **arguments):
    try:
        getattr(by, operation)(**arguments)
    except ClientError as error:
        answer = error.response
        found = (answer["Error"]["Code"], answer.get("Reason"), answer["ResponseMetadata"]["HTTPStatusCode"])
        assert found == (code, reason, 400), (operation, found, answer["Error"]["Message"])
        assert message in (None, answer["Error"]["Message"]), (operation, answer["Error"]["Message"])
        # The client knows the error as an exception of the model.
        assert isinstance(error, getattr(organizations.exceptions, code)), type(error)
        assert answer["Error"]["Message"], operation
        refusals.append([operation, code])
        return
    raise AssertionError(f"{operation} was not refused with {code}")


def samples(root="r-0000", unit="ou-0000-00000000", account=ABSENT_ACCOUNT, policy=ABSENT_POLICY):
    """Arguments that the model takes, for every operation but those that make an organization or read it whole."""
    move = {"AccountId": account, "SourceParentId": root, "DestinationParentId": unit}
    attachment = {"PolicyId": policy, "TargetId": account}
    return {
        "attach_policy": attachment,
        "close_account": {"AccountId": account},
        "create_account": {"Email": "z@example.com", "AccountName": "z"},
        "create_organizational_unit": {"ParentId": root, "Name": "z"},
        "create_policy": {"Content": DENY, "Description": "", "Name": "z", "Type": SCP},
        "delete_organization": {},
        "delete_organizational_unit": {"OrganizationalUnitId": unit},
        "delete_policy": {"PolicyId": policy},
        "describe_account": {"AccountId": account},
        "describe_create_account_status": {"CreateAccountRequestId": "car-" + "0" * 32},
        "describe_effective_policy": {"PolicyType": "TAG_POLICY", "TargetId": account},
        "describe_organizational_unit": {"OrganizationalUnitId": unit},
        "describe_policy": {"PolicyId": policy},
        "detach_policy": attachment,
        "disable_aws_service_access": {"ServicePrincipal": "sso.amazonaws.com"},
        "disable_policy_type": {"RootId": root, "PolicyType": SCP},
        "enable_all_features": {},
        "enable_aws_service_access": {"ServicePrincipal": "sso.amazonaws.com"},
        "enable_policy_type": {"RootId": root, "PolicyType": SCP},
        "list_accounts": {},
        "list_accounts_for_parent": {"ParentId": root},
        "list_aws_service_access_for_organization": {},
        "list_children": {"ParentId": root, "ChildType": "ACCOUNT"},
        "list_create_account_status": {},
        "list_delegated_administrators": {},
        "list_organizational_units_for_parent": {"ParentId": root},
        "list_parents": {"ChildId": account},
        "list_policies": {"Filter": SCP},
        "list_policies_for_target": {"TargetId": account, "Filter": SCP},
        "list_roots": {},
        "list_tags_for_resource": {"ResourceId": account},
        "list_targets_for_policy": {"PolicyId": policy},
        "move_account": move,
        "remove_account_from_organization": {"AccountId": account},
        "tag_resource": {"ResourceId": account, "Tags": TAG},
        "untag_resource": {"ResourceId": account, "TagKeys": ["a"]},
        "update_organizational_unit": {"OrganizationalUnitId": unit, "Name": "z"},
        "update_policy": {"PolicyId": policy, "Name": "z"},
    }


# Outside an organization.
MADE_BEFORE = {"create_organization", "describe_organization"}
for operation, arguments in {**samples(), "describe_organization": {}}.items():
    refused(
        operation,
        "AWSOrganizationsNotInUseException",
        message="Your account is not a member of an organization.",
        **arguments,
    )

refused("create_organization", "InvalidInputException", "INVALID_ENUM:FEATURE_SET", FeatureSet="SOME")
organization = ok("create_organization", FeatureSet="CONSOLIDATED_BILLING")["Organization"]
refused("create_organization", "AlreadyInOrganizationException")
root = ok("list_roots")["Roots"][0]["Id"]
unavailable = "PolicyTypeNotAvailableForOrganizationException"
refused("enable_policy_type", unavailable, RootId=root, PolicyType=SCP)
assert ok("enable_all_features")["Handshake"]["Action"] == "ENABLE_ALL_FEATURES"
refused("enable_all_features", "HandshakeConstraintViolationException", "ORGANIZATION_ALREADY_HAS_ALL_FEATURES")
described = ok("describe_organization")["Organization"]
assert (described["Id"], described["FeatureSet"]) == (organization["Id"], "ALL")
management = described["MasterAccountId"]
service = {"ServicePrincipal": "cloudtrail.amazonaws.com"}
ok("enable_aws_service_access", **service)
opened = ok("list_aws_service_access_for_organization")["EnabledServicePrincipals"]
assert [one["ServicePrincipal"] for one in opened] == [service["ServicePrincipal"]], opened
ok("disable_aws_service_access", **service)
ok("list_delegated_administrators")

# What the model forbids, with the parameter's name in the reason.
X, PATTERN, TOKEN = "InvalidInputException", "INVALID_PATTERN:", "INVALID_NEXT_TOKEN"
there = samples(root=root, account=management, policy="p-FullAWSAccess")
LISTS = [name for name in samples() if name.startswith("list_")]
for operation in LISTS:
    refused(operation, X, TOKEN, **{**there[operation], "NextToken": "x"})
WRONG = {
    "attach_policy": (PATTERN + "POLICY_ID", {"PolicyId": "x"}),
    "close_account": (PATTERN + "ACCOUNT_ID", {"AccountId": "12345678901x"}),
    "create_account": (PATTERN + "EMAIL", {"Email": "no address"}),
    "create_organizational_unit": ("MAX_LENGTH_EXCEEDED:NAME", {"Name": "é" * 129}),
    "create_policy": ("INVALID_ENUM:TYPE", {"Type": "NO_POLICY"}),
    "delete_organizational_unit": (PATTERN + "ORGANIZATIONAL_UNIT_ID", {"OrganizationalUnitId": root}),
    "delete_policy": ("IMMUTABLE_POLICY", {"PolicyId": "p-FullAWSAccess"}),
    "describe_account": (PATTERN + "ACCOUNT_ID", {"AccountId": "x"}),
    "describe_create_account_status": (PATTERN + "CREATE_ACCOUNT_REQUEST_ID", {"CreateAccountRequestId": "car-1"}),
    "describe_effective_policy": ("INVALID_ENUM_POLICY_TYPE", {"PolicyType": SCP}),
    "describe_organizational_unit": (PATTERN + "ORGANIZATIONAL_UNIT_ID", {"OrganizationalUnitId": "ou-1"}),
    "describe_policy": (PATTERN + "POLICY_ID", {"PolicyId": "nonsense"}),
    "detach_policy": (PATTERN + "TARGET_ID", {"TargetId": "x"}),
    "disable_aws_service_access": (PATTERN + "SERVICE_PRINCIPAL", {"ServicePrincipal": "a b"}),
    "disable_policy_type": (PATTERN + "ROOT_ID", {"RootId": "x"}),
    "enable_aws_service_access": ("UNRECOGNIZED_SERVICE_PRINCIPAL", {"ServicePrincipal": "example.com"}),
    "enable_policy_type": ("INVALID_ENUM:POLICY_TYPE", {"PolicyType": "NO_POLICY"}),
    "move_account": (PATTERN + "SOURCE_PARENT_ID", {"SourceParentId": "x"}),
    "remove_account_from_organization": (PATTERN + "ACCOUNT_ID", {"AccountId": "x"}),
    "tag_resource": ("DUPLICATE_TAG_KEY", {"Tags": TAG + TAG, "ResourceId": management}),
    "untag_resource": (PATTERN + "RESOURCE_ID", {"ResourceId": "x"}),
    "update_organizational_unit": ("MIN_LENGTH_EXCEEDED:NAME", {"Name": ""}),
    "update_policy": ("MAX_LENGTH_EXCEEDED:DESCRIPTION", {"Description": "é" * 513}),
}
# A client that knows the model would not send some of these.
lax = SESSION.client("organizations", config=Config(parameter_validation=False))
for operation, (reason, change) in WRONG.items():
    refused(operation, X, reason, by=lax, **{**samples(root=root)[operation], **change})

# Units.
unit = ok("create_organizational_unit", ParentId=root, Name="ci", Tags=TAG)["OrganizationalUnit"]["Id"]
nowhere = unit[:-8] + "00000000"
refused("create_organizational_unit", "DuplicateOrganizationalUnitException", ParentId=root, Name="ci")
refused("create_organizational_unit", "ParentNotFoundException", ParentId=nowhere, Name="ci")
refused("describe_organizational_unit", "OrganizationalUnitNotFoundException", OrganizationalUnitId=nowhere)
ok("describe_organizational_unit", OrganizationalUnitId=unit)
ok("update_organizational_unit", OrganizationalUnitId=unit, Name="build")
refused("update_organizational_unit", "OrganizationalUnitNotFoundException", OrganizationalUnitId=nowhere, Name="x")
below, made = unit, []
for level in range(2, 6):
    below = ok("create_organizational_unit", ParentId=below, Name="l")["OrganizationalUnit"]["Id"]
    made.append(below)
constraint = "ConstraintViolationException"
refused("create_organizational_unit", constraint, "OU_DEPTH_LIMIT_EXCEEDED", ParentId=below, Name="l")
sibling = ok("create_organizational_unit", ParentId=root, Name="other")["OrganizationalUnit"]["Id"]
taken = {"OrganizationalUnitId": sibling, "Name": "build"}
refused("update_organizational_unit", "DuplicateOrganizationalUnitException", **taken)
for one in [*reversed(made), sibling]:
    ok("delete_organizational_unit", OrganizationalUnitId=one)
assert len(ok("list_organizational_units_for_parent", ParentId=root)["OrganizationalUnits"]) == 1
refused("list_organizational_units_for_parent", "ParentNotFoundException", ParentId=nowhere)


# Accounts.
def create_account(name):
    begun = ok("create_account", Email=f"{name}@example.com", AccountName=name)["CreateAccountStatus"]
    assert begun["State"] == "IN_PROGRESS" and "AccountId" not in begun, begun
    ended = ok("describe_create_account_status", CreateAccountRequestId=begun["Id"])["CreateAccountStatus"]
    assert ended["Id"] == begun["Id"] and ended["CompletedTimestamp"] >= begun["RequestedTimestamp"]
    return ended


status = create_account("a")
assert status["State"] == "SUCCEEDED", status
account = status["AccountId"]
again = create_account("a")
assert (again["State"], again["FailureReason"]) == ("FAILED", "EMAIL_ALREADY_EXISTS"), again
refused(
    "describe_create_account_status", "CreateAccountStatusNotFoundException", CreateAccountRequestId="car-" + "0" * 32
)
assert len(ok("list_create_account_status", States=["SUCCEEDED"])["CreateAccountStatuses"]) == 1
assert ok("describe_account", AccountId=account)["Account"]["Email"] == "a@example.com"
refused("describe_account", "AccountNotFoundException", AccountId=ABSENT_ACCOUNT)
pages = list(organizations.get_paginator("list_accounts").paginate(PaginationConfig={"PageSize": 1}))
assert [len(page["Accounts"]) for page in pages] == [1, 1]
ok("list_accounts")
move = {"AccountId": account, "SourceParentId": root, "DestinationParentId": unit}
refused("move_account", "AccountNotFoundException", **{**move, "AccountId": ABSENT_ACCOUNT})
refused("move_account", "SourceParentNotFoundException", **{**move, "SourceParentId": nowhere})
refused("move_account", "DestinationParentNotFoundException", **{**move, "DestinationParentId": nowhere})
refused("move_account", "DuplicateAccountException", **{**move, "DestinationParentId": root})
ok("move_account", **move)
assert ok("list_accounts_for_parent", ParentId=unit)["Accounts"][0]["Id"] == account
refused("list_accounts_for_parent", "ParentNotFoundException", ParentId=nowhere)
assert ok("list_children", ParentId=unit, ChildType="ACCOUNT")["Children"] == [{"Id": account, "Type": "ACCOUNT"}]
refused("list_children", "ParentNotFoundException", ParentId=nowhere, ChildType="ACCOUNT")
assert ok("list_parents", ChildId=account)["Parents"] == [{"Id": unit, "Type": "ORGANIZATIONAL_UNIT"}]
refused("list_parents", "ChildNotFoundException", ChildId=ABSENT_ACCOUNT)
refused("delete_organizational_unit", "OrganizationalUnitNotEmptyException", OrganizationalUnitId=unit)

# Policies.
draft = {"Content": DENY, "Description": "", "Name": "guard", "Type": SCP}
policy = ok("create_policy", **draft)["Policy"]["PolicySummary"]["Id"]
refused("create_policy", "DuplicatePolicyException", **draft)
not_met = "The provided policy document does not meet the requirements of the specified policy type."
malformed = "MalformedPolicyDocumentException"
refused("create_policy", malformed, message=not_met, **{**draft, "Name": "x", "Content": "{}"})
refused("create_policy", unavailable, **{**draft, "Type": "TAG_POLICY"})
long = DENY + " " * 10_241
refused("create_policy", constraint, "POLICY_CONTENT_LIMIT_EXCEEDED", **{**draft, "Content": long})
assert ok("describe_policy", PolicyId=policy)["Policy"]["Content"] == DENY
for operation in ["describe_policy", "update_policy", "delete_policy", "list_targets_for_policy"]:
    refused(operation, "PolicyNotFoundException", PolicyId=ABSENT_POLICY)
ok("update_policy", PolicyId=policy, Description="d")
refused("update_policy", X, "IMMUTABLE_POLICY", PolicyId="p-FullAWSAccess", Name="x")
refused("update_policy", malformed, message=not_met, PolicyId=policy, Content="{}")
refused("update_policy", constraint, "POLICY_CONTENT_LIMIT_EXCEEDED", PolicyId=policy, Content=long)
refused("update_policy", "DuplicatePolicyException", PolicyId=policy, Name="FullAWSAccess")
assert len(ok("list_policies", Filter=SCP)["Policies"]) == 2
refused("attach_policy", "PolicyTypeNotEnabledException", PolicyId=policy, TargetId=account)
ok("enable_policy_type", RootId=root, PolicyType=SCP)
ok("enable_policy_type", RootId=root, PolicyType=RCP)
refused("enable_policy_type", "PolicyTypeAlreadyEnabledException", RootId=root, PolicyType=SCP)
refused("enable_policy_type", "RootNotFoundException", RootId="r-0000", PolicyType=SCP)
ok("attach_policy", PolicyId=policy, TargetId=account)
refused("attach_policy", "DuplicatePolicyAttachmentException", PolicyId=policy, TargetId=account)
refused("attach_policy", "TargetNotFoundException", PolicyId=policy, TargetId=nowhere)
refused("attach_policy", "PolicyNotFoundException", PolicyId=ABSENT_POLICY, TargetId=account)
others = [ok("create_policy", **{**draft, "Name": f"p{n}"})["Policy"]["PolicySummary"]["Id"] for n in range(9)]
for other in others[:8]:
    ok("attach_policy", PolicyId=other, TargetId=account)
maximum = "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"
refused("attach_policy", constraint, maximum, PolicyId=others[8], TargetId=account)
for other in others[:8]:
    ok("detach_policy", PolicyId=other, TargetId=account)
assert ok("list_targets_for_policy", PolicyId=policy)["Targets"][0]["Type"] == "ACCOUNT"
assert len(ok("list_policies_for_target", TargetId=account, Filter=SCP)["Policies"]) == 2
refused("list_policies_for_target", "TargetNotFoundException", TargetId=nowhere, Filter=SCP)
in_use = "The specified policy is in use and cannot be deleted."
refused("delete_policy", "PolicyInUseException", message=in_use, PolicyId=policy)
ok("detach_policy", PolicyId=policy, TargetId=account)
refused("detach_policy", "PolicyNotAttachedException", PolicyId=policy, TargetId=account)
refused("detach_policy", "PolicyNotFoundException", PolicyId=ABSENT_POLICY, TargetId=account)
refused("detach_policy", "TargetNotFoundException", PolicyId=policy, TargetId=nowhere)
minimum = "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"
refused("detach_policy", constraint, minimum, PolicyId="p-FullAWSAccess", TargetId=account)
refused("detach_policy", X, "NON_DETACHABLE_POLICY", PolicyId="p-RCPFullAWSAccess", TargetId=account)
for one in [policy, *others]:
    ok("delete_policy", PolicyId=one)
ok("disable_policy_type", RootId=root, PolicyType=SCP)
refused("disable_policy_type", "PolicyTypeNotEnabledException", RootId=root, PolicyType=SCP)
refused("disable_policy_type", "RootNotFoundException", RootId="r-0000", PolicyType=RCP)
refused("describe_effective_policy", "EffectivePolicyNotFoundException", PolicyType="TAG_POLICY")
absent = {"PolicyType": "TAG_POLICY", "TargetId": ABSENT_ACCOUNT}
refused("describe_effective_policy", "TargetNotFoundException", **absent)
refused("describe_effective_policy", X, "TARGET_NOT_SUPPORTED", PolicyType="TAG_POLICY", TargetId=root)

# Tags.
ok("tag_resource", ResourceId=account, Tags=TAG)
ok("tag_resource", ResourceId=account, Tags=[])
refused("tag_resource", "TargetNotFoundException", ResourceId=nowhere, Tags=TAG)
reserved = [{"Key": "aws:a", "Value": "b"}]
refused("tag_resource", X, "INVALID_SYSTEM_TAGS_PARAMETER", ResourceId=account, Tags=reserved)
many = [{"Key": f"k{n}", "Value": ""} for n in range(50)]
refused("tag_resource", constraint, "MAX_TAG_LIMIT_EXCEEDED", ResourceId=account, Tags=many)
assert ok("list_tags_for_resource", ResourceId=account)["Tags"] == TAG
refused("list_tags_for_resource", "TargetNotFoundException", ResourceId=nowhere)
ok("untag_resource", ResourceId=account, TagKeys=["a"])
refused("untag_resource", "TargetNotFoundException", ResourceId=nowhere, TagKeys=["a"])

# Who has no permission hears so, and neither of what nor why.
iam = SESSION.client("iam")
iam.create_user(UserName="nobody")
key = iam.create_access_key(UserName="nobody")["AccessKey"]
keys = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
nobody = SESSION.client("organizations", **keys)
DENIED = "You don't have permissions to access this resource."
refused("create_organization", "AccessDeniedException", message=DENIED, by=nobody)
for operation, arguments in {**samples(root, unit, account), "describe_organization": {}}.items():
    refused(operation, "AccessDeniedException", message=DENIED, by=nobody, **arguments)

# The end.
refused("remove_account_from_organization", "MasterCannotLeaveOrganizationException", AccountId=management)
refused("remove_account_from_organization", "AccountNotFoundException", AccountId=ABSENT_ACCOUNT)
refused("delete_organization", "OrganizationNotEmptyException")
ok("remove_account_from_organization", AccountId=account)
ok("delete_organizational_unit", OrganizationalUnitId=unit)
refused("delete_organizational_unit", "OrganizationalUnitNotFoundException", OrganizationalUnitId=unit)
ok("delete_organization")
refused("list_roots", "AWSOrganizationsNotInUseException")
organizations.create_organization()
closed = create_account("b")["AccountId"]
ok("close_account", AccountId=closed)
refused("close_account", "AccountAlreadyClosedException", AccountId=closed)
refused("close_account", "AccountNotFoundException", AccountId=ABSENT_ACCOUNT)
refused("close_account", constraint, "CANNOT_CLOSE_MANAGEMENT_ACCOUNT", AccountId=management)
stays = "ACCOUNT_CANNOT_LEAVE_ORGANIZATION"
refused("remove_account_from_organization", constraint, stays, AccountId=closed)

# Errors that the model lists and that cannot be had here, by any call: there is no load to shed, changes wait
# for one another, other regions and services answer alike, and nothing is still on its way.
NEVER = {
    "AccessDeniedForDependencyException",
    "AccountOwnerNotVerifiedException",
    "ConcurrentModificationException",
    "ConflictException",
    "FinalizingOrganizationException",
    "PolicyChangesInProgressException",
    "ServiceException",
    "TooManyRequestsException",
    "UnsupportedAPIEndpointException",
}
# The same by one call. Limits that cannot be reached in a test: 5,000 accounts; or that no call of the kind has.
NOT_BY = {
    constraint: {
        "create_account",
        "create_organization",
        "delete_organization",
        "describe_effective_policy",
        "disable_aws_service_access",
        "disable_policy_type",
        "enable_all_features",
        "enable_aws_service_access",
        "enable_policy_type",
        "list_aws_service_access_for_organization",
        "list_delegated_administrators",
        "untag_resource",
    },
    # They take nothing that could be wrong.
    X: {"delete_organization", "enable_all_features"},
}
missing = []
names = organizations.meta.method_to_api_mapping
for operation in sorted({*samples(), *MADE_BEFORE}):
    model = organizations.meta.service_model.operation_model(names[operation])
    for code in {error.name for error in model.error_shapes} - NEVER:
        if [operation, code] not in refusals and operation not in NOT_BY.get(code, ()):
            missing.append(f"{operation}: {code}")
print(json.dumps({"succeeded": sorted(succeeded), "refusals": refusals, "missing": sorted(missing)}))
