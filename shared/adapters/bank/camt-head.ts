import { isCalendarDate } from "../../domain/calendar/calendar-date.ts";
import { addDays, copenhagenDate } from "../../domain/calendar/copenhagen-date.ts";
import { fault, type Read, value } from "../../domain/payments/bank-file-fault.ts";
import { accountKey, type BankRow } from "../../domain/payments/bank-row.ts";
import { at, children, textAt, textAtOneOf, type XmlNode } from "./xml-tree.ts";

/** Ten digits of kroner: what is beyond is no association's, and sums stay whole numbers. */
const amount = /^(?:0*)([0-9]{1,10})(?:\.([0-9]+))?$/;

/** An amount as ISO 20022 writes it, in whole øre: a point, never a comma; more than two decimals only as zeros. */
export function readOere(text: string | undefined, row: number, column: string): Read<number> {
  const found = text === undefined ? {} : { found: text };
  const [, kroner, decimals = ""] = amount.exec(text ?? "") ?? [];
  if (kroner === undefined) return fault({ row, column, code: "AMOUNT_FORMAT", ...found });
  if (/[1-9]/.test(decimals.slice(2))) return fault({ row, column, code: "AMOUNT_DECIMALS", ...found });
  return value(Number(kroner) * 100 + Number(decimals.slice(0, 2).padEnd(2, "0")));
}

const directions: Readonly<Record<string, 1 | -1>> = { CRDT: 1, DBIT: -1 };

/** Which way an amount moves the account: ISO 20022 amounts have no sign. */
export function readSign(node: XmlNode, row: number, column: string): Read<1 | -1> {
  const text = textAt(node, "CdtDbtInd");
  const sign = text !== undefined && Object.hasOwn(directions, text) ? directions[text] : undefined;
  if (sign) return value(sign);
  return fault({ row, column, code: "DIRECTION_MISSING", ...(text ? { found: text } : {}) });
}

/** The Copenhagen day of a date, or of a moment with or without its zone. */
export function dayOf(node: XmlNode, ...path: string[]): string | undefined {
  const day = textAt(node, ...path, "Dt");
  return day === undefined ? dayOfMoment(textAt(node, ...path, "DtTm"), 0) : validDay(day);
}

/** @param shiftMs to the last moment before, where a period ends at it */
function dayOfMoment(text: string | undefined, shiftMs: number): string | undefined {
  if (text === undefined) return undefined;
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}/.test(text)) return validDay(text);
  const hasZone = /(?:Z|[+-][0-9]{2}:?[0-9]{2})$/.test(text);
  const time = Date.parse(hasZone ? text : `${text}Z`);
  if (Number.isNaN(time)) return undefined;
  return hasZone ? copenhagenDate(time + shiftMs) : new Date(time + shiftMs).toISOString().slice(0, 10);
}

/** Some banks put a zone behind a date. */
function validDay(text: string): string | undefined {
  const day = text.slice(0, 10);
  return isCalendarDate(day) ? day : undefined;
}

export function accountOf(statement: XmlNode): Read<string> {
  const id = at(statement, "Acct", "Id");
  const text = textAtOneOf(id, [["IBAN"], ["Othr", "Id"]]);
  return text === undefined
    ? fault({ row: 0, column: "Acct/Id", code: "ACCOUNT_MISSING" })
    : value(accountKey(text));
}

/** A statement that goes on from another's opens with what that closed with. */
const balanceCodes = { opening: ["OPBD", "PRCD"], closing: ["CLBD"] } as const;

export function balanceOf(statement: XmlNode, which: keyof typeof balanceCodes): Read<number> {
  const balance = balanceAt(statement, which);
  const column = `Bal ${balanceCodes[which][0]}`;
  if (balance === undefined) return fault({ row: 0, column, code: "BALANCE_MISSING" });
  const sign = readSign(balance, 0, column);
  if (sign.kind === "fault") return sign;
  const oere = readOere(textAt(balance, "Amt"), 0, column);
  return oere.kind === "fault" ? oere : value(sign.value * oere.value);
}

function balanceAt(statement: XmlNode, which: keyof typeof balanceCodes): XmlNode {
  const balances = children(statement, "Bal");
  return balanceCodes[which]
    .map((code) => balances.find((balance) => textAt(balance, "Tp", "CdOrPrtry", "Cd") === code))
    .find((balance) => balance !== undefined);
}

/** The currency that the account is kept in; where nothing says so, its balance does. */
export function currencyOf(statement: XmlNode): string | undefined {
  return textAtOneOf(statement, [
    ["Acct", "Ccy"],
    ["Bal", "Amt", "@Ccy"],
  ]);
}

/**
 * The days that a statement covers: as it says, else from its opening balance or first row to its closing balance.
 * A period that ends at midnight ends the day before, and an opening balance may be dated the day before its period:
 * where there is a doubt, the day is not covered.
 */
export function periodOf(
  statement: XmlNode,
  rows: readonly BankRow[],
  today: string,
): Read<{ from: string; through: string }> {
  const booked = rows.map(({ bookedOn }) => bookedOn).toSorted();
  const begins = dayOfMoment(textAt(statement, "FrToDt", "FrDtTm"), 0);
  const ends = dayOfMoment(textAt(statement, "FrToDt", "ToDtTm"), -1);
  const stated = ends !== undefined && begins !== undefined && ends < begins ? begins : ends;
  const through = stated ?? dayOf(balanceAt(statement, "closing"), "Dt") ?? booked.at(-1);
  if (through === undefined) return fault({ row: 0, column: "FrToDt", code: "DATE_FORMAT" });
  if (through > today) return fault({ row: 0, column: "FrToDt", code: "DATE_AHEAD", found: through });
  const opened = dayOf(balanceAt(statement, "opening"), "Dt");
  const from = begins ?? (opened === undefined ? booked[0] : addDays(opened, 1)) ?? through;
  return value({ from: from < through ? from : through, through });
}
