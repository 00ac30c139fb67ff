"""The emulators by others, what is particular to each, and one of them running."""

import atexit
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request

import boto3

ACCOUNT = "123456789012"
REGION = "eu-north-1"


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
    unknown = {name for found in re.findall(r"Unrecognized resource types: \[([^\]]*)\]", text) for name in found.split(", ")}
    # A type that it makes, but not as the template has it.
    return unknown | set(re.findall(r"(AWS::\w+::\w+) Properties\.\w+ \([^)]*\) is not supported", text))


# Left out together at its first refusal: it tells of one at a time, and each round takes it half a minute.
MOTO_LACKS = {
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::Stage",
    "AWS::CloudWatch::Alarm",
    "AWS::GuardDuty::MalwareProtectionPlan",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::Permission",
    "AWS::Logs::MetricFilter",
    "AWS::Pipes::Pipe",
    "AWS::S3::BucketPolicy",
    "AWS::SES::ConfigurationSet",
    "AWS::SES::ConfigurationSetEventDestination",
    "AWS::SES::EmailIdentity",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::Scheduler::Schedule",
    "AWS::SecretsManager::Secret",
}


def types_warned_of(text):
    warned = set(re.findall(r"No Moto CloudFormation support for (AWS::\w+::\w+)", text))
    return warned | MOTO_LACKS if warned else warned


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
            # It makes those on one metric, and ours are on sums of several.
            "AWS::CloudWatch::Alarm",
            # These hold nothing but the demand for TLS.
            "AWS::S3::BucketPolicy",
            "AWS::SQS::QueuePolicy",
            "AWS::SNS::TopicPolicy",
            "an upload's event has no version-id",
            # Of a pipe's targets it runs SNS alone.
            "no pipe leads to a queue",
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
        known_gaps={*MOTO_LACKS, "AWS::S3::Bucket differs"},
    ),
}


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


def client(running, service):
    return boto3.client(
        service, endpoint_url=running.url, region_name=REGION, aws_access_key_id=ACCOUNT, aws_secret_access_key="none"
    )
