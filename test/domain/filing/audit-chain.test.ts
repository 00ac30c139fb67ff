import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appendToChain, findChainFault } from "../../../shared/domain/filing/audit-chain.ts";
import {
  type AuditEntry,
  type AuditEvent,
  auditCodes,
  emptyChain,
} from "../../../shared/domain/filing/audit-event.ts";

const entries: fc.Arbitrary<AuditEntry> = fc.record({
  code: fc.constantFrom(...auditCodes),
  at: fc.nat(),
  actor: fc.string(),
  details: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())),
});
const trails = fc
  .array(entries, { minLength: 1, maxLength: 12 })
  .map((listed) => appendToChain(emptyChain, "under-review", listed));
const runs = { seed: 3, numRuns: 300 };

describe("The trail of a case", () => {
  it("is whole as it was written, in one piece or in several", () => {
    fc.assert(
      fc.property(
        fc.array(entries, { maxLength: 8 }),
        fc.array(entries, { maxLength: 8 }),
        (first, second) => {
          const begun = appendToChain(emptyChain, "awaiting-upload", first);
          const ended = appendToChain(begun.head, "awaiting-upload", second);
          const events = [...begun.events, ...ended.events];
          expect(findChainFault(ended.head, events)).toBeUndefined();
          expect(appendToChain(emptyChain, "awaiting-upload", [...first, ...second]).head).toEqual(
            ended.head,
          );
        },
      ),
      runs,
    );
  });

  it("is whole after the store has put the details in another order", () => {
    fc.assert(
      fc.property(trails, ({ head, events }) => {
        const reordered = events.map((event) => ({
          ...event,
          details: Object.fromEntries(Object.entries(event.details).toReversed()),
        }));
        expect(findChainFault(head, reordered)).toBeUndefined();
      }),
      runs,
    );
  });

  it("shows an event that was taken out, wherever it was", () => {
    fc.assert(
      fc.property(trails, fc.nat(), ({ head, events }, chosen) => {
        expect(findChainFault(head, events.toSpliced(chosen % events.length, 1))).toBeDefined();
      }),
      runs,
    );
  });

  it("shows a tail that was cut off", () => {
    const { head, events } = appendToChain(emptyChain, "approved", [
      { code: "APPROVED", at: 1, actor: "system", details: {} },
      { code: "ADMITTED", at: 2, actor: "system", details: {} },
    ]);
    expect(findChainFault(head, events.slice(0, 1))).toEqual({ sequence: 2, fault: "MISSING_TAIL" });
    expect(findChainFault(head, [])).toEqual({ sequence: 1, fault: "MISSING_TAIL" });
  });

  const changes: { what: string; change: (event: AuditEvent) => AuditEvent; fault: string }[] = [
    { what: "another actor", change: (event) => ({ ...event, actor: `${event.actor}!` }), fault: "ALTERED" },
    { what: "another time", change: (event) => ({ ...event, at: event.at + 1 }), fault: "ALTERED" },
    { what: "another code", change: (event) => ({ ...event, code: other(event.code) }), fault: "ALTERED" },
    { what: "another status", change: (event) => ({ ...event, status: "declined" }), fault: "ALTERED" },
    {
      what: "one more detail",
      change: (event) => ({ ...event, details: { ...event.details, extra: 1 } }),
      fault: "ALTERED",
    },
    { what: "another hash", change: (event) => ({ ...event, hash: "0".repeat(64) }), fault: "ALTERED" },
    {
      what: "another link",
      change: (event) => ({ ...event, previousHash: "0".repeat(64) }),
      fault: "BROKEN_LINK",
    },
    { what: "another place", change: (event) => ({ ...event, sequence: event.sequence + 1 }), fault: "GAP" },
  ];
  it.each(changes)("shows $what as $fault", ({ change, fault }) => {
    fc.assert(
      fc.property(trails, fc.nat(), ({ head, events }, chosen) => {
        const position = chosen % events.length;
        const altered = events.map((event, at) => (at === position ? change(event) : event));
        expect(findChainFault(head, altered)).toEqual({ sequence: altered[position]?.sequence, fault });
      }),
      runs,
    );
  });

  it("shows a trail written anew from one event on: the case knows where its own stands", () => {
    const honest = appendToChain(emptyChain, "approved", [
      { code: "DECLINED", at: 1, actor: "a", details: {} },
    ]);
    const forged = appendToChain(emptyChain, "approved", [
      { code: "APPROVED", at: 1, actor: "a", details: {} },
    ]);
    expect(findChainFault(honest.head, forged.events)).toEqual({ sequence: 2, fault: "MISSING_TAIL" });
  });
});

function other(code: AuditEvent["code"]): AuditEvent["code"] {
  return code === "APPROVED" ? "DECLINED" : "APPROVED";
}
