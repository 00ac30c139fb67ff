"""A copy of the cloud assembly that an emulator can take: docs/second-opinions.md says what is changed, and why."""

import glob
import json
import os
import shutil

from emulators import ACCOUNT, REGION

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
        for name, resource in resources.items():
            if resource.get("Properties", {}).get("FifoQueue"):
                # AWS ends a name that it makes up for such a queue with .fifo; moto makes one up without, and refuses it.
                resource["Properties"].setdefault("QueueName", f"{name}.fifo")
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
