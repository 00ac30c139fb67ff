"""What an emulator made of the template, beside the template."""

import collections
import json
import os

from botocore.exceptions import ClientError

from emulators import client


def templates_of(app, stage):
    found = {}
    for stack in ("data", "app"):
        with open(os.path.join(app, f"OS2aftale-{stage}-{stack}.template.json")) as file:
            found[f"OS2aftale-{stage}-{stack}"] = json.load(file)["Resources"]
    return found


def compare(running, assembly, stage, lacking, report):
    """Every resource of the unchanged template: is it there, and is it what the template says where one can ask?"""
    cloudformation = client(running, "cloudformation")
    physical = {}
    missing = collections.Counter()
    count = 0
    for stack, resources in templates_of(assembly, stage).items():
        pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
        made = {
            resource["LogicalResourceId"]: resource.get("PhysicalResourceId")
            for page in pages for resource in page["StackResourceSummaries"] if resource.get("LogicalResourceId")
        }
        for name, resource in resources.items():
            count += 1
            if made.get(name):
                physical[name] = made[name]
            else:
                missing[resource["Type"]] += 1
    report.ok(f"{len(physical)} of the template's {count} resources were made")
    for kind in sorted(set(missing) | lacking):
        if kind in missing:
            report.gap(kind, f"{missing[kind]} left out")
    everything = {name: r for resources in templates_of(assembly, stage).values() for name, r in resources.items()}
    for kind, same in COMPARED.items():
        names = [name for name, resource in everything.items() if resource["Type"] == kind and name in physical]
        differing = {}
        for name in names:
            try:
                difference = same(running, physical[name], everything[name]["Properties"])
            except ClientError as refused:
                difference = refused.response["Error"]["Code"]
            if difference:
                differing[name] = difference
        if differing:
            told = "; ".join(f"{name}: {difference}" for name, difference in sorted(differing.items())[:3])
            report.gap(f"{kind} differs", f"{len(differing)} of {len(names)}: {told}")
        elif names:
            report.ok(f"{len(names)} × {kind} as the template says")


def differing(pairs):
    return ", ".join(f"{what} {made!r} instead of {said!r}" for what, said, made in pairs if said != made)


def table_differs(running, name, properties):
    table = client(running, "dynamodb").describe_table(TableName=name)["Table"]
    indexes = lambda these: sorted((i["IndexName"], str(i["KeySchema"]), i["Projection"]["ProjectionType"]) for i in these)
    return differing([
        ("keys", properties["KeySchema"], table["KeySchema"]),
        ("indexes", indexes(properties.get("GlobalSecondaryIndexes", [])), indexes(table.get("GlobalSecondaryIndexes", []))),
    ])


def bucket_differs(running, name, properties):
    s3 = client(running, "s3")
    versions = s3.get_bucket_versioning(Bucket=name).get("Status")
    pairs = [("versions", properties["VersioningConfiguration"]["Status"], versions)]
    if "ObjectLockConfiguration" in properties:
        lock = s3.get_object_lock_configuration(Bucket=name)["ObjectLockConfiguration"]
        pairs.append(("lock", properties["ObjectLockConfiguration"], lock))
    return differing(pairs)


def function_differs(running, name, properties):
    made = client(running, "lambda").get_function_configuration(FunctionName=name)
    keys = ("Runtime", "Handler", "MemorySize", "Timeout")
    said = sorted(properties["Environment"]["Variables"])
    return differing([
        *((key, properties[key], made[key]) for key in keys),
        ("environment", said, sorted(made.get("Environment", {}).get("Variables", {}))),
    ])


def machine_differs(running, arn, properties):
    made = json.loads(client(running, "stepfunctions").describe_state_machine(stateMachineArn=arn)["definition"])
    parts = properties["DefinitionString"]["Fn::Join"][1]
    said = json.loads("".join(part if isinstance(part, str) else "-" for part in parts))
    return differing([("states", sorted(said["States"]), sorted(made["States"])), ("start", said["StartAt"], made["StartAt"])])


def rule_differs(running, name, properties):
    made = client(running, "events").describe_rule(Name=name.split("|")[-1].split("/")[-1])
    pattern = json.loads(made["EventPattern"])
    said = properties["EventPattern"]
    return differing([("source", said["source"], pattern["source"]), ("type", said["detail-type"], pattern["detail-type"])])


COMPARED = {
    "AWS::DynamoDB::Table": table_differs,
    "AWS::S3::Bucket": bucket_differs,
    "AWS::Lambda::Function": function_differs,
    "AWS::StepFunctions::StateMachine": machine_differs,
    "AWS::Events::Rule": rule_differs,
}
