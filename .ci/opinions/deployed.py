"""Deploys the unchanged app with the CDK's own CLI to an emulator, compares what came of it with the template, and
goes through as much of the journey as the emulator carries. Prints one line a finding:

  ok     what held
  gap    what the emulator lacks: known, and named in docs/second-opinions.md
  ERROR  anything else; then it ends with 1

usage: deployed.py EMULATOR --venv DIR --assembly DIR --stage STAGE
"""

import argparse
import atexit
import collections
import glob
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import boto3
from botocore.exceptions import ClientError

from journey import Journey

ACCOUNT = "123456789012"
REGION = "eu-north-1"
REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Emulator:
    """What is particular to one emulator; a gap is known by its name here, and told in docs/second-opinions.md."""

    def __init__(self, command, environment, ready, lacking, deploy_options, runs_functions, known_gaps):
        self.command = command
        self.environment = environment
        self.ready = ready
        # Finds the resource types it lacks, in what the CLI or the emulator itself said.
        self.lacking = lacking
        self.deploy_options = deploy_options
        self.runs_functions = runs_functions
        self.known_gaps = known_gaps


def types_refused(text):
    return {name for found in re.findall(r"Unrecognized resource types: \[([^\]]*)\]", text) for name in found.split(", ")}


def types_warned_of(text):
    return set(re.findall(r"No Moto CloudFormation support for (AWS::\w+::\w+)", text))


EMULATORS = {
    "ministack": Emulator(
        command=["ministack"],
        environment=lambda port, work: {
            "BIND_HOST": "127.0.0.1",
            # Every call is held against the policies of who makes it; without it nothing is.
            "AUTH": "true",
            "AWS_ACCESS_KEY_ID": ACCOUNT,
            "AWS_SECRET_ACCESS_KEY": "none",
            "GATEWAY_PORT": str(port),
            "MINISTACK_ACCOUNT_ID": ACCOUNT,
            "MINISTACK_REGION": REGION,
            "TMPDIR": work,
            "STATE_DIR": os.path.join(work, "state"),
        },
        ready="/_ministack/health",
        lacking=types_refused,
        deploy_options=[],
        runs_functions=True,
        known_gaps={
            "AWS::GuardDuty::MalwareProtectionPlan",
            # These hold nothing but the demand for TLS.
            "AWS::S3::BucketPolicy",
            "AWS::SQS::QueuePolicy",
            "AWS::SNS::TopicPolicy",
            "an upload's event has no version-id",
            "nothing scans an upload",
            "AWS::S3::Bucket differs",
        },
    ),
    "moto": Emulator(
        command=["moto_server", "-H", "127.0.0.1", "-p", "{port}"],
        environment=lambda port, work: {"TMPDIR": work},
        ready="/moto-api/",
        lacking=types_warned_of,
        # A change set of moto's forgets the exports of the stack it makes.
        deploy_options=["--method", "direct"],
        runs_functions=False,
        known_gaps={
            "AWS::S3::Bucket differs",
            "AWS::S3::BucketPolicy",
            "AWS::SQS::QueuePolicy",
            "AWS::Lambda::EventInvokeConfig",
            "AWS::Lambda::Permission",
            "AWS::Scheduler::Schedule",
            "AWS::GuardDuty::MalwareProtectionPlan",
            "AWS::SecretsManager::Secret",
            "AWS::SES::ConfigurationSet",
            "AWS::SES::ConfigurationSetEventDestination",
            "AWS::SES::EmailIdentity",
            "AWS::SNS::TopicPolicy",
            "AWS::ApiGatewayV2::Api",
            "AWS::ApiGatewayV2::Integration",
            "AWS::ApiGatewayV2::Route",
            "AWS::ApiGatewayV2::Stage",
            "AWS::CloudWatch::Alarm",
        },
    ),
}


class Report:
    def __init__(self, known_gaps):
        self.known_gaps = known_gaps
        self.errors = 0

    def ok(self, text):
        print(f"  ok     {text}", flush=True)

    def gap(self, name, text=""):
        if name in self.known_gaps:
            print(f"  gap    {name}{': ' if text else ''}{text}", flush=True)
        else:
            self.error(f"a gap that nobody has looked at: {name} {text}")

    def error(self, text):
        self.errors += 1
        print(f"  ERROR  {text}", flush=True)

    def check(self, holds, text, else_text=""):
        if holds:
            self.ok(text)
        else:
            self.error(f"not so: {text} {else_text}")


