import type { Candidate, Outcome, Part, ProposalReason } from "./matching.ts";

export function part(invoice: Candidate, amountOere: number, posting: Part["posting"] = "payment"): Part {
  return { ...candidate(invoice), amountOere, posting };
}

function candidate({ memberId, memberNumber, invoice }: Candidate): Candidate {
  return { memberId, memberNumber, invoice };
}

export function proposal(
  reason: ProposalReason,
  parts: readonly Part[],
  candidates: readonly Candidate[] = parts,
): Outcome {
  return { kind: "proposal", reason, parts, candidates: candidates.map(candidate) };
}
