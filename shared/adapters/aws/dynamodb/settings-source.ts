import { membershipKinds } from "../../../domain/agreement/kind.ts";
import { type DuesRate, knownRates } from "../../../domain/dues/dues-rate.ts";
import { type PayeeReadiness, payeeOf } from "../../../domain/settings/payee.ts";
import type { Settings } from "../../../domain/settings/settings.ts";
import type { SettingsSource } from "../../../ports/settings-source.ts";
import { inTable } from "../lambda/table-of.ts";
import { parseItem, rateItem } from "./items.ts";
import { keyOf } from "./keys.ts";
import { type SettingName, type SettingValue, settingItem, storedSettings } from "./stored-settings.ts";
import { Table, type TableOptions } from "./table.ts";

/** The operator has not said yet who decides: `npm run settings`, and `npm run doctor` says so. */
export class SettingIsMissing extends Error {
  override readonly name = "SettingIsMissing";
  constructor(setting: SettingName) {
    super(`the setting ${setting} has never been set: npm run settings -- --stage NAME set ${setting} …`);
  }
}

/** A setting is not what the code can read. */
export class SettingDoesNotParse extends Error {
  override readonly name = "SettingDoesNotParse";
}

/** Dated settings and rates from the register's table, over the defaults of the repository. */
export class DynamoDbSettings implements SettingsSource {
  private readonly table: Table;

  constructor(options: TableOptions) {
    this.table = new Table(options);
  }

  async at(now: number): Promise<Settings> {
    const [secretaries, chair, payee, deadlines, countersignature, firstInvoiceDueDays, rates] =
      await Promise.all([
        this.setting("secretaries", now),
        this.setting("chair", now),
        this.payeeParts(now),
        this.setting("deadlines", now),
        this.setting("countersignature", now),
        this.setting("first-invoice-due-days", now),
        this.rates(),
      ]);
    return {
      people: { secretaries: required("secretaries", secretaries), chair: required("chair", chair) },
      sender: payee.sender ?? storedSettings.sender.fallback,
      payee: payeeOf(payee),
      deadlines: deadlines ?? storedSettings.deadlines.fallback,
      countersignature: countersignature ?? storedSettings.countersignature.fallback,
      firstInvoiceDueDays: firstInvoiceDueDays ?? storedSettings["first-invoice-due-days"].fallback,
      rates,
    };
  }

  /** Whether money may be asked for; what one person has entered alone doesn't count. */
  async payee(now: number): Promise<PayeeReadiness> {
    return payeeOf(await this.payeeParts(now));
  }

  private async payeeParts(now: number) {
    const [sender, account, vat] = await Promise.all([
      this.setting("sender", now),
      this.setting("account", now),
      this.setting("vat", now),
    ]);
    return { sender, account, vat };
  }

  /** What was set, or confirmed, last before or at a moment; nothing where it never was. */
  async setting<Name extends SettingName>(name: Name, now: number): Promise<SettingValue<Name> | undefined> {
    const { pk, sk } = keyOf.setting(name, now);
    const [newest] = await this.table.partition(pk, { upTo: sk, newestFirst: 1 });
    if (!newest) return undefined;
    const parsed = storedSettings[name].schema.safeParse(parseItem(settingItem, newest).value);
    if (!parsed.success) throw new SettingDoesNotParse(`the setting ${name} doesn't parse`);
    return parsed.data as SettingValue<Name>;
  }

  /** The table's rows over the repository's: a row of the same kind and day replaces it. */
  private async rates(): Promise<DuesRate[]> {
    const partitions = await Promise.all(
      membershipKinds.map((kind) => this.table.partition(keyOf.rate(kind, "").pk)),
    );
    const rows = partitions.flat().map((item) => parseItem(rateItem, item));
    const replaced = (known: DuesRate) =>
      rows.some((row) => row.kind === known.kind && row.validFrom === known.validFrom);
    return [...knownRates.filter((known) => !replaced(known)), ...rows];
  }
}

/** Asked of what has been read, so that of two missing settings the same one is named every time. */
function required<Name extends SettingName>(
  name: Name,
  value: SettingValue<Name> | undefined,
): SettingValue<Name> {
  if (value === undefined) throw new SettingIsMissing(name);
  return value;
}

/** For a handler. */
export const settings = inTable((table) => new DynamoDbSettings(table));
