import { Buffer } from "node:buffer";
import { buildCms, buildTimeStamp, type CmsWish } from "./cms-builder.ts";
import { appendMember, readEntries, referenceNumber, withEntries } from "./pdf-dictionary.ts";
import {
  appendRevision,
  deflatedStream,
  lastTrailer,
  latin1,
  type ObjectBody,
  objectBody,
  type RevisionWish,
  readObjects,
  textString,
} from "./pdf-writer.ts";
import type { Identity } from "./test-certificates.ts";

export interface FieldRule {
  readonly action: "All" | "Include" | "Exclude";
  readonly fields?: readonly string[];
}

export interface PlaceWish {
  readonly fieldName?: string;
  /** Object number of a field that is there, empty: it is signed instead of a new one. */
  readonly intoField?: number;
  readonly subFilter?: string;
  readonly type?: "Sig" | "DocTimeStamp";
  /** Certifies the document (DocMDP) with this P. */
  readonly certification?: 1 | 2 | 3;
  readonly fieldRule?: FieldRule;
  /** On the first page: left, bottom, right, top in points. Absent: invisible. */
  readonly rectangle?: readonly [number, number, number, number];
  readonly appearanceText?: string;
  readonly signerName?: string;
  readonly reason?: string;
  readonly signingTime?: number;
  readonly reservedBytes?: number;
  /** More objects in the same revision. */
  readonly also?: ReadonlyMap<number, ObjectBody>;
  readonly style?: RevisionWish["style"];
}

/** A file with the place for a signature, and where it is. */
export interface PlacedSignature {
  readonly pdf: Buffer;
  readonly byteRange: readonly [number, number, number, number];
  readonly signatureObject: number;
  readonly fieldObject: number;
}

/** Adds a signature field on the first page and its empty value as one incremental revision. */
export function placeSignature(pdf: Buffer, wish: PlaceWish): PlacedSignature {
  const objects = readObjects(pdf);
  const trailer = lastTrailer(pdf);
  const changed = new Map<number, ObjectBody>(wish.also);
  const body = (number: number): string =>
    textOf(changed.get(number)) ?? objects.get(number) ?? objectBody(pdf, number);
  const signatureObject = Math.max(trailer.size, ...[...changed.keys()].map((number) => number + 1));
  const fieldObject = wish.intoField ?? signatureObject + 1;
  const appearance = signatureObject + 2;

  if (wish.rectangle) changed.set(appearance, appearanceStream(wish));
  changed.set(signatureObject, signatureDictionary(wish));
  const value = {
    V: `${signatureObject} 0 R`,
    ...(wish.rectangle ? { AP: `<</N ${appearance} 0 R>>` } : {}),
  };
  const page = firstPage(trailer.root, body);
  if (wish.intoField === undefined) {
    addToPage(changed, page, body(page), fieldObject);
    addToForm(changed, trailer.root, body, fieldObject);
  }
  const field = wish.intoField === undefined ? newField(wish, page) : body(wish.intoField);
  changed.set(fieldObject, withEntries(field, value));
  if (wish.certification) {
    const permissions = { Perms: `<</DocMDP ${signatureObject} 0 R>>` };
    changed.set(trailer.root, withEntries(body(trailer.root), permissions));
  }
  const style = wish.style === undefined ? {} : { style: wish.style };
  const placed = appendRevision(pdf, { objects: changed, ...style });
  return { ...writeByteRange(placed, pdf.length), signatureObject, fieldObject };
}

function newField(wish: PlaceWish, page: number): string {
  const rectangle = (wish.rectangle ?? [0, 0, 0, 0]).join(" ");
  const name = wish.fieldName ?? "Signature1";
  return `<</Type/Annot/Subtype/Widget/FT/Sig/T(${name})/F 132/Rect[${rectangle}]/P ${page} 0 R${lockOf(wish.fieldRule)}>>`;
}

