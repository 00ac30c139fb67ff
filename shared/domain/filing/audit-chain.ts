import { createHash } from "node:crypto";
import type { AuditEntry, AuditEvent, ChainHead } from "./audit-event.ts";

/** SHA-256 over the event's fields in a fixed order; details by sorted key, so that storage can't reorder it. */
function hashOf(event: Omit<AuditEvent, "hash">): string {
  const details = Object.entries(event.details).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([
    event.sequence,
    event.previousHash,
    event.status,
    event.code,
    event.at,
    event.actor,
    details,
  ]);
  return createHash("sha256").update(text).digest("hex");
}

/** Appends entries to a chain, each linked to the one before by its hash. */
export function appendToChain(
  head: ChainHead,
  status: AuditEvent["status"],
  entries: readonly AuditEntry[],
): { head: ChainHead; events: AuditEvent[] } {
  const events: AuditEvent[] = [];
  let at = head;
  for (const entry of entries) {
    const linked = { ...entry, status, sequence: at.sequence + 1, previousHash: at.hash };
    const event = { ...linked, hash: hashOf(linked) };
    events.push(event);
    at = { sequence: event.sequence, hash: event.hash };
  }
  return { head: at, events };
}

export type ChainFault = { sequence: number; fault: "GAP" | "BROKEN_LINK" | "ALTERED" | "MISSING_TAIL" };

/** Checks a whole trail against its head; the first fault found, or nothing. */
export function findChainFault(head: ChainHead, events: readonly AuditEvent[]): ChainFault | undefined {
  let previous: ChainHead = { sequence: 0, hash: "" };
  for (const event of events) {
    if (event.sequence !== previous.sequence + 1) return { sequence: event.sequence, fault: "GAP" };
    if (event.previousHash !== previous.hash) return { sequence: event.sequence, fault: "BROKEN_LINK" };
    if (hashOf(event) !== event.hash) return { sequence: event.sequence, fault: "ALTERED" };
    previous = { sequence: event.sequence, hash: event.hash };
  }
  const complete = previous.sequence === head.sequence && previous.hash === head.hash;
  return complete ? undefined : { sequence: previous.sequence + 1, fault: "MISSING_TAIL" };
}
