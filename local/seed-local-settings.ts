import type { DynamoDbSettings } from "../shared/adapters/aws/dynamodb/settings-source.ts";
import type { SettingsWriter } from "../shared/adapters/aws/dynamodb/settings-writer.ts";
import { storedSettings } from "../shared/adapters/aws/dynamodb/stored-settings.ts";
import type { EmailAddress } from "../shared/domain/organisation/email-address.ts";

/** Who decides on a machine of one's own. Source: the contract, local control. */
export const localPeople = {
  secretaries: ["sekretaer1@os2.example", "sekretaer2@os2.example"] as EmailAddress[],
  chair: "formand@os2.example" as EmailAddress,
};

/** A bank and an account that don't exist. */
const LOCAL_BANK_ACCOUNT = "0000 0000000000";

/**
 * Sets the local secretaries, chair and account where nobody has set any yet; a second start changes nothing.
 * @param now epoch ms; settings hold from then on
 */
export async function seedLocalSettings(
  writer: SettingsWriter,
  source: DynamoDbSettings,
  now: number,
): Promise<void> {
  const by = { actor: "local-start", now };
  if (!(await source.setting("secretaries", now)))
    await writer.set("secretaries", localPeople.secretaries, by);
  if (!(await source.setting("chair", now))) await writer.set("chair", localPeople.chair, by);
  if (!(await source.setting("sender", now)))
    await writer.set("sender", { ...storedSettings.sender.fallback, bankAccount: LOCAL_BANK_ACCOUNT }, by);
}
