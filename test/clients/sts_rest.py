"""The calls of sts-rest.test.ts with boto3: prints one JSON object, section by section what was answered or refused."""
import base64
import json
import sys
import time
from datetime import datetime, timedelta, timezone

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ACCOUNT = '000000000000'
HEADER = 'x-sojourn-authorization-message'


def policy(*statements):
    return json.dumps({'Version': '2012-10-17', 'Statement': list(statements)})


def allow(action, resource='*', **more):
    return {'Effect': 'Allow', 'Action': action, 'Resource': resource, **more}


def refusal(call):
    """Code, status and message of a refusal; `allowed` when there was none."""
    try:
        call()
        return 'allowed'
    except ClientError as error:
        meta = error.response['ResponseMetadata']
        return [error.response['Error']['Code'], meta['HTTPStatusCode'], error.response['Error']['Message']]


def message_of(call):
    try:
        call()
    except ClientError as error:
        return error.response['ResponseMetadata']['HTTPHeaders'].get(HEADER)
    return None


def session(credentials):
    return boto3.session.Session(
        aws_access_key_id=credentials['AccessKeyId'],
        aws_secret_access_key=credentials['SecretAccessKey'],
        aws_session_token=credentials.get('SessionToken'),
    )


# What the models forbid must reach the server: it has to refuse it itself.
UNCHECKED = Config(parameter_validation=False, retries={'max_attempts': 1})
root = boto3.session.Session()
iam, sts, s3, trail = (root.client(name, config=UNCHECKED) for name in ('iam', 'sts', 's3', 'cloudtrail'))
out = {}


def user(name, *statements):
    iam.create_user(UserName=name, Tags=[{'Key': 'team', 'Value': 'blue'}])
    if statements:
        iam.put_user_policy(UserName=name, PolicyName='own', PolicyDocument=policy(*statements))
    return session(iam.create_access_key(UserName=name)['AccessKey'])


def federation():
    bob = user('bob', allow(['sts:GetFederationToken', 's3:ListAllMyBuckets'], '*'), allow('s3:*', 'arn:aws:s3:::fed-bucket*'))
    s3.create_bucket(Bucket='fed-bucket')
    client = bob.client('sts')
    plain = client.get_federation_token(Name='alice')
    bounded = client.get_federation_token(
        Name='alice', DurationSeconds=900, Policy=policy(allow(['s3:ListAllMyBuckets', 's3:DeleteBucket', 'iam:*'])))
    fed = session(bounded['Credentials'])
    of_root = session(sts.get_federation_token(Name='r1', Policy=policy(allow('s3:ListAllMyBuckets')))['Credentials'])
    long = sts.get_federation_token(Name='r2', DurationSeconds=43200)['Credentials']['Expiration']
    return {
        'user': plain['FederatedUser'], 'packed': plain['PackedPolicySize'], 'packedWith': bounded['PackedPolicySize'] > 0,
        'identity': fed.client('sts').get_caller_identity()['Arn'],
        'may': refusal(fed.client('s3').list_buckets),
        'notInSession': refusal(lambda: fed.client('s3').list_objects_v2(Bucket='fed-bucket')),
        'withoutPolicy': refusal(session(plain['Credentials']).client('s3').list_buckets),
        'noIam': refusal(fed.client('iam').list_users),
        'noSts': refusal(lambda: fed.client('sts').get_federation_token(Name='again')),
        'rootMay': refusal(of_root.client('s3').list_buckets),
        'rootMayNot': refusal(lambda: of_root.client('s3').delete_bucket(Bucket='fed-bucket')),
        'rootHour': round((long - datetime.now(timezone.utc)).total_seconds() / 60),
        'tags': refusal(lambda: client.get_federation_token(Name='alice', Tags=[{'Key': 'k', 'Value': 'v'}])),
        'rootTags': refusal(lambda: sts.get_federation_token(Name='alice', Tags=[{'Key': 'k', 'Value': 'v'}])),
        'duplicateTags': refusal(lambda: sts.get_federation_token(
            Name='alice', Tags=[{'Key': 'k', 'Value': 'v'}, {'Key': 'K', 'Value': 'v'}])),
        'malformed': refusal(lambda: sts.get_federation_token(Name='alice', Policy='{}')),
        'manyArns': refusal(lambda: sts.get_federation_token(Name='alice', PolicyArns=[{'arn': 'arn:aws:iam::aws:policy/No'}])),
        'short': refusal(lambda: sts.get_federation_token(Name='alice', DurationSeconds=899)),
    }


