import { DynamoDbSettings } from "../shared/adapters/aws/dynamodb/settings-source.ts";
import { SettingsWriter } from "../shared/adapters/aws/dynamodb/settings-writer.ts";
import type { SettingValue, TwoPeopleSetting } from "../shared/adapters/aws/dynamodb/stored-settings.ts";
import type { TableOptions } from "../shared/adapters/aws/dynamodb/table.ts";
import { TwoPeopleSettings } from "../shared/adapters/aws/dynamodb/two-people-settings.ts";
import type { EmailAddress } from "../shared/domain/organisation/email-address.ts";
import { defaultSender } from "../shared/domain/settings/default-sender.ts";

/** Who decides on a machine of one's own. Source: the contract, local control. */
export const localPeople = {
  secretaries: ["sekretaer1@os2.example", "sekretaer2@os2.example"] as [EmailAddress, EmailAddress],
  chair: "formand@os2.example" as EmailAddress,
};

/** Made up: a CVR, a GLN and an account that add up and belong to nobody. */
const localPayee = {
  sender: { ...defaultSender, cvr: "10000009", gln: "5790000000005" },
  account: { registrationNumber: "0000", accountNumber: "0000000000" },
  vat: { category: "S", percent: 25 },
} as const satisfies { [Name in TwoPeopleSetting]: SettingValue<Name> };

/**
 * Sets the local secretaries and chair, and has the two secretaries confirm who is paid, where nobody has set any yet;
 * a second start changes nothing.
 * @param now epoch ms; settings hold from then on
 */
export async function seedLocalSettings(table: TableOptions, now: number): Promise<void> {
  const writer = new SettingsWriter(table);
  const source = new DynamoDbSettings(table);
  const twoPeople = new TwoPeopleSettings(table);
  const by = { actor: "local-start", now };
  if (!(await source.setting("secretaries", now)))
    await writer.set("secretaries", localPeople.secretaries, by);
  if (!(await source.setting("chair", now))) await writer.set("chair", localPeople.chair, by);
  const [one, other] = localPeople.secretaries;
  for (const name of ["sender", "account", "vat"] as const) {
    if (await source.setting(name, now)) continue;
    await twoPeople.enter(name, localPayee[name], { by: one, now });
    await twoPeople.confirm(name, { by: other, now });
  }
}
