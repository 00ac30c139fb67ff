import { isCvr } from "../../domain/organisation/cvr-number.ts";
import { fault, type Read, value } from "../../domain/payments/bank-file-fault.ts";
import { accountKey, type BankRow } from "../../domain/payments/bank-row.ts";
import { normalisedReference } from "../../domain/payments/payment-reference.ts";
import { dayOf, readOere, readSign } from "./camt-head.ts";
import { at, children, textAt, textAtOneOf, type XmlNode } from "./xml-tree.ts";

/** What an entry is read with: whose it is, which one in the file, and the last day that can be booked. */
export interface EntryPlace {
  account: string;
  /** Counted from 1 through the whole file. */
  number: number;
  today: string;
}

/** What the payments of an entry have in common. */
type Common = Pick<BankRow, "account" | "bookedOn" | "isReversal"> & {
  entryReference?: string;
  code?: string;
};

/**
 * One entry as rows: each payment of a batch by its own amount, and what they don't explain of the entry's as a
 * remainder. Where a batch doesn't say what its payments are, it stays one row, for nothing is guessed.
 */
export function entryRows(entry: XmlNode, place: EntryPlace): Read<BankRow[]> {
  const sign = readSign(entry, place.number, "Ntry/CdtDbtInd");
  if (sign.kind === "fault") return sign;
  const amount = readOere(textAt(entry, "Amt"), place.number, "Ntry/Amt");
  if (amount.kind === "fault") return amount;
  const common = commonOf(entry, place);
  if (common.kind === "fault") return common;
  const total = sign.value * amount.value;
  const payments = children(entry, "NtryDtls").flatMap((details) => children(details, "TxDtls"));
  const [only, ...others] = payments;
  if (only === undefined) return value([rowOf(common.value, entry, undefined, total)]);
  const split = splitAmounts(payments, sign.value, place.number);
  if (split.kind === "fault") return split;
  if (split.value === undefined) {
    const about = others.length === 0 ? only : undefined;
    return value([rowOf(common.value, entry, about, total)]);
  }
  const rows = split.value.map(({ payment, oere }) => rowOf(common.value, entry, payment, oere));
  const rest = rows.reduce((left, row) => left - row.amountOere, total);
  return value(rest === 0 ? rows : [...rows, remainderOf(common.value, entry, rest)]);
}

function commonOf(entry: XmlNode, place: EntryPlace): Read<Common> {
  const column = "Ntry/BookgDt";
  const bookedOn = dayOf(entry, "BookgDt") ?? dayOf(entry, "ValDt");
  if (bookedOn === undefined) return fault({ row: place.number, column, code: "DATE_FORMAT" });
  if (bookedOn > place.today)
    return fault({ row: place.number, column, code: "DATE_AHEAD", found: bookedOn });
  return value({
    account: place.account,
    bookedOn,
    isReversal: ["true", "1"].includes(textAt(entry, "RvslInd") ?? ""),
    ...has("entryReference", textAt(entry, "AcctSvcrRef")),
    ...has("code", textAt(entry, "BkTxCd", "Domn", "Fmly", "SubFmlyCd")),
  });
}

/** The amount of each payment, or none where one doesn't say its own in kroner. */
function splitAmounts(
  payments: readonly XmlNode[],
  entrySign: 1 | -1,
  row: number,
): Read<{ payment: XmlNode; oere: number }[] | undefined> {
  const split: { payment: XmlNode; oere: number }[] = [];
  for (const payment of payments) {
    const amount = [at(payment, "Amt"), at(payment, "AmtDtls", "TxAmt", "Amt")].find(
      (found) => textAt(found, "@Ccy") === "DKK",
    );
    if (amount === undefined) return value(undefined);
    const oere = readOere(textAt(amount, "#text"), row, "TxDtls/Amt");
    if (oere.kind === "fault") return oere;
    const sign =
      at(payment, "CdtDbtInd") === undefined ? value(entrySign) : readSign(payment, row, "TxDtls/CdtDbtInd");
    if (sign.kind === "fault") return sign;
    split.push({ payment, oere: sign.value * oere.value });
  }
  return value(split);
}

