import { DynamoDbSettings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { SettingsWriter } from "../../shared/adapters/aws/dynamodb/settings-writer.ts";
import { membershipKinds } from "../../shared/domain/agreement/kind.ts";
import { isCalendarDate } from "../../shared/domain/calendar/calendar-date.ts";
import { decidedRate, oere, rateOn } from "../../shared/domain/dues/dues-rate.ts";
import { formatKroner, formatPercent } from "../../shared/words/formats.ts";
import { WrongUse } from "../stage/wrong-use.ts";
import type { Command } from "./command.ts";

/** Every row of the rates, oldest first. */
export const listRates: Command = async ({ table, now, print }) => {
  const { rates } = await new DynamoDbSettings(table).at(now);
  for (const rate of rates.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))) {
    const decided = rate.decision
      ? `decided ${rate.decision.decidedOn}, entered by ${rate.decision.enteredBy}${rate.decision.unchanged ? ", unchanged" : ""}`
      : "came with the product";
    print(
      `${rate.kind} from ${rate.validFrom}: ${formatKroner(rate.amountOere, "en")}, VAT ${rate.vatCategory} ${formatPercent(rate.vatPercent, "en")} (${decided})`,
    );
  }
  return { rates };
};

/** Records what a kind pays from a year on, or that it stays the same: each with the decision's date. */
export const setRate: Command = async ({ table, now, print, options, by }) => {
  const kind = membershipKinds.find((candidate) => candidate === options.kind);
  if (!kind) throw new WrongUse(`--kind must be one of ${membershipKinds.join(", ")}`);
  const year = yearOf(options.year);
  const { decided } = options;
  if (decided === undefined || !isCalendarDate(decided))
    throw new WrongUse("--decided must be the day of the decision, yyyy-mm-dd");
  if (options.unchanged === (options.oere !== undefined))
    throw new WrongUse("say --oere N, or --unchanged, and not both");
  const enteredBy = await by();
  const { rates } = await new DynamoDbSettings(table).at(now);
  if (decidedRate(rates, kind, year)) throw new WrongUse(`what ${kind}s pay in ${year} is recorded already`);
  const before = rateOn(rates, kind, `${year}-01-01`);
  const rate = {
    ...before,
    validFrom: `${year}-01-01`,
    amountOere: options.oere === undefined ? before.amountOere : oereOf(options.oere),
    decision: {
      decidedOn: decided,
      enteredBy,
      ...(options.unchanged && { unchanged: true as const }),
    },
  };
  await new SettingsWriter(table).addRate(rate, { actor: enteredBy, now });
  print(`${kind}s pay ${formatKroner(rate.amountOere, "en")} without VAT from ${rate.validFrom}`);
  return { rate };
};

function oereOf(text: string) {
  if (!/^[0-9]{1,12}$/.test(text)) throw new WrongUse("--oere must be a whole number of øre");
  return oere(Number(text));
}

export function yearOf(text: string | undefined): number {
  if (text === undefined || !/^20[0-9]{2}$/.test(text)) throw new WrongUse("say which year, as 2027");
  return Number(text);
}
