"""Runs client cases against one server through boto3 and prints what came back, one JSON object a line.

Input (standard input): {"kept": {name: value}, "cases": [case, ...]}. Cases run in order: what one makes,
the next one finds. A case is one of

    {"call": "iam CreateRole", "with": {...}, "as": "alice", "keep": {"roleArn": "Role.Arn"}}
    {"call": "iam GetRole", "raw": {"method": "GET", "parameters": [["Action", "GetRole"], ...]}}
    {"call": "iam ListRoles", "walk": {...}}
    {"call": "iam GetRole", "odd": {...}}

`with` holds the operation's parameters. In it, in `raw` and in `as`, "${name}" stands for a value kept by an
earlier case, {"json": x} for x as JSON text, {"repeat": ["x", 3]} for "xxx", {"times": [3, x]} for a list of
three x, in which "#" stands for the number of the item. `as` names kept credentials; without it the call is root's.
`raw` sends exactly these parameters, signed as the real client signs unless "signed" is false, and reads the
answer with botocore's own parser. `walk` calls a list with MaxItems=1 until it ends, and once for the whole. `odd` makes a call by POST as clients
do, and by GET with the parameters in reverse order, each of them repeated with another value, and unknown ones.
"""

import json
import os
import re
import sys
from datetime import datetime
from urllib.parse import quote, urlencode

import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from botocore.httpsession import URLLib3Session
from botocore.parsers import create_parser
from botocore.serialize import create_serializer

SESSION = botocore.session.get_session()
ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
ROOT = {"AccessKeyId": os.environ["AWS_ACCESS_KEY_ID"], "SecretAccessKey": os.environ["AWS_SECRET_ACCESS_KEY"]}
# Cases send what a client would refuse to send, and no answer is asked for twice.
CONFIG = Config(parameter_validation=False, retries={"total_max_attempts": 1})
HTTP = URLLib3Session()
CLIENTS = {}


def fill(value, kept):
    """The value with its stand-ins replaced."""
    if isinstance(value, str):
        return re.sub(r"\$\{([\w.]+)\}", lambda found: str(kept.get(found[1], found[0])), value)
    if isinstance(value, list):
        return [fill(item, kept) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"json"}:
        return json.dumps(fill(value["json"], kept))
    if set(value) == {"repeat"}:
        text, count = value["repeat"]
        return fill(text, kept) * count
    if set(value) == {"times"}:
        count, item = value["times"]
        return [fill(json.loads(json.dumps(item).replace("#", str(number))), kept) for number in range(1, count + 1)]
    return {name: fill(item, kept) for name, item in value.items()}


def credentials_of(case, kept):
    who = case.get("as", "root")
    if isinstance(who, str):
        return ROOT if who == "root" else kept[who]
    return {**(ROOT if who["of"] == "root" else kept[who["of"]]), **who["but"]}


def client_for(service, keys):
    name = (service, keys["AccessKeyId"], keys["SecretAccessKey"], keys.get("SessionToken"))
    if name not in CLIENTS:
        CLIENTS[name] = SESSION.create_client(
            service,
            aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"],
            aws_session_token=keys.get("SessionToken"),
            config=CONFIG,
        )
    return CLIENTS[name]


def call(service, operation, parameters, keys):
    """The parsed answer, also of a refusal."""
    client = client_for(service, keys)
    names = {wire: method for method, wire in client.meta.method_to_api_mapping.items()}
    try:
        return getattr(client, names[operation])(**parameters)
    except ClientError as error:
        return error.response


def raw(service, operation, sent, keys):
    """The same for a request whose parameters are given name by name."""
    method = sent.get("method", "POST")
    # In a query, botocore signs what it is given: a blank must be %20 there.
    form = urlencode([tuple(pair) for pair in sent["parameters"]], quote_via=quote)
    request = AWSRequest(
        method=method,
        url=ENDPOINT + "/" + ("?" + form if method == "GET" else ""),
        data=form if method == "POST" else None,
        headers={"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {},
    )
    if sent.get("signed", True):
        credentials = Credentials(keys["AccessKeyId"], keys["SecretAccessKey"], keys.get("SessionToken"))
        SigV4Auth(credentials, sent.get("service", service), "us-east-1").add_auth(request)
    answer = HTTP.send(request.prepare())
    shape = SESSION.get_service_model(service).operation_model(operation).output_shape if operation else None
    parsed = create_parser("query").parse(
        {"status_code": answer.status_code, "headers": answer.headers, "body": answer.content}, shape
    )
    headers = {name.lower(): value for name, value in answer.headers.items()}
    parsed["ResponseMetadata"].update(HTTPStatusCode=answer.status_code, HTTPHeaders=headers)
    return parsed


def walk(service, operation, parameters, keys):
    """The items of a list, page by page of one item, and all at once; in the order of the answers."""

    def items(answer):
        lists = [value for value in answer.values() if isinstance(value, list)]
        return [item for part in lists for item in part]

    whole = call(service, operation, {**parameters, "MaxItems": 1000}, keys)
    pages, marker = [], None
    while len(pages) < 1000:
        page = call(service, operation, {**parameters, "MaxItems": 1, **({"Marker": marker} if marker else {})}, keys)
        pages.append(items(page))
        marker = page.get("Marker")
        if page.get("IsTruncated") is not (marker is not None):
            raise SystemExit(f"{operation}: IsTruncated and Marker disagree: {page}")
        if marker is None:
            break
    return {"whole": items(whole), "pages": pages, "ResponseMetadata": whole["ResponseMetadata"]}


def odd(service, operation, parameters, keys):
    """The answers to both, which must be the same."""
    model = SESSION.get_service_model(service)
    form = create_serializer("query").serialize_to_request(parameters, model.operation_model(operation))["body"]
    pairs = [[name, value] for name, value in form.items()]
    repeated = [[name, "another"] for name, _ in pairs]
    strange = [["Colour", "red"], ["Colour.member.1", "blue"], *pairs[::-1], *repeated]
    straight = raw(service, operation, {"parameters": pairs}, keys)
    turned = raw(service, operation, {"method": "GET", "parameters": strange}, keys)
    return {"straight": straight, "odd": turned, "ResponseMetadata": turned["ResponseMetadata"]}


def value_at(answer, path):
    """The part of the answer; None when the case went otherwise, which its own check will tell."""
    for name in path.split("."):
        if isinstance(answer, list):
            answer = answer[int(name)] if int(name) < len(answer) else None
        else:
            answer = answer.get(name) if isinstance(answer, dict) else None
    return answer


def plain(value):
    if isinstance(value, datetime):
        return value.isoformat()
    if hasattr(value, "read"):
        return value.read().decode()
    raise TypeError(f"{type(value)} in an answer")


def main():
    given = json.load(sys.stdin)
    kept = given["kept"]
    for case in given["cases"]:
        service, _, operation = case["call"].partition(" ")
        keys = credentials_of(case, kept)
        if "raw" in case:
            answer = raw(service, operation, fill(case["raw"], kept), keys)
        elif "walk" in case:
            answer = walk(service, operation, fill(case["walk"], kept), keys)
        elif "odd" in case:
            answer = odd(service, operation, fill(case["odd"], kept), keys)
        else:
            answer = call(service, operation, fill(case.get("with", {}), kept), keys)
        for name, path in case.get("keep", {}).items():
            kept[name] = value_at(answer, path)
        print(json.dumps({"answer": answer, "kept": kept}, default=plain), flush=True)


main()
