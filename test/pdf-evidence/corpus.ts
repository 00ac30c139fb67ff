import { existsSync, readFileSync } from "node:fs";
import type { DocumentFacts } from "../../pdf-evidence/document-facts.ts";
import { readWithoutDrawing } from "../../pdf-evidence/read-document.ts";
import { reviewedAnchors } from "../../pdf-evidence/trust/reviewed-anchors.ts";
import type { TrustAnchors } from "../../pdf-evidence/trust/trust-anchors.ts";
import { judge } from "../../shared/domain/judgement/judge.ts";
import type { Judgement } from "../../shared/domain/judgement/judgement.ts";
import { ownRoots } from "./own-roots.ts";

const folder = new URL("../../../shared/corpus/", import.meta.url);
const documented = new URL("../../docs/corpus-disagreements.md", import.meta.url);
const hourMs = 3_600_000;
/** Later than every file in the corpus was made. */
export const corpusNow = Date.UTC(2026, 10, 1);

export interface CorpusFile {
  readonly name: string;
  readonly label: string;
}

/** Real files with what others say of them; they lie beside the repository, not in it. */
export const corpus: readonly CorpusFile[] = existsSync(new URL("manifest.tsv", folder))
  ? readManifest()
  : [];

function readManifest(): CorpusFile[] {
  const [, ...rows] = readFileSync(new URL("manifest.tsv", folder), "utf8").trim().split("\n");
  return rows.map((row) => {
    const [name = "", , label = ""] = row.split("\t");
    return { name, label };
  });
}

export function bytesOf(file: CorpusFile): Buffer {
  return readFileSync(new URL(`pdf/${file.name.split("/").map(encodeURIComponent).join("/")}`, folder));
}

/** As the product judges it, by the reviewed anchors. */
export async function judgedByOurs(bytes: Buffer): Promise<Judgement> {
  return judge(await readWithoutDrawing(bytes, { anchors: reviewedAnchors(), now: corpusNow }));
}

/**
 * As if we trusted the file's own roots, at the time at which it says it was signed; where its certificates
 * contradict that, when the youngest of them began.
 */
export async function judgedByItsOwn(bytes: Buffer): Promise<Judgement> {
  const { anchors, begins } = ownRoots(bytes);
  const read = (now: number) => readAt(bytes, anchors, now);
  const today = await read(corpusNow);
  if (today.signatures.length === 0) return judge(today);
  const claimed = today.signatures.flatMap(({ claimedTime, timeStamp }) => [
    claimedTime ?? 0,
    timeStamp?.time ?? 0,
  ]);
  const signing = await read(Math.max(...claimed) + hourMs);
  const contradicted = signing.signatures.some(({ findings }) =>
    findings.some((code) => code === "CERTIFICATE_NOT_YET_VALID" || code === "CERTIFICATE_EXPIRED"),
  );
  return judge(contradicted && begins !== undefined ? await read(begins + hourMs) : signing);
}

function readAt(bytes: Buffer, anchors: TrustAnchors, now: number): Promise<DocumentFacts> {
  return readWithoutDrawing(bytes, { anchors, now });
}

const activeCodes = /JAVASCRIPT|ACTION|EMBEDDED|PORTFOLIO|XFA|RICH_MEDIA|EXTERNAL/;

const agrees: Readonly<Record<string, (judgement: Judgement) => boolean>> = {
  invalid: nothingPasses,
  modified: nothingPasses,
  mixed: nothingPasses,
  "valid-crypto": ({ signatures }) =>
    signatures.length > 0 && signatures.every(({ indication }) => indication === "TOTAL_PASSED"),
  signed: ({ signatures, verdict }) => signatures.length > 0 || verdict === "REJECTED",
  // A place for a signature is none.
  unsigned: ({ signatures }) =>
    signatures.every(({ findings }) => findings.some(({ code }) => code === "SIGNATURE_VALUE_MISSING")),
  encrypted: ({ findings }) => findings.some(({ code }) => code === "ENCRYPTED"),
  malformed: ({ verdict }) => verdict !== "PASSED",
  hostile: ({ findings, verdict }) =>
    verdict === "REJECTED" || findings.some(({ code }) => activeCodes.test(code)),
};

export function nothingPasses({ verdict, signatures }: Judgement): boolean {
  return verdict !== "PASSED" && signatures.every(({ indication }) => indication !== "TOTAL_PASSED");
}

/** Whether we say, trust aside, what the label says. */
export function agreesWithLabel(label: string, judgement: Judgement): boolean {
  const rule = agrees[label];
  if (rule === undefined) throw new Error(`the corpus has a new label: ${label}`);
  return rule(judgement);
}

/** The files of the table in docs/corpus-disagreements.md. */
export function documentedDisagreements(): ReadonlySet<string> {
  const rows = readFileSync(documented, "utf8").matchAll(/^\| `([^`]+)` \|/gm);
  return new Set([...rows].map(([, name = ""]) => name));
}
