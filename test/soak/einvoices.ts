import { peppolBis } from "../../shared/domain/invoicing/peppol-bis.ts";
import { kinds } from "../einvoice/kinds.ts";
import { en16931, type PublicRules, peppol, peppolIsHere } from "../einvoice/public-rules.ts";
import type { Proof } from "./proof.ts";

const documents = Object.entries(kinds);

const sets = new Map<string, PublicRules>();

function ruleSetsHere(): ReadonlyMap<string, PublicRules> {
  if (sets.size === 0) {
    sets.set("EN 16931", en16931());
    // Its file may not lie in the repository: test/einvoice/rules/README.md.
    if (peppolIsHere) sets.set("Peppol", peppol());
  }
  return sets;
}

/** Every kind of invoice and credit note against the public rule sets, seconds each: no error and no warning. */
export const einvoices: Proof = {
  name: "e-invoices",
  cases: documents.length,
  casesPerBatch: 1,
  runBatch: async ({ index }) => {
    const [name = "", document] = documents[index] ?? [];
    if (document === undefined) return { counts: {}, failures: [`there is no kind ${index}`] };
    const counts = { "judged by EN 16931": 0, "judged by Peppol": 0 };
    const failures: string[] = [];
    const xml = peppolBis(document);
    for (const [set, rules] of ruleSetsHere()) {
      counts[set === "Peppol" ? "judged by Peppol" : "judged by EN 16931"]++;
      failures.push(...rules(xml).map((broken) => `${name}: ${set} ${broken}`));
    }
    return { counts, failures };
  },
};