function addToPage(changed: Map<number, ObjectBody>, page: number, text: string, field: number): void {
  const annotations = appendMember(readEntries(text).get("Annots"), `${field} 0 R`);
  changed.set(page, withEntries(text, { Annots: annotations }));
}

/** The form lies in the catalogue or in an object of its own, where there is one. */
function addToForm(
  changed: Map<number, ObjectBody>,
  root: number,
  body: (number: number) => string,
  field: number,
): void {
  const known = readEntries(body(root)).get("AcroForm");
  const number = referenceNumber(known);
  const form = number === undefined ? (known ?? "<<>>") : body(number);
  const fields = appendMember(readEntries(form).get("Fields"), `${field} 0 R`);
  const grown = withEntries(form, { Fields: fields, SigFlags: "3" });
  if (number === undefined) changed.set(root, withEntries(body(root), { AcroForm: grown }));
  else changed.set(number, grown);
}

function textOf(body: ObjectBody | undefined): string | undefined {
  return body === undefined || typeof body === "string" ? body : body.toString("latin1");
}

function firstPage(root: number, body: (number: number) => string): number {
  let number = referenceNumber(readEntries(body(root)).get("Pages")) ?? 0;
  for (;;) {
    const kids = readEntries(body(number)).get("Kids");
    if (kids === undefined) return number;
    number = Number(/\d+/.exec(kids)?.[0]);
  }
}

function signatureDictionary(wish: PlaceWish): string {
  const references: string[] = [];
  if (wish.certification) {
    references.push(
      `<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P ${wish.certification}/V/1.2>>>>`,
    );
  }
  if (wish.fieldRule) {
    references.push(
      `<</Type/SigRef/TransformMethod/FieldMDP/TransformParams<</Type/TransformParams/V/1.2${ruleEntries(wish.fieldRule)}>>>>`,
    );
  }
  const time =
    wish.signingTime === undefined
      ? ""
      : `/M(D:${new Date(wish.signingTime).toISOString().replace(/[-:T]|\.\d+Z/g, "")}Z)`;
  const type = wish.type ?? "Sig";
  return (
    `<</Type/${type}/Filter/Adobe.PPKLite/SubFilter/${wish.subFilter ?? (type === "Sig" ? "ETSI.CAdES.detached" : "ETSI.RFC3161")}` +
    `/ByteRange[0 0000000000 0000000000 0000000000]/Contents<${"00".repeat(wish.reservedBytes ?? 8192)}>${time}` +
    `${wish.signerName === undefined ? "" : `/Name ${textString(wish.signerName)}`}` +
    `${wish.reason === undefined ? "" : `/Reason ${textString(wish.reason)}`}` +
    `${references.length > 0 ? `/Reference[${references.join("")}]` : ""}>>`
  );
}

function ruleEntries(rule: FieldRule): string {
  return `/Action/${rule.action}${rule.fields ? `/Fields[${rule.fields.map((name) => `(${name})`).join("")}]` : ""}`;
}

function lockOf(rule: FieldRule | undefined): string {
  return rule ? `/Lock<</Type/SigFieldLock${ruleEntries(rule)}>>` : "";
}

function appearanceStream(wish: PlaceWish): Buffer {
  const [left, bottom, right, top] = wish.rectangle ?? [0, 0, 0, 0];
  const text = (wish.appearanceText ?? "Underskrevet digitalt").replace(/[()\\]/g, "\\$&");
  const font =
    "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>>>";
  return deflatedStream(
    `/Type/XObject/Subtype/Form/BBox[0 0 ${right - left} ${top - bottom}]${font}`,
    latin1(
      `0.5 w 0 0 ${right - left} ${top - bottom} re S BT /F1 9 Tf 6 ${(top - bottom) / 2} Td (${text}) Tj ET`,
    ),
  );
}