def messages():
    carol = user('carol', allow('s3:ListBucket'), {'Sid': 'NoRoles', 'Effect': 'Deny', 'Action': 'iam:*Role*', 'Resource': '*',
                                                  'Condition': {'Bool': {'aws:SecureTransport': 'false'}}})
    bob = session(iam.create_access_key(UserName='bob')['AccessKey'])
    explicit = message_of(carol.client('iam').list_roles)
    implicit = message_of(carol.client('s3').list_buckets)
    head = message_of(lambda: carol.client('s3').head_object(Bucket='fed-bucket', Key='k' * 900))
    denied = message_of(lambda: carol.client('sts').assume_role(RoleArn=f'arn:aws:iam::{ACCOUNT}:role/none', RoleSessionName='x1'))
    decode = lambda text: json.loads(sts.decode_authorization_message(EncodedMessage=text)['DecodedMessage'])
    return {
        'explicit': decode(explicit), 'implicit': decode(implicit), 'head': decode(head)['context']['action'],
        'lengths': [len(explicit) <= 3072, len(implicit) <= 3072, len(head) <= 3072],
        'absentRole': decode(denied)['explanation'],
        'allowedHasNone': message_of(sts.get_caller_identity) is None,
        'otherRefusalHasNone': message_of(lambda: s3.head_bucket(Bucket='no-such-bucket')) is None,
        'mayNotDecode': refusal(lambda: bob.client('sts').decode_authorization_message(EncodedMessage=explicit)),
        'garbage': refusal(lambda: sts.decode_authorization_message(EncodedMessage='AAAA' + explicit)),
        'changed': refusal(lambda: sts.decode_authorization_message(EncodedMessage=explicit[:-6] + 'AAAAAA')),
    }


def audiences(size):
    """Nine, with `size` letters more than their first ones."""
    return ['a' * (1 + min(999, max(0, size - 999 * n))) for n in range(9)]


