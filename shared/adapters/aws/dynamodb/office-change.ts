import type { AuditEntry, ChainHead } from "../../../domain/filing/audit-event.ts";
import { emptyChain } from "../../../domain/filing/audit-event.ts";
import { theOffice } from "../../../domain/owner.ts";
import { asRead, auditParts, BODY } from "./filed-parts.ts";
import { officeItem, parseItem } from "./items.ts";
import { keyOf } from "./keys.ts";
import { officePlan } from "./shelf-plans.ts";
import { absent, type Part, type Table } from "./table.ts";

/** Somebody else changed a setting at the same moment: look again before trying again. */
export class SettingsChangedMeanwhile extends Error {
  override readonly name = "SettingsChangedMeanwhile";
}

/** Where the office's trail stands; it begins with the first setting. */
export async function officeHead(table: Table): Promise<ChainHead> {
  const item = await table.get(keyOf.body(theOffice));
  return item ? parseItem(officeItem, item).head : emptyChain;
}

/** Writes a change of a setting in one transaction with its event on the office's own trail. @throws SettingsChangedMeanwhile */
export async function writeWithOffice(
  table: Table,
  changes: readonly Part[],
  entry: AuditEntry,
): Promise<void> {
  const read = await officeHead(table);
  const office = { id: theOffice.id };
  const { head, parts } = auditParts(theOffice, read, officePlan.statusOf(office), [entry]);
  const outcome = await table.write([
    ...changes,
    {
      label: BODY,
      put: { ...keyOf.body(theOffice), office, head },
      condition: read.sequence === 0 ? absent : asRead({ head: read }),
    },
    ...parts,
  ]);
  if (!outcome.written) throw new SettingsChangedMeanwhile([...outcome.refused.keys()].join(", "));
}
