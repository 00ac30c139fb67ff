import { kindRules } from "../../shared/domain/agreement/kind.ts";
import { balances, invoiceState } from "../../shared/domain/ledger/balance.ts";
import { memberContact } from "../../shared/domain/membership/member-file.ts";
import { formatKroner } from "../../shared/words/formats.ts";
import type { Command } from "./command.ts";
import { everyMember } from "./every-member.ts";

/** Who there is, how they stand, and what is open. */
export const list: Command = async ({ table, print }) => {
  const files = await everyMember(table);
  for (const file of files) {
    const { memberNumber, organisation, standing } = file.member;
    const open = balances(file).reduce((sum, { openOere }) => sum + openOere, 0);
    print(
      `${memberNumber} ${organisation.name}, CVR ${organisation.cvr}: ${standing.status}${open === 0 ? "" : `, open ${formatKroner(open, "en")}`}`,
    );
    for (const balance of balances(file))
      print(`  invoice ${balance.invoice}: ${invoiceState(balance)}, due ${balance.dueOn}`);
  }
  return { members: files.length };
};

/** For the general assembly: everybody with a vote, one each. */
export const votes: Command = async ({ table, print }) => {
  const voting = (await everyMember(table))
    .filter(({ member }) => kindRules[member.kind].votes > 0 && member.standing.status === "current")
    .toSorted((a, b) => a.member.organisation.name.localeCompare(b.member.organisation.name, "da"));
  for (const file of voting) {
    const { memberNumber, organisation } = file.member;
    const { name, email } = memberContact(file);
    print(`${memberNumber};${organisation.name};${organisation.cvr};${name};${email}`);
  }
  return { votes: voting.length };
};
