import type { DuesRate } from "../../../domain/dues/dues-rate.ts";
import { findChainFault } from "../../../domain/filing/audit-chain.ts";
import type { AuditEvent } from "../../../domain/filing/audit-event.ts";
import { theOffice } from "../../../domain/owner.ts";
import type { Chance } from "../../../ports/clock.ts";
import { auditItem, parseItem, rateItem } from "./items.ts";
import { keyOf, prefixes } from "./keys.ts";
import { officeHead, writeWithOffice } from "./office-change.ts";
import { settingHash } from "./setting-hash.ts";
import { type OnePersonSetting, type SettingValue, storedSettings } from "./stored-settings.ts";
import { absent, Table, type TableOptions } from "./table.ts";

/** Who changed a setting, and when. */
export interface SettingChange {
  /** A code or a name of the operator's choosing; it stands in the audit trail for ever. */
  actor: string;
  now: number;
}

/** Changes dated settings: each change is a new item, in one transaction with its event on the office's own trail. */
export class SettingsWriter {
  private readonly table: Table;
  private readonly chance: Chance;

  constructor(options: TableOptions) {
    this.table = new Table(options);
    this.chance = options.chance;
  }

  /** What one person may decide alone. @throws z.core.$ZodError when the value isn't what the setting takes. */
  async set<Name extends OnePersonSetting>(
    name: Name,
    value: SettingValue<Name>,
    { actor, now }: SettingChange,
  ): Promise<void> {
    const parsed = storedSettings[name].schema.parse(value);
    const salt = Buffer.from(this.chance.bytes(16)).toString("hex");
    const valueHash = settingHash(salt, parsed);
    await writeWithOffice(
      this.table,
      [
        {
          label: "setting",
          put: { ...keyOf.setting(name, now), value: parsed, validFrom: now, salt },
          condition: absent,
        },
      ],
      { code: "SETTING_CHANGED", at: now, actor, details: { setting: name, valueHash } },
    );
  }

  /** Adds what a kind pays from a date on; a row that has been there is never changed. */
  async addRate(rate: DuesRate, { actor, now }: SettingChange): Promise<void> {
    const row = rateItem.parse(rate);
    await writeWithOffice(
      this.table,
      [{ label: "rate", put: { ...keyOf.rate(row.kind, row.validFrom), ...row }, condition: absent }],
      { code: "SETTING_CHANGED", at: now, actor, details: { setting: `rate-${row.kind}`, ...plain(row) } },
    );
  }

  /** Every change of a setting there has been, oldest first, and whether the trail is whole. */
  async audit(): Promise<{ events: AuditEvent[]; fault: ReturnType<typeof findChainFault> }> {
    const items = await this.table.partition(keyOf.body(theOffice).pk, { prefix: prefixes.audit });
    const events = items.map((item) => parseItem(auditItem, item));
    return { events, fault: findChainFault(await officeHead(this.table), events) };
  }
}

function plain(rate: DuesRate): Record<string, string | number> {
  const { validFrom, amountOere, vatCategory, vatPercent } = rate;
  return { validFrom, amountOere, vatCategory, vatPercent };
}
