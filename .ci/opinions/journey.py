"""From the form to the welcome mail over a deployed app, with nothing but HTTP, the emulator's mailbox and, where the
emulator has no event of its own to give, the event AWS would have sent."""

import http.client
import json
import os
import re
import subprocess
import time
import urllib.parse
import urllib.request
import uuid

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SECRETARIES = ["sekretaer1@os2.example", "sekretaer2@os2.example"]
CHAIR = "formand@os2.example"
APPLICANT = "bo@aarhus.example"


class Journey:
    def __init__(self, running, client, environment, stage, report):
        self.running = running
        self.client = client
        self.environment = environment
        self.stage = stage
        self.report = report
        self.without_a_pipe = False

    def run(self):
        for setting in (["secretaries", *SECRETARIES], ["chair", CHAIR]):
            done = subprocess.run(
                ["node", "commands/settings.ts", "--stage", self.stage, "set", *setting],
                cwd=REPOSITORY, env=self.environment, capture_output=True, text=True, timeout=60,
            )
            self.report.check(done.returncode == 0, f"npm run settings sets {setting[0]}", done.stderr[-300:])
        outputs = self.client("cloudformation").describe_stacks(StackName=f"OS2aftale-{self.stage}-app")["Stacks"][0]["Outputs"]
        base = next(output["OutputValue"] for output in outputs if output["OutputKey"] == "BaseUrl")
        self.pages(base)
        case = self.apply(base)
        if case is None or not self.confirm():
            return
        uploaded = self.upload(case)
        if uploaded is None:
            return
        self.scan(uploaded)
        for approver in (SECRETARIES[0], CHAIR):
            if not self.approve(approver):
                return
        self.welcomed(case)

    def request(self, method, url, body=None, headers=None):
        """By the emulator's port, whatever name the address has: nothing resolves those names here."""
        parts = urllib.parse.urlsplit(url)
        connection = http.client.HTTPConnection("127.0.0.1", self.running.port, timeout=60)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, body, {"Host": parts.netloc, **(headers or {})})
        response = connection.getresponse()
        return response.status, response.read()

    def pages(self, base):
        for path in ("/", "/agreements/new?kind=member", "/accessibility", "/privacy"):
            status, page = self.request("GET", base + path)
            assets = sorted(set(re.findall(r"/assets/[\w.-]+", page.decode())))
            statuses = {self.request("GET", base + asset)[0] for asset in assets}
            self.report.check(
                status == 200 and statuses == {200}, f"GET {path} answers 200, and so do its {len(assets)} assets",
                f"{status}, {statuses}",
            )
        status, _ = self.request("GET", base + "/no-such-page")
        self.report.check(status == 404, "any other address answers 404", str(status))

    def apply(self, base):
        application = {
            "kind": "member",
            "organisation": {"name": "Aarhus Kommune", "cvr": "55133018", "gln": "5790000423408"},
            "signer": {"name": "Anna Eksempel", "title": "Direktør", "hasAuthority": True},
            "contact": {"name": "Bo Prøve", "email": APPLICANT},
            "language": "da",
        }
        json_type = {"content-type": "application/json"}
        wrong = {**application, "organisation": {**application["organisation"], "cvr": "12345678"}}
        status, _ = self.request("POST", base + "/api/agreements", json.dumps(wrong), json_type)
        self.report.check(status == 400, "a CVR number that fails its check digit answers 400", str(status))
        status, answer = self.request("POST", base + "/api/agreements", json.dumps(application), json_type)
        self.report.check(status == 201, "POST /api/agreements answers 201", f"{status} {answer[:300]}")
        return json.loads(answer) if status == 201 else None

    def confirm(self):
        """As the contact does: nobody at OS2 hears of the case before."""
        link = self.eventually(self.confirmation, seconds=8)
        if not link:
            self.report.gap("no pipe leads to a queue", "the sweep is run instead")
            self.without_a_pipe = True
            link = self.eventually(self.confirmation, seconds=60)
        self.report.check(bool(link), "the contact's address is asked to confirm")
        if not link:
            return False
        status, _ = self.request("GET", link)
        self.report.check(status == 200, "the confirmation's page opens", str(status))
        status, _ = self.request("POST", link)
        self.report.check(status == 303, "the contact confirms", str(status))
        return status == 303

    def confirmation(self):
        for mail in reversed(self.mails(APPLICANT)):
            link = re.search(r"https?:\S+/confirmations/\S+", mail["BodyText"])
            if link:
                return link.group()
        return None

    def upload(self, case):
        status, agreement = self.request("GET", case["statusUrl"] + "/agreement.pdf")
        self.report.check(status == 200 and agreement.startswith(b"%PDF"), "the prefilled agreement is printed", str(status))
        fields = case["upload"]["fields"]
        boundary = uuid.uuid4().hex
        form = b"".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        )
        form += (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="aftale.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        ).encode() + agreement + f"\r\n--{boundary}--\r\n".encode()
        status, answer = self.request(
            "POST", case["upload"]["url"], form, {"content-type": f"multipart/form-data; boundary={boundary}"}
        )
        self.report.check(status == 201, "S3 takes the upload by its policy", f"{status} {answer[:300]}")
        if status != 201:
            return None
        head = self.client("s3").head_object(Bucket=fields["bucket"], Key=fields["key"])
        uploaded = {
            "bucket": fields["bucket"], "key": fields["key"], "version": head["VersionId"],
            "etag": head["ETag"].strip('"'), "size": head["ContentLength"],
        }
        if self.eventually(lambda: self.executions(), seconds=8):
            self.report.ok("the upload's event starts the workflow")
            return uploaded
        self.report.gap("an upload's event has no version-id", "delivered as AWS words it")
        self.deliver("aws.s3", "Object Created", {
            "version": "0", "bucket": {"name": uploaded["bucket"]}, "reason": "PostObject",
            "object": {
                "key": uploaded["key"], "size": uploaded["size"], "etag": uploaded["etag"],
                "version-id": uploaded["version"], "sequencer": "0",
            },
        })
        started = self.eventually(lambda: self.executions(), seconds=20)
        self.report.check(started, "the workflow starts")
        return uploaded if started else None

    def scan(self, uploaded):
        self.report.gap("nothing scans an upload", "tagged and told as GuardDuty does")
        # The tag first: a verdict told before the upload is registered is read from it.
        self.client("s3").put_object_tagging(
            Bucket=uploaded["bucket"], Key=uploaded["key"], VersionId=uploaded["version"],
            Tagging={"TagSet": [{"Key": "GuardDutyMalwareScanStatus", "Value": "NO_THREATS_FOUND"}]},
        )
        self.deliver("aws.guardduty", "GuardDuty Malware Protection Object Scan Result", {
            "schemaVersion": "1.0", "scanStatus": "COMPLETED", "resourceType": "S3_OBJECT",
            "s3ObjectDetails": {
                "bucketName": uploaded["bucket"], "objectKey": uploaded["key"], "eTag": uploaded["etag"],
                "versionId": uploaded["version"], "s3Throttled": False,
            },
            "scanResultDetails": {"scanResultStatus": "NO_THREATS_FOUND", "threats": None},
        })

    def deliver(self, source, kind, detail):
        """To the targets of the rules that the template has for it. Nobody but AWS may put an event of such a source."""
        event = {
            "version": "0", "id": str(uuid.uuid4()), "source": source, "detail-type": kind, "account": "123456789012",
            "region": "eu-north-1", "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "resources": [], "detail": detail,
        }
        events = self.client("events")
        reached = 0
        for rule in events.list_rules()["Rules"]:
            pattern = json.loads(rule.get("EventPattern") or "{}")
            if source not in pattern.get("source", []) or kind not in pattern.get("detail-type", []):
                continue
            for target in events.list_targets_by_rule(Rule=rule["Name"])["Targets"]:
                answer = self.client("lambda").invoke(FunctionName=target["Arn"], Payload=json.dumps(event))
                said = answer["Payload"].read()
                reached += 1
                self.report.check("FunctionError" not in answer, f"the rule's function takes {kind!r}", said[:300].decode())
        self.report.check(reached > 0, f"a rule listens for {kind!r}")

    def approve(self, approver):
        ask = self.eventually(lambda: self.ask_of(approver), seconds=40)
        self.report.check(bool(ask), f"{approver} is asked by mail")
        if not ask:
            return False
        link, code = ask
        status, page = self.request("GET", link)
        self.report.check(status == 200 and b"caseCode" in page, "the decision's page opens", str(status))
        form_type = {"content-type": "application/x-www-form-urlencoded"}
        decide = lambda given: self.request(
            "POST", link, urllib.parse.urlencode({"decision": "approve", "reason": "", "caseCode": given}), form_type
        )[0]
        wrong = decide(f"{(int(code) + 1) % 10000:04}")
        self.report.check(wrong in (403, 422), "a wrong case code is refused", str(wrong))
        status = decide(code)
        self.report.check(status == 303, f"{approver} approves", str(status))
        return status == 303

    def welcomed(self, case):
        welcome = lambda: [mail for mail in self.mails(APPLICANT) if mail["Subject"].startswith("Velkommen")]
        self.report.check(bool(self.eventually(welcome, seconds=60)), "the applicant is welcomed by mail")
        ended = self.eventually(lambda: {run["status"] for run in self.executions()} == {"SUCCEEDED"}, seconds=20)
        self.report.check(bool(ended), "the workflow succeeded", str([run["status"] for run in self.executions()]))
        status, answer = self.request("GET", case["statusUrl"], headers={"accept": "application/json"})
        self.report.check(status == 200, f"the status page says: {json.loads(answer).get('status') if status == 200 else status}")

    def ask_of(self, address):
        for mail in reversed(self.mails(address)):
            link = re.search(r"https?:\S+/decisions/\S+", mail["BodyText"])
            code = re.search(r"^Sagskode: (\d{4})", mail["BodyText"], re.M)
            if link and code:
                return link.group(), code.group(1)
        return None

    def mails(self, address):
        with urllib.request.urlopen(self.running.url + "/_ministack/ses/messages", timeout=10) as answer:
            everything = json.loads(answer.read())["messages"]
        return [mail for mails in everything.values() for mail in mails if address in mail["To"]]

    def executions(self):
        machines = self.client("stepfunctions")
        return [
            run for machine in machines.list_state_machines()["stateMachines"]
            for run in machines.list_executions(stateMachineArn=machine["stateMachineArn"])["executions"]
        ]

    def eventually(self, question, seconds):
        """Asks until there is an answer. Where no pipe tells of errands, the sweep is run meanwhile, as it is every six hours."""
        deadline = time.monotonic() + seconds
        while True:
            answer = question()
            if answer or time.monotonic() > deadline:
                return answer
            if self.without_a_pipe:
                self.sweep()
            time.sleep(0.5)

    def sweep(self):
        answer = self.client("lambda").invoke(FunctionName=self.named("sweep-open-work"), Payload="{}")
        said = answer["Payload"].read()
        if "FunctionError" in answer:
            self.report.check(False, "the sweep runs", said[:300].decode())
        time.sleep(2)

    def named(self, label):
        """A function by the folder it is of, which its description names."""
        for page in self.client("lambda").get_paginator("list_functions").paginate():
            for function in page["Functions"]:
                if function.get("Description") == label:
                    return function["FunctionName"]
        raise LookupError(label)
