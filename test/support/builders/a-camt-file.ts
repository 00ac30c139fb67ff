import { fiksIn } from "../../../shared/domain/payments/payment-reference.ts";

export const ourIban = "DK5000400440116243";
/** The same account, as rows name it. */
export const ourAccount = "00400440116243";

interface PaymentParts {
  amount?: string;
  currency?: string;
  direction?: "CRDT" | "DBIT";
  endToEndId?: string;
  bankReference?: string;
  payer?: string;
  payerAccount?: string;
  payerId?: string;
  references?: readonly string[];
  documents?: readonly string[];
  text?: string;
  returnReason?: string;
}

interface EntryParts {
  amount: string;
  currency?: string;
  direction?: "CRDT" | "DBIT";
  status?: string;
  bookedOn?: string;
  bankReference?: string;
  isReversal?: boolean;
  information?: string;
  payments?: readonly PaymentParts[];
}

interface StatementParts {
  id?: string;
  iban?: string;
  currency?: string;
  from?: string;
  through?: string;
  opening?: string;
  closing: string;
  entries: readonly EntryParts[];
}

type Version = "02" | "08";

function element(name: string, content: string | undefined): string {
  return content === undefined ? "" : `<${name}>${content}</${name}>`;
}

function payment(parts: PaymentParts, version: Version): string {
  const { currency = "DKK", endToEndId = "NOTPROVIDED" } = parts;
  const money = parts.amount ? `<Amt Ccy="${currency}">${parts.amount}</Amt>` : "";
  const amount = parts.amount && version === "02" ? `<AmtDtls><TxAmt>${money}</TxAmt></AmtDtls>` : money;
  const id = parts.payerId ? `<Id><OrgId><Othr><Id>${parts.payerId}</Id></Othr></OrgId></Id>` : "";
  const party = `${element("Nm", parts.payer)}${id}`;
  const role = parts.direction === "DBIT" && !parts.returnReason ? "Cdtr" : "Dbtr";
  const account = parts.payerAccount
    ? `<${role}Acct><Id><IBAN>${parts.payerAccount}</IBAN></Id></${role}Acct>`
    : "";
  const structured = [
    ...(parts.references ?? []).map(
      (reference) => `<Strd><CdtrRefInf><Ref>${reference}</Ref></CdtrRefInf></Strd>`,
    ),
    ...(parts.documents ?? []).map((number) => `<Strd><RfrdDocInf><Nb>${number}</Nb></RfrdDocInf></Strd>`),
  ];
  return `<TxDtls><Refs>${element("AcctSvcrRef", parts.bankReference)}<EndToEndId>${endToEndId}</EndToEndId></Refs>${amount}${element(
    "CdtDbtInd",
    version === "08" ? parts.direction : undefined,
  )}<RltdPties><${role}>${version === "08" ? element("Pty", party) : party}</${role}>${account}</RltdPties><RmtInf>${element(
    "Ustrd",
    parts.text,
  )}${structured.join("")}</RmtInf>${parts.returnReason ? `<RtrInf><Rsn><Cd>${parts.returnReason}</Cd></Rsn></RtrInf>` : ""}</TxDtls>`;
}

function entry(parts: EntryParts, version: Version): string {
  const { currency = "DKK", direction = "CRDT", status = "BOOK", bookedOn = "2027-01-20" } = parts;
  const details = parts.payments?.map((one) => payment({ direction, ...one }, version)).join("");
  return `<Ntry><Amt Ccy="${currency}">${parts.amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>${element(
    "RvslInd",
    parts.isReversal ? "true" : undefined,
  )}<Sts>${version === "08" ? element("Cd", status) : status}</Sts><BookgDt><Dt>${bookedOn}</Dt></BookgDt><ValDt><Dt>${bookedOn}</Dt></ValDt>${element(
    "AcctSvcrRef",
    parts.bankReference,
  )}${element("NtryDtls", details)}${element("AddtlNtryInf", parts.information)}</Ntry>`;
}

function balance(code: string, amount: string, on: string): string {
  const direction = amount.startsWith("-") ? "DBIT" : "CRDT";
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="DKK">${amount.replace("-", "")}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`;
}

function statement(parts: StatementParts, version: Version): string {
  const { id = "1", iban = ourIban, currency = "DKK", opening = "0.00" } = parts;
  const { from = "2027-01-20", through = "2027-01-20" } = parts;
  return `<Stmt><Id>${id}</Id><FrToDt><FrDtTm>${from}T00:00:00</FrDtTm><ToDtTm>${through}T23:59:59</ToDtTm></FrToDt><Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>${currency}</Ccy></Acct>${balance("OPBD", opening, from)}${balance("CLBD", parts.closing, through)}${parts.entries.map((one) => entry(one, version)).join("")}</Stmt>`;
}

/** A statement file of a bank's: zeros for an opening balance, 20 January 2027 for a day, where nothing else matters. */
export function aCamtFile(statements: readonly StatementParts[], version: Version = "02"): Uint8Array {
  return new TextEncoder().encode(
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>${statements.map((one) => statement(one, version)).join("")}</BkToCstmrStmt></Document>`,
  );
}

/** The FIK line's fifteen digits of an invoice, by trying the ten check digits. */
export function fikOf(invoice: number): string {
  const body = String(invoice).padStart(14, "0");
  const right = Array.from({ length: 10 }, (_, digit) => `${body}${digit}`).find(
    (digits) => fiksIn(digits).length === 1,
  );
  if (right === undefined) throw new Error(`${invoice} has no check digit`);
  return right;
}
