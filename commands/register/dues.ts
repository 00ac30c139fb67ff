import { DynamoDbMembers } from "../../shared/adapters/aws/dynamodb/members.ts";
import { DynamoDbFounding } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { runPlan } from "../../shared/adapters/aws/dynamodb/shelf-plans.ts";
import { beginDuesRun } from "../../shared/casework/begin-dues-run.ts";
import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import {
  invoicesAreHandedOver,
  linesToHandOver,
} from "../../shared/domain/member-changes/invoices-are-handed-over.ts";
import { WrongUse } from "../stage/wrong-use.ts";
import type { Command } from "./command.ts";
import { yearOf } from "./rates.ts";

/** Has a year planned, or planned again: both secretaries get a link to the dry run. */
export const plan: Command = async ({ table, now, print, words }) => {
  const year = yearOf(words[0]);
  const runs = new DynamoDbFounding(runPlan, table);
  const outcome = await beginDuesRun(runs, year, { actor: "command", now, again: true });
  const told = {
    begun: `dues ${year}: a plan is being made; both secretaries get a mail`,
    "planned-again": `dues ${year}: planned again, of what is missing; both secretaries get a mail`,
    "under-way": `dues ${year}: a run is under way; answer its mail, or stop it, first`,
  };
  print(told[outcome]);
  return { year, outcome };
};

/** Says that e-invoices went to whoever carries them, all of a year's or some by number: contacts get their copies. */
export const handedOver: Command = async ({ table, now, print, words: [typed, ...numbers] }) => {
  const year = yearOf(typed);
  if (numbers.some((number) => !/^[0-9]+$/.test(number))) throw new WrongUse("invoices are named by number");
  const wanted = new Set(numbers.map(Number));
  const members = new DynamoDbMembers(table);
  const done: number[] = [];
  for (const { id } of await members.all()) {
    const isWanted = (line: { year: number; state: { invoiceNumber: number } }) =>
      line.year === year && (wanted.size === 0 || wanted.has(line.state.invoiceNumber));
    const file = await members.read(id);
    const lines = file ? linesToHandOver(file).filter(isWanted) : [];
    if (lines.length === 0) continue;
    const changed = await changeFileIfDue(members, id, (fresh) =>
      invoicesAreHandedOver(fresh, isWanted, "secretariat", now),
    );
    if (changed === "changed") done.push(...lines.map(({ state }) => state.invoiceNumber));
  }
  done.sort((a, b) => a - b);
  print(
    `${done.length} e-invoices of ${year} are handed over${done.length > 0 ? `: ${done.join(", ")}` : ""}`,
  );
  return { year, handedOver: done };
};