class Running:
    """One fresh emulator, with a group of its own so that its workers end with it."""

    def __init__(self, name, venv, work):
        self.emulator = EMULATORS[name]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        os.makedirs(work, exist_ok=True)
        self.log = os.path.join(work, "emulator.log")
        program, *arguments = [part.format(port=self.port) for part in self.emulator.command]
        environment = {**os.environ, **self.emulator.environment(self.port, work)}
        environment.pop("AWS_ENDPOINT_URL", None)
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [os.path.join(venv, "bin", program), *arguments],
                cwd=work, env=environment, stdout=log, stderr=log, start_new_session=True,
            )
        atexit.register(self.stop)
        self.await_ready()

    def await_ready(self):
        for _ in range(120):
            try:
                urllib.request.urlopen(self.url + self.emulator.ready, timeout=2).read()
                return
            except OSError:
                time.sleep(0.5)
        raise SystemExit(f"{self.emulator.command[0]} did not answer in a minute: {self.said()[-500:]}")

    def said(self):
        with open(self.log, errors="replace") as log:
            return log.read()

    def stop(self):
        """Safe to call twice; whatever of its group outlives the first signal gets the second."""
        for stop in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, stop)
                self.process.wait(10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                pass


# What MiniStack holds against "*", where AWS asks for the sender's identity and the state machine.
HELD_AGAINST_EVERYTHING = {"ses:SendRawEmail", "states:SendTaskSuccess"}


def without(assembly, types, out):
    """A copy of the assembly that lacks these types; what refers to one of them gets a name that leads nowhere."""
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(assembly, out)
    for path in glob.glob(os.path.join(out, "*.template.json")):
        with open(path) as file:
            template = json.load(file)
        resources = template["Resources"]
        for resource in resources.values():
            document = resource.get("Properties", {}).get("PolicyDocument", {})
            if "Statement" in document:
                document["Statement"] = [each for each in document["Statement"] if not demands_tls(each)]
                for statement in document["Statement"]:
                    if HELD_AGAINST_EVERYTHING & {*(statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]])}:
                        statement["Resource"] = "*"
        gone = {
            name for name, resource in resources.items()
            if resource["Type"] in types or resource.get("Properties", {}).get("PolicyDocument", {}).get("Statement") == []
        }
        # To AWS both are the secret's ARN; MiniStack takes the first for its name, and then no policy fits.
        secrets = {name for name, resource in resources.items() if resource["Type"] == "AWS::SecretsManager::Secret"} - gone

        def clean(value):
            if isinstance(value, list):
                return [clean(each) for each in value]
            if not isinstance(value, dict):
                return value
            if set(value) == {"Ref"} and value["Ref"] in secrets:
                return {"Fn::GetAtt": [value["Ref"], "Id"]}
            if set(value) == {"Ref"} and value["Ref"] in gone:
                return f"arn:aws:none:{REGION}:{ACCOUNT}:{value['Ref']}"
            if set(value) == {"Fn::GetAtt"} and value["Fn::GetAtt"][0] in gone:
                return f"arn:aws:none:{REGION}:{ACCOUNT}:{'.'.join(value['Fn::GetAtt'])}"
            return {name: clean(each) for name, each in value.items()}

        for name in gone:
            del resources[name]
        for resource in resources.values():
            if "DependsOn" in resource:
                resource["DependsOn"] = [name for name in resource["DependsOn"] if name not in gone]
        with open(path, "w") as file:
            json.dump(clean(template), file)
    for path in [os.path.join(out, "manifest.json"), *glob.glob(os.path.join(out, "*.assets.json"))]:
        with open(path) as file:
            manifest = json.load(file)
        with open(path, "w") as file:
            json.dump(as_whoever_calls(manifest), file)
    return out


def demands_tls(statement):
    """An emulator is spoken to without TLS, and one that knows the condition refuses everything."""
    conditions = [name for tested in statement.get("Condition", {}).values() for name in tested]
    return statement["Effect"] == "Deny" and bool({"aws:SecureTransport", "s3:TlsVersion"} & set(conditions))


def as_whoever_calls(manifest):
    """Without the bootstrap's roles: their policies ask for aws:ResourceAccount, which no emulator here knows."""
    if isinstance(manifest, list):
        return [as_whoever_calls(each) for each in manifest]
    if not isinstance(manifest, dict):
        return manifest
    roles = ("assumeRoleArn", "cloudFormationExecutionRoleArn", "lookupRole", "assumeRoleExternalId")
    return {name: as_whoever_calls(each) for name, each in manifest.items() if name not in roles}


