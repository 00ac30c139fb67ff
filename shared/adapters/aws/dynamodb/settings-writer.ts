import { createHash } from "node:crypto";
import type { DuesRate } from "../../../domain/dues/dues-rate.ts";
import { findChainFault } from "../../../domain/filing/audit-chain.ts";
import { type AuditEntry, type AuditEvent, emptyChain } from "../../../domain/filing/audit-event.ts";
import { theOffice } from "../../../domain/owner.ts";
import type { Chance } from "../../../ports/clock.ts";
import { asRead, auditParts, BODY } from "./filed-parts.ts";
import { auditItem, officeItem, parseItem, rateItem } from "./items.ts";
import { keyOf, prefixes } from "./keys.ts";
import { officePlan } from "./shelf-plans.ts";
import { type SettingName, type SettingValue, storedSettings } from "./stored-settings.ts";
import { absent, type Part, Table, type TableOptions } from "./table.ts";

/** Who changed a setting, and when. */
export interface SettingChange {
  /** A code or a name of the operator's choosing; it stands in the audit trail for ever. */
  actor: string;
  now: number;
}

/** Somebody else changed a setting at the same moment: look again before trying again. */
export class SettingsChangedMeanwhile extends Error {
  override readonly name = "SettingsChangedMeanwhile";
}

/** Changes dated settings: each change is a new item, in one transaction with its event on the office's own trail. */
export class SettingsWriter {
  private readonly table: Table;
  private readonly chance: Chance;

  constructor(options: TableOptions) {
    this.table = new Table(options);
    this.chance = options.chance;
  }

  /** @throws z.ZodError when the value isn't what the setting takes. */
  async set<Name extends SettingName>(
    name: Name,
    value: SettingValue<Name>,
    { actor, now }: SettingChange,
  ): Promise<void> {
    const parsed = storedSettings[name].schema.parse(value);
    const salt = Buffer.from(this.chance.bytes(16)).toString("hex");
    const valueHash = createHash("sha256")
      .update(`${salt}\n${JSON.stringify(parsed)}`)
      .digest("hex");
    await this.write(
      {
        label: "setting",
        put: { ...keyOf.setting(name, now), value: parsed, validFrom: now, salt },
        condition: absent,
      },
      { code: "SETTING_CHANGED", at: now, actor, details: { setting: name, valueHash } },
    );
  }

  /** Adds what a kind pays from a date on; a row that has been there is never changed. */
  async addRate(rate: DuesRate, { actor, now }: SettingChange): Promise<void> {
    const row = rateItem.parse(rate);
    await this.write(
      { label: "rate", put: { ...keyOf.rate(row.kind, row.validFrom), ...row }, condition: absent },
      { code: "SETTING_CHANGED", at: now, actor, details: { setting: `rate-${row.kind}`, ...plain(row) } },
    );
  }

  /** Every change of a setting there has been, oldest first, and whether the trail is whole. */
  async audit(): Promise<{ events: AuditEvent[]; fault: ReturnType<typeof findChainFault> }> {
    const items = await this.table.partition(keyOf.body(theOffice).pk, { prefix: prefixes.audit });
    const events = items.map((item) => parseItem(auditItem, item));
    return { events, fault: findChainFault(await this.head(), events) };
  }

  private async write(change: Part, entry: AuditEntry): Promise<void> {
    const read = await this.head();
    const office = { id: theOffice.id };
    const { head, parts } = auditParts(theOffice, read, officePlan.statusOf(office), [entry]);
    const outcome = await this.table.write([
      change,
      {
        label: BODY,
        put: { ...keyOf.body(theOffice), office, head },
        condition: read.sequence === 0 ? absent : asRead({ head: read }),
      },
      ...parts,
    ]);
    if (!outcome.written) throw new SettingsChangedMeanwhile([...outcome.refused.keys()].join(", "));
  }

  private async head() {
    const item = await this.table.get(keyOf.body(theOffice));
    return item ? parseItem(officeItem, item).head : emptyChain;
  }
}

function plain(rate: DuesRate): Record<string, string | number> {
  const { validFrom, amountOere, vatCategory, vatPercent } = rate;
  return { validFrom, amountOere, vatCategory, vatPercent };
}