def outbound():
    first = refusal(lambda: sts.get_web_identity_token(Audience=['x'], SigningAlgorithm='RS256'))
    disabled = [refusal(iam.get_outbound_web_identity_federation_info), refusal(iam.disable_outbound_web_identity_federation)]
    issuer = iam.enable_outbound_web_identity_federation()['IssuerIdentifier']
    again = refusal(iam.enable_outbound_web_identity_federation)
    erin = user('erin', allow('sts:GetWebIdentityToken', Condition={
        'ForAllValues:StringEquals': {'sts:IdentityTokenAudience': ['https://api.example.com', 'https://b.example.com']},
        'NumericLessThanEquals': {'sts:DurationSeconds': '600'}, 'StringEquals': {'sts:SigningAlgorithm': 'ES384'}}))
    client = erin.client('sts')
    trust = json.dumps({'Version': '2012-10-17', 'Statement': [
        {'Effect': 'Allow', 'Principal': {'AWS': f'arn:aws:iam::{ACCOUNT}:user/erin'}, 'Action': ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']}]})
    iam.create_role(RoleName='worker', Path='/ci/', AssumeRolePolicyDocument=trust, Tags=[{'Key': 'Team', 'Value': 'red'}])
    iam.put_role_policy(RoleName='worker', PolicyName='p', PolicyDocument=policy(allow(['sts:GetWebIdentityToken', 'sts:TagGetWebIdentityToken'])))
    assumed = client.assume_role(RoleArn=f'arn:aws:iam::{ACCOUNT}:role/ci/worker', RoleSessionName='run', DurationSeconds=900,
                                 Tags=[{'Key': 'team', 'Value': 'green'}])
    worker = session(assumed['Credentials']).client('sts')
    ask = lambda c, **kw: c.get_web_identity_token(**{'Audience': ['https://api.example.com'], 'SigningAlgorithm': 'ES384', **kw})
    got = ask(client)
    own = user('frank', allow('sts:Get*', resource='*'), allow('sts:TagGetWebIdentityToken', resource=f'arn:aws:sts::{ACCOUNT}:self'))
    frank = own.client('sts')
    lasting = frank.get_session_token(DurationSeconds=900)['Credentials']
    federated = session(frank.get_federation_token(Name='visitor', DurationSeconds=900, Policy=policy(allow('sts:*')))['Credentials'])
    named = client.assume_role(RoleArn=f'arn:aws:iam::{ACCOUNT}:role/ci/worker', RoleSessionName='run', SourceIdentity='erin')
    # Claims of exactly the largest size and of one byte more: an answer says how much room there is for letters.
    many = [{'Key': f'k{n}', 'Value': 'v' * 256} for n in range(24)]
    padded = lambda size: ask(frank, Audience=audiences(size), Tags=many)['WebIdentityToken'].split('.')[1]
    room = 14984 - len(base64.urlsafe_b64decode(padded(0) + '=='))
    tagged = ask(worker, Audience=['https://api.example.com', 'https://b.example.com'], SigningAlgorithm='RS256', DurationSeconds=60,
                 Tags=[{'Key': 'job', 'Value': '7'}])
    result = {
        'first': first, 'disabled': disabled, 'issuer': issuer, 'again': again,
        'info': iam.get_outbound_web_identity_federation_info()['JwtVendingEnabled'],
        'user': got['WebIdentityToken'], 'role': tagged['WebIdentityToken'],
        'lives': round((got['Expiration'] - datetime.now(timezone.utc)).total_seconds() / 60),
        'ofSession': [ask(session(lasting).client('sts'))['WebIdentityToken'], lasting['Expiration'].strftime('%Y-%m-%dT%H:%M:%SZ')],
        'withSource': ask(session(named['Credentials']).client('sts'))['WebIdentityToken'],
        'reserved': ask(frank, Tags=[{'Key': 'aws:stage', 'Value': 'x'}])['WebIdentityToken'],
        'federated': refusal(lambda: ask(federated.client('sts'))),
        'largest': len(base64.urlsafe_b64decode(padded(room) + '==')), 'overLargest': refusal(lambda: padded(room + 1)),
        'audience': refusal(lambda: ask(client, Audience=['https://other.example.com'])),
        'duration': refusal(lambda: ask(client, DurationSeconds=601)),
        'algorithm': refusal(lambda: ask(client, SigningAlgorithm='RS256')),
        'unknownAlgorithm': refusal(lambda: ask(sts, SigningAlgorithm='HS256')),
        'mayNotTag': refusal(lambda: ask(client, Tags=[{'Key': 'a', 'Value': 'b'}])),
        'escalation': refusal(lambda: ask(worker, DurationSeconds=3600)),
        'tooLarge': refusal(lambda: ask(sts, Tags=[{'Key': f'{n}' + 'k' * 100, 'Value': 'v' * 256} for n in range(50)])),
        'tooShort': refusal(lambda: ask(sts, DurationSeconds=59)),
    }
    iam.disable_outbound_web_identity_federation()
    result['afterwards'] = refusal(lambda: ask(client))
    result['sameIssuer'] = iam.enable_outbound_web_identity_federation()['IssuerIdentifier'] == issuer
    return result


def refused():
    unsigned = root.client('sts')
    return {
        'root': refusal(lambda: sts.assume_root(TargetPrincipal='111122223333',
                                                TaskPolicyArn={'arn': 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials'})),
        'saml': refusal(lambda: unsigned.assume_role_with_saml(
            RoleArn=f'arn:aws:iam::{ACCOUNT}:role/worker', PrincipalArn=f'arn:aws:iam::{ACCOUNT}:saml-provider/idp', SAMLAssertion='PHNhbWw+')),
        'delegated': refusal(lambda: sts.get_delegated_access_token(TradeInToken='x' * 40)),
    }


def uses():
    key = iam.create_access_key(UserName='erin')['AccessKey']
    before = iam.get_access_key_last_used(AccessKeyId=key['AccessKeyId'])['AccessKeyLastUsed']
    started = time.time()
    refusal(session(key).client('s3').list_buckets)
    last = iam.get_access_key_last_used(AccessKeyId=key['AccessKeyId'])['AccessKeyLastUsed']
    role = iam.get_role(RoleName='worker')['Role']['RoleLastUsed']
    iam.create_role(RoleName='idle', AssumeRolePolicyDocument=iam_trust())
    job = iam.generate_service_last_accessed_details(Arn=f'arn:aws:iam::{ACCOUNT}:role/ci/worker', Granularity='ACTION_LEVEL')['JobId']
    details = iam.get_service_last_accessed_details(JobId=job)
    iam.create_policy(PolicyName='s3read', PolicyDocument=policy(allow('s3:List*'), allow('organizations:*')))
    arn = f'arn:aws:iam::{ACCOUNT}:policy/s3read'
    iam.attach_user_policy(UserName='erin', PolicyArn=arn)
    iam.attach_user_policy(UserName='carol', PolicyArn=arn)
    iam.create_group(GroupName='readers')
    iam.add_user_to_group(GroupName='readers', UserName='bob')
    iam.attach_group_policy(GroupName='readers', PolicyArn=arn)
    of_policy = iam.generate_service_last_accessed_details(Arn=arn)['JobId']
    services = iam.get_service_last_accessed_details(JobId=of_policy)
    entities = iam.get_service_last_accessed_details_with_entities(JobId=of_policy, ServiceNamespace='s3', MaxItems=2)
    rest = iam.get_service_last_accessed_details_with_entities(
        JobId=of_policy, ServiceNamespace='s3', MaxItems=2, Marker=entities['Marker'])
    return {
        'before': before, 'after': [last['ServiceName'], last['Region'], abs(last['LastUsedDate'].timestamp() - started) < 30],
        'role': [role['Region'], abs(role['LastUsedDate'].timestamp() - started) < 120],
        'idle': iam.get_role(RoleName='idle')['Role']['RoleLastUsed'],
        'unknownKey': refusal(lambda: iam.get_access_key_last_used(AccessKeyId='AKIAAAAAAAAAAAAAAAAA')),
        'status': [details['JobStatus'], details['JobType'], details['IsTruncated']],
        'services': [[s['ServiceNamespace'], s['TotalAuthenticatedEntities'], s.get('LastAuthenticatedEntity'),
                      [a['ActionName'] for a in s['TrackedActionsLastAccessed']]] for s in details['ServicesLastAccessed']],
        'ofPolicy': [[s['ServiceNamespace'], s['TotalAuthenticatedEntities']] for s in services['ServicesLastAccessed']],
        'entities': sorted(e['EntityInfo']['Name'] for e in entities['EntityDetailsList'] + rest['EntityDetailsList']),
        'more': [entities['IsTruncated'], rest['IsTruncated']],
        'latestFirst': entities['EntityDetailsList'][0]['LastAuthenticated'] >= entities['EntityDetailsList'][1]['LastAuthenticated'],
        'noJob': refusal(lambda: iam.get_service_last_accessed_details(JobId='0' * 36)),
        'noEntity': refusal(lambda: iam.generate_service_last_accessed_details(Arn=f'arn:aws:iam::{ACCOUNT}:role/none')),
        'noKind': refusal(lambda: iam.generate_service_last_accessed_details(Arn='arn:aws:s3:::fed-bucket')),
    }


def iam_trust():
    return json.dumps({'Version': '2012-10-17', 'Statement': [
        {'Effect': 'Allow', 'Principal': {'AWS': f'arn:aws:iam::{ACCOUNT}:root'}, 'Action': 'sts:AssumeRole'}]})


def history():
    by = lambda key, value, **kw: trail.lookup_events(LookupAttributes=[{'AttributeKey': key, 'AttributeValue': value}], **kw)['Events']
    created = by('EventName', 'CreateUser')
    event = created[0]
    whole = json.loads(event['CloudTrailEvent'])
    pages = list(trail.get_paginator('lookup_events').paginate(PaginationConfig={'PageSize': 7}))
    all_events = [e for page in pages for e in page['Events']]
    one = trail.lookup_events(MaxResults=1)
    now = datetime.now(timezone.utc)
    dave = user('dave')
    return {
        'created': [json.loads(e['CloudTrailEvent'])['requestParameters']['userName'] for e in created],
        'event': {k: event[k] for k in ('EventName', 'ReadOnly', 'EventSource', 'Username')},
        'resources': sorted([r['ResourceType'], r['ResourceName']] for r in event['Resources'])[0:1],
        'whole': [whole['eventID'] == event['EventId'], whole['eventName'], 'sojourn' in whole],
        'byId': [e['EventName'] for e in by('EventId', event['EventId'])],
        'byKey': len(by('AccessKeyId', event['AccessKeyId'])) > 5,
        'bySource': {e['EventSource'] for e in by('EventSource', 's3.amazonaws.com')} == {'s3.amazonaws.com'},
        'byUser': sorted({e['EventName'] for e in by('Username', 'erin')}),
        'bySession': sorted({e['EventName'] for e in by('Username', 'run')}),
        'byResource': sorted({e['EventName'] for e in by('ResourceName', 'worker')}),
        'byType': {r['ResourceType'] for e in by('ResourceType', 'AWS::S3::Bucket') for r in e['Resources']} == {'AWS::S3::Bucket'},
        'written': {e['ReadOnly'] for e in by('ReadOnly', 'false')} == {'false'},
        'none': by('ResourceName', 'nothing-of-that-name'),
        'newestFirst': [e['EventTime'] for e in all_events] == sorted((e['EventTime'] for e in all_events), reverse=True),
        'once': len({e['EventId'] for e in all_events}) == len(all_events), 'pages': len(pages) > 5,
        'past': trail.lookup_events(EndTime=now - timedelta(days=1))['Events'],
        'future': trail.lookup_events(StartTime=now + timedelta(days=1))['Events'],
        'present': len(trail.lookup_events(StartTime=now - timedelta(hours=1), EndTime=now + timedelta(hours=1), MaxResults=3)['Events']),
        'denied': refusal(dave.client('cloudtrail').lookup_events),
        'tooMany': refusal(lambda: trail.lookup_events(MaxResults=51)),
        'two': refusal(lambda: trail.lookup_events(LookupAttributes=[{'AttributeKey': 'EventName', 'AttributeValue': 'a'}] * 2)),
        'range': refusal(lambda: trail.lookup_events(StartTime=now, EndTime=now - timedelta(days=1))),
        'token': refusal(lambda: trail.lookup_events(NextToken='garbage')),
        'foreignToken': refusal(lambda: trail.lookup_events(NextToken=one['NextToken'], LookupAttributes=[
            {'AttributeKey': 'EventName', 'AttributeValue': 'CreateUser'}])),
        'insight': trail.lookup_events(EventCategory='insight')['Events'],
        'unknown': refusal(trail.describe_trails),
        'tokensInLog': any('eyJ' in e['CloudTrailEvent'] for e in all_events),
    }


SECTIONS = {'federation': federation, 'messages': messages, 'outbound': outbound, 'refused': refused, 'uses': uses, 'history': history}
for name, section in SECTIONS.items():
    out[name] = section()
json.dump(out, sys.stdout, default=str)