/** Fills in the four numbers of the newest placeholder; the hole is exactly /Contents with its brackets. */
function writeByteRange(pdf: Buffer, from: number): Pick<PlacedSignature, "pdf" | "byteRange"> {
  const mark = "/ByteRange[0 0000000000 0000000000 0000000000]";
  const at = pdf.indexOf(mark, from, "latin1");
  const start = pdf.indexOf("/Contents<", at, "latin1") + "/Contents".length;
  const end = pdf.indexOf(">", start, "latin1") + 1;
  const byteRange = [0, start, end, pdf.length - end] as const;
  pdf.write(`/ByteRange[${byteRange.join(" ")}]`.padEnd(mark.length), at, "latin1");
  return { pdf, byteRange };
}

export function signedRanges(placed: PlacedSignature): Buffer[] {
  const [a, b, c, d] = placed.byteRange;
  return [placed.pdf.subarray(a, a + b), placed.pdf.subarray(c, c + d)];
}

/** Puts the CMS message into the hole, padded with zeros. */
export function fillSignature(placed: PlacedSignature, cms: Uint8Array): Buffer {
  const hex = Buffer.from(cms).toString("hex");
  const [, start, end] = placed.byteRange;
  if (hex.length > end - start - 2)
    throw new RangeError(
      `the signature needs ${hex.length / 2} bytes, ${(end - start - 2) / 2} are reserved`,
    );
  const pdf = Buffer.from(placed.pdf);
  pdf.write(hex, start + 1, "latin1");
  return pdf;
}

export interface SignWish extends PlaceWish {
  readonly signer: Identity;
  readonly cms?: Partial<CmsWish>;
}

/** PAdES B-B, or B-T with `cms: { timeStampAuthority, timeStampTime }`: one more revision, signed. */
export function signPdf(pdf: Buffer, wish: SignWish): Buffer {
  const placed = placeSignature(pdf, wish);
  const times =
    wish.signingTime === undefined || (wish.subFilter ?? "ETSI").startsWith("ETSI")
      ? {}
      : { signingTime: wish.signingTime };
  return fillSignature(
    placed,
    buildCms({ signer: wish.signer, content: signedRanges(placed), ...times, ...wish.cms }),
  );
}

export interface DocumentTimeStampWish extends PlaceWish {
  readonly authority: Identity;
  readonly time: number;
  readonly chain?: readonly Buffer[];
}

/** A document time-stamp (PAdES B-LTA): one more revision, stamped. */
export function timeStampPdf(pdf: Buffer, wish: DocumentTimeStampWish): Buffer {
  const placed = placeSignature(pdf, { fieldName: "DocTimeStamp1", ...wish, type: "DocTimeStamp" });
  return fillSignature(
    placed,
    buildTimeStamp({
      authority: wish.authority,
      content: signedRanges(placed),
      time: wish.time,
      chain: wish.chain ?? [],
    }),
  );
}

export interface SecurityStoreWish {
  readonly certificates?: readonly Buffer[];
  readonly crls?: readonly Buffer[];
  readonly ocsps?: readonly Buffer[];
}

/** A Document Security Store (ETSI EN 319 142-1, clause 5.4.2) as one more revision. */
export function addSecurityStore(pdf: Buffer, wish: SecurityStoreWish): Buffer {
  const trailer = lastTrailer(pdf);
  const objects = new Map<number, ObjectBody>();
  let next = trailer.size;
  const list = (values: readonly Buffer[] | undefined): string =>
    (values ?? [])
      .map((value) => {
        objects.set(next, deflatedStream("", value));
        return `${next++} 0 R`;
      })
      .join(" ");
  const store = `<</Type/DSS/Certs[${list(wish.certificates)}]/CRLs[${list(wish.crls)}]/OCSPs[${list(wish.ocsps)}]>>`;
  const storeObject = next;
  objects.set(storeObject, store);
  objects.set(trailer.root, withEntries(objectBody(pdf, trailer.root), { DSS: `${storeObject} 0 R` }));
  return appendRevision(pdf, { objects });
}
