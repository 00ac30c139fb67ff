"""pyHanko as a second judge of whether signed files still are what was signed. Trust is left aside on both sides.

Every disagreement must stand in docs/second-judges.md, and nothing else may; ends with 1 where that isn't so.

usage: signatures.py CORPUS OURS.jsonl TABLE.md
"""

import asyncio
import json
import logging
import os
import re
import signal
import sys
import warnings

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

SECONDS_A_FILE = 30
# What we find about whom to trust and how strong the cryptography is; every other finding is about integrity.
# An algorithm that we can't check is no integrity either.
ABOUT_TRUST = re.compile(r"^(CERTIFICATE_|TIME_STAMP_|ALGORITHM_WEAK|KEY_|UNPROVEN_|REVOCATION_)")


class TookTooLong(Exception):
    pass


def took_too_long(*_):
    raise TookTooLong


async def statuses(path):
    with open(path, "rb") as file:
        reader = PdfFileReader(file, strict=False)
        if reader.encrypted:
            reader.decrypt(b"")
        return [await status(signature) for signature in reader.embedded_signatures]


async def status(signature):
    context = ValidationContext(allow_fetching=False, trust_roots=[])
    try:
        if signature.sig_object.get("/Type") == "/DocTimeStamp":
            said = await async_validate_pdf_timestamp(signature, context)
        else:
            said = await async_validate_pdf_signature(signature, signer_validation_context=context)
    except TookTooLong:
        raise
    except Exception as error:  # Whatever it stumbles over, it doesn't vouch for the signature.
        return f"{type(error).__name__} {error}"[:80]
    if not said.intact or not said.valid:
        return "the digest or the signature doesn't match"
    if said.docmdp_ok is False or said.modification_level == ModificationLevel.OTHER:
        return "changed afterwards"
    return "intact"


def theirs(path):
    """intact, broken or none, and why. A file that can't be read has no signature that it vouches for."""
    signal.alarm(SECONDS_A_FILE)
    try:
        found = asyncio.run(statuses(path))
    except TookTooLong:
        return "none", f"not read in {SECONDS_A_FILE} s"
    except Exception as error:
        return "none", f"not read: {type(error).__name__} {error}"[:80]
    finally:
        signal.alarm(0)
    broken = [why for why in found if why != "intact"]
    return ("none" if not found else "broken" if broken else "intact"), "; ".join(broken)


def ours(judgement):
    signatures = judgement["signatures"]
    codes = sorted(
        finding["code"]
        for finding in (finding for signature in signatures for finding in signature["findings"])
        if finding["severity"] != "info" and not ABOUT_TRUST.match(finding["code"])
    )
    if not signatures:
        return "none", ", ".join(finding["code"] for finding in judgement["findings"] if finding["severity"] != "info")
    return ("broken" if codes else "intact"), ", ".join(dict.fromkeys(codes))


def main():
    corpus, judged, table = sys.argv[1:]
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, took_too_long)
    with open(judged) as file:
        judgements = {line["file"]: line for line in map(json.loads, file)}
    with open(os.path.join(corpus, "manifest.tsv"), encoding="utf8") as manifest:
        names = [row.split("\t")[0] for row in manifest.read().splitlines()[1:]]
    with open(table, encoding="utf8") as file:
        explained = set(re.findall(r"^\| `([^`]+)` \|", file.read(), re.M))
    disagreements = {}
    agreed = {"intact": 0, "broken": 0, "none": 0}
    for name in names:
        path = os.path.join(corpus, "pdf", name)
        (we, our_reason), (they, their_reason) = ours(judgements[path]), theirs(path)
        if we == they:
            agreed[we] += 1
        else:
            disagreements[name] = f"we: {we} {our_reason}; pyHanko: {they} {their_reason}"
    print(f"  ok     {sum(agreed.values())} of {len(names)} files: {agreed}")
    for name, why in disagreements.items():
        print(f"  {'known' if name in explained else 'ERROR'}  {name}: {why}")
    for name in sorted(explained - set(disagreements)):
        print(f"  ERROR  {name} is explained, and no longer disputed")
    sys.exit(1 if set(disagreements) != explained else 0)


main()