def environment_for(running, work):
    return {
        **os.environ,
        "PATH": os.path.join(REPOSITORY, "node_modules", ".bin") + os.pathsep + os.environ["PATH"],
        "AWS_ACCESS_KEY_ID": ACCOUNT,
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": running.url,
        # moto knows a template's address by the word localhost.
        "AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION": running.url.replace("127.0.0.1", "localhost"),
        # The CLI keeps the account of every access key it has seen.
        "CDK_HOME": os.path.join(work, "cdk"),
        "CI": "1",
    }


def cdk(arguments, environment, timeout):
    try:
        done = subprocess.run(
            ["cdk", *arguments], cwd=REPOSITORY, env=environment, timeout=timeout,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        return done.returncode == 0, done.stdout
    except subprocess.TimeoutExpired:
        return False, f"cdk {arguments[0]} did not end in {timeout} s"


def deploy(name, venv, assembly, work, report):
    """Deploys, first everything, then without what the emulator says it lacks. Answers what runs, or None."""
    lacking = set()
    for attempt in range(4):
        app = without(assembly, lacking, os.path.join(work, f"app-{attempt}"))
        running = Running(name, venv, os.path.join(work, f"run-{attempt}"))
        environment = environment_for(running, running.log + ".d")
        went, said = cdk(["bootstrap", f"aws://{ACCOUNT}/{REGION}", "--app", app], environment, 120)
        if went:
            options = running.emulator.deploy_options
            arguments = ["--app", app, "--all", "--require-approval", "never", "--progress", "events", *options]
            went, said = cdk(["deploy", *arguments], environment, 240)
        # A warning of what it skipped while bootstrapping or deploying, or a refusal.
        found = running.emulator.lacking(said + running.said()) - lacking
        if went:
            lacking |= found
            return running, environment, lacking
        running.stop()
        if not found:
            report.error(f"cdk deploy: {said.strip()[-600:]}")
            return None
        lacking |= found
    report.error(f"cdk deploy still fails without {sorted(lacking)}")
    return None


def client(running, service):
    return boto3.client(
        service, endpoint_url=running.url, region_name=REGION, aws_access_key_id=ACCOUNT, aws_secret_access_key="none"
    )


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


def tell_what_went_wrong(running):
    """The errors in the functions' own logs, and where the workflow is."""
    machines = client(running, "stepfunctions")
    for machine in machines.list_state_machines()["stateMachines"]:
        for run in machines.list_executions(stateMachineArn=machine["stateMachineArn"])["executions"]:
            events = machines.get_execution_history(executionArn=run["executionArn"])["events"]
            states = [event["stateEnteredEventDetails"]["name"] for event in events if "stateEnteredEventDetails" in event]
            print(f"         the workflow, {run['status']}: {' → '.join(states)}")
            failures = [each for event in events for each in event.values() if isinstance(each, dict) and "error" in each]
            for failure in failures:
                print(f"         {failure['error']}: {failure.get('cause', '')[:400]}")
    logs = client(running, "logs")
    for page in logs.get_paginator("describe_log_groups").paginate():
        for group in page["logGroups"]:
            name = group["logGroupName"]
            for stream in logs.describe_log_streams(logGroupName=name)["logStreams"]:
                events = logs.get_log_events(logGroupName=name, logStreamName=stream["logStreamName"])["events"]
                for event in events:
                    if '"level":"ERROR"' in event["message"]:
                        print(f"         {name.rsplit('/', 1)[-1]}: {event['message'][:600]}")


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


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("emulator", choices=EMULATORS)
    for name in ("venv", "assembly", "stage"):
        arguments.add_argument(f"--{name}", required=True)
    asked = arguments.parse_args()
    # So that a time limit's signal ends the emulator too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(124))
    # Outside the repository: an emulator's own scripts would be taken for modules because of our package.json.
    work = tempfile.mkdtemp(prefix="second-opinion-")
    atexit.register(shutil.rmtree, work, ignore_errors=True)
    report = Report(EMULATORS[asked.emulator].known_gaps)
    deployed = deploy(asked.emulator, asked.venv, asked.assembly, work, report)
    if deployed:
        running, environment, lacking = deployed
        report.ok("cdk bootstrap and cdk deploy --all" + (f", without {len(lacking)} types" if lacking else ""))
        compare(running, asked.assembly, asked.stage, lacking, report)
        if running.emulator.runs_functions:
            Journey(running, lambda service: client(running, service), environment, asked.stage, report).run()
            if report.errors:
                tell_what_went_wrong(running)
    sys.exit(1 if report.errors else 0)


if __name__ == "__main__":
    main()
