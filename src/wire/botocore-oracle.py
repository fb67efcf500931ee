"""Answers a batch of questions with botocore itself: one JSON array in, one JSON array out.

serialize: {service, operation, params}                  -> {method, path, query, headers, body}
parse:     {service, operation, status, headers, body}   -> {value} or {error}

Bodies are base64 both ways; times are ISO 8601 with milliseconds.
"""
import base64
import datetime
import json
import sys

import botocore
from botocore import awsrequest, loaders, model, parsers, serialize

VERSIONS = {"sts": "2011-06-15", "iam": "2010-05-08", "s3": "2006-03-01"}
loader = loaders.Loader()
services = {}


def service(name):
    if name not in services:
        raw = loader.load_service_model(name, "service-2", VERSIONS[name])
        services[name] = model.ServiceModel(raw, name)
    return services[name]


def serialized(question):
    owner = service(question["service"])
    operation = owner.operation_model(question["operation"])
    protocol = owner.metadata["protocol"]
    serializer = serialize.create_serializer(protocol, include_validation=False)
    request = serializer.serialize_to_request(question["params"], operation)
    body = request["body"]
    if isinstance(body, dict):
        pairs = [[key, text] for key, text in body.items()]
        return {"method": request["method"], "form": pairs}
    data = body.encode() if isinstance(body, str) else body or b""
    if data.startswith(b"<"):
        # As botocore's client does with its handler escape_xml_payload.
        data = data.replace(b"\r", b"&#xD;")
    return {
        "method": request["method"],
        "path": request["url_path"],
        "query": dict(request["query_string"]),
        "headers": {key: str(text) for key, text in request["headers"].items()},
        "body": base64.b64encode(data).decode(),
    }


def parsed(question):
    owner = service(question["service"])
    operation = owner.operation_model(question["operation"])
    parser = parsers.create_parser(owner.metadata["protocol"])
    response = {
        "status_code": question["status"],
        "headers": awsrequest.HeadersDict(question["headers"]),
        "body": base64.b64decode(question["body"]),
    }
    value = parser.parse(response, operation.output_shape)
    value.pop("ResponseMetadata", None)
    return value


def plain(value):
    if isinstance(value, datetime.datetime):
        utc = value.astimezone(datetime.timezone.utc)
        return utc.strftime("%Y-%m-%dT%H:%M:%S.") + "%03dZ" % (utc.microsecond // 1000)
    raise TypeError(type(value).__name__)


questions = json.load(sys.stdin)
kinds = {"serialize": serialized, "parse": parsed}
answers = [kinds[question["kind"]](question) for question in questions]
json.dump({"version": botocore.__version__, "answers": answers}, sys.stdout, default=plain)