function rowOf(common: Common, entry: XmlNode, payment: XmlNode, amountOere: number): BankRow {
  const { entryReference, code, ...shared } = common;
  const kind = amountOere < 0 ? "debit" : "credit";
  const returned =
    textAtOneOf(payment, [
      ["RtrInf", "Rsn", "Cd"],
      ["RtrInf", "Rsn", "Prtry"],
      ["RtrInf", "AddtlInf"],
    ]) ?? (code === "RRTN" ? code : undefined);
  const references = referencesIn(payment);
  const [reference, ...others] = references;
  const party = common.isReversal || returned !== undefined || kind === "credit" ? "Dbtr" : "Cdtr";
  return {
    ...shared,
    amountOere,
    kind,
    text: textOf(entry, payment, others.length === 0 ? [] : references),
    ...has("bankReference", textAt(payment, "Refs", "AcctSvcrRef") ?? entryReference),
    ...has("endToEndId", provided(textAt(payment, "Refs", "EndToEndId"))),
    ...(others.length === 0 ? has("reference", reference) : {}),
    ...has("returnReason", returned),
    ...otherParty(payment, party),
  };
}

/** What a bank keeps of a batch, or adds to it; with no word of a payer, for it is none's. */
function remainderOf(common: Common, entry: XmlNode, amountOere: number): BankRow {
  const { entryReference, code: _, ...shared } = common;
  return {
    ...shared,
    amountOere,
    kind: amountOere < 0 ? "debit" : "credit",
    text: textAt(entry, "AddtlNtryInf") ?? "",
    ...has("bankReference", entryReference),
    isRemainder: true,
  };
}

/** ISO 20022's word for "there is none" is a reference in every other file, and not one. */
function provided(endToEndId: string | undefined): string | undefined {
  return endToEndId?.toUpperCase() === "NOTPROVIDED" ? undefined : endToEndId;
}

function referencesIn(payment: XmlNode): string[] {
  const found = children(at(payment, "RmtInf"), "Strd")
    .map((structured) => textAt(structured, "CdtrRefInf", "Ref"))
    .filter((reference) => reference !== undefined)
    .map(normalisedReference);
  return [...new Set(found)];
}

/** What a payer wrote and which documents it named; else what the bank says of the entry. */
function textOf(entry: XmlNode, payment: XmlNode, references: readonly string[]): string {
  const information = at(payment, "RmtInf");
  const documents = children(information, "Strd")
    .flatMap((structured) => children(structured, "RfrdDocInf"))
    .map((document) => textAt(document, "Nb"));
  const lines = children(information, "Ustrd").map((line) => textAt({ line }, "line"));
  const said = [...lines, ...documents, ...references].filter((line) => line !== undefined).join(" ");
  return said || (textAt(payment, "AddtlTxInf") ?? textAt(entry, "AddtlNtryInf") ?? "");
}

/** Version 8 puts a party in an element of its own, version 2 doesn't. */
function otherParty(
  payment: XmlNode,
  role: "Dbtr" | "Cdtr",
): Pick<BankRow, "payerName" | "payerAccount" | "payerCvr"> {
  const parties = at(payment, "RltdPties");
  const account = textAtOneOf(at(parties, `${role}Acct`, "Id"), [["IBAN"], ["Othr", "Id"]]);
  const party = at(parties, role, "Pty") ?? at(parties, role);
  const id = textAt(party, "Id", "OrgId", "Othr", "Id")?.replace(/^DK/i, "");
  return {
    ...has("payerName", textAt(party, "Nm")),
    ...has("payerAccount", account === undefined ? undefined : accountKey(account)),
    ...has("payerCvr", id !== undefined && isCvr(id) ? id : undefined),
  };
}

/** A field that is absent where nothing is known: never there and undefined. */
function has<Name extends string>(name: Name, found: string | undefined): { [Key in Name]?: string } {
  return found === undefined ? {} : ({ [name]: found } as { [Key in Name]?: string });
}
