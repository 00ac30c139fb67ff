"""Deploys the unchanged app with the CDK's own CLI to an emulator, compares what came of it with the template, and
goes through as much of the journey as the emulator carries. Prints one line a finding:

  ok     what held
  gap    what the emulator lacks: known, and named in docs/second-opinions.md
  ERROR  anything else; then it ends with 1

usage: deployed.py EMULATOR --venv DIR --assembly DIR --stage STAGE
"""

import argparse
import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile

from assembly_copy import without
from comparison import compare
from emulators import ACCOUNT, EMULATORS, REGION, Running, client
from journey import Journey

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


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
