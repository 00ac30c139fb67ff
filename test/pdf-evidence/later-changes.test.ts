import { describe, expect, test } from "vitest";
import { signedAgreementPdf } from "../../local/rehearsal/pdfs/agreement-pdfs.ts";
import { appendRevision, lastTrailer, latin1, readObjects } from "../../local/rehearsal/pdfs/pdf-writer.ts";
import { FIRST_CONTENT, FIRST_PAGE } from "../../local/rehearsal/pdfs/plain-pdf.ts";
import { testAuthority } from "../../local/rehearsal/pdfs/test-authority.ts";
import type { SignatureObservation } from "../../pdf-evidence/observation-codes.ts";
import { readWithoutDrawing } from "../../pdf-evidence/read-document.ts";
import type { RevisionChange } from "../../pdf-evidence/revisions/revision-change.ts";
import { judgeChanges, type LaterSignature } from "../../pdf-evidence/signatures/later-changes.ts";
import type { Permissions } from "../../pdf-evidence/signatures/permissions.ts";
import { NOW, trusting } from "../support/pdfs/signature-values.ts";

const content: RevisionChange = { kind: "content", where: "page 1" };
const annotation: RevisionChange = { kind: "annotation", where: "page 1" };
const tags: RevisionChange = { kind: "tags", where: "catalog" };
const form: RevisionChange = { kind: "form", where: "field A.B", field: "A.B" };
const added: RevisionChange = { kind: "validation-data", where: "added", removed: false };
const removed: RevisionChange = { kind: "validation-data", where: "removed", removed: true };
const emptyField: RevisionChange = { kind: "empty-signature-field", where: "field X" };
const signed = (more: Partial<Extract<RevisionChange, { kind: "signature" }>> = {}): RevisionChange => ({
  kind: "signature",
  where: "signature X",
  field: "X",
  dictionaryStart: 900,
  documentTimeStamp: false,
  newlyVisible: false,
  ...more,
});
const later = (indication: LaterSignature["indication"], kind: LaterSignature["kind"] = "signature") => [
  { dictionaryStart: 900, indication, kind },
];
const free: Permissions = { isLocked: () => false };
const certified = (certificationLevel: 1 | 2 | 3): Permissions => ({
  certificationLevel,
  isLocked: () => false,
});
const locking = (...fields: string[]): Permissions => ({ isLocked: (field) => fields.includes(field) });

interface Case {
  name: string;
  change: RevisionChange;
  permissions?: Permissions;
  later?: LaterSignature[];
  findings: SignatureObservation[];
}

const cases: Case[] = [
  { name: "other contents", change: content, findings: ["CONTENT_CHANGED_AFTER_SIGNING"] },
  {
    name: "other contents, whatever a certification allows",
    change: content,
    permissions: certified(3),
    findings: ["CONTENT_CHANGED_AFTER_SIGNING", "CERTIFICATION_VIOLATED"],
  },
  { name: "a remark on the page", change: annotation, findings: ["ANNOTATED_AFTER_SIGNING"] },
  {
    name: "a remark where remarks are allowed still lies over what was signed",
    change: annotation,
    permissions: certified(3),
    findings: ["ANNOTATED_AFTER_SIGNING"],
  },
  {
    name: "a remark where only forms may be filled",
    change: annotation,
    permissions: certified(2),
    findings: ["ANNOTATED_AFTER_SIGNING", "CERTIFICATION_VIOLATED"],
  },
  { name: "other tags", change: tags, findings: ["TAGS_CHANGED_AFTER_SIGNING"] },
  {
    name: "other tags where nothing may change",
    change: tags,
    permissions: certified(1),
    findings: ["TAGS_CHANGED_AFTER_SIGNING", "CERTIFICATION_VIOLATED"],
  },
  { name: "a field filled that nobody signed", change: form, findings: ["FORM_FILLED_AFTER_SIGNING"] },
  {
    name: "a field filled before a later signature that holds",
    change: form,
    later: later("TOTAL_PASSED"),
    findings: ["FORM_FILLED_BEFORE_LATER_SIGNATURE"],
  },
  {
    name: "a field filled before a later signature nobody vouches for",
    change: form,
    later: later("INDETERMINATE"),
    findings: ["FORM_FILLED_AFTER_SIGNING"],
  },
  {
    name: "a time-stamp answers for no field",
    change: form,
    later: later("TOTAL_PASSED", "document-time-stamp"),
    findings: ["FORM_FILLED_AFTER_SIGNING"],
  },
  {
    name: "a field filled where nothing may change",
    change: form,
    permissions: certified(1),
    later: later("TOTAL_PASSED"),
    findings: ["FORM_FILLED_BEFORE_LATER_SIGNATURE", "CERTIFICATION_VIOLATED"],
  },
  {
    name: "a locked field filled, although a later signature answers for it",
    change: form,
    permissions: locking("A.B"),
    later: later("TOTAL_PASSED"),
    findings: ["FORM_FILLED_BEFORE_LATER_SIGNATURE", "FIELD_LOCK_VIOLATED"],
  },
  {
    name: "another field than the locked one",
    change: form,
    permissions: locking("A.C"),
    later: later("TOTAL_PASSED"),
    findings: ["FORM_FILLED_BEFORE_LATER_SIGNATURE"],
  },
  {
    name: "one more signature",
    change: signed(),
    later: later("INDETERMINATE"),
    findings: ["SIGNED_AGAIN_AFTERWARDS"],
  },
  {
    name: "one more signature that is shown and holds",
    change: signed({ newlyVisible: true }),
    later: later("TOTAL_PASSED"),
    findings: ["SIGNED_AGAIN_AFTERWARDS"],
  },
  {
    name: "one more that is shown and nobody vouches for",
    change: signed({ newlyVisible: true }),
    later: later("INDETERMINATE"),
    findings: ["SIGNED_AGAIN_AFTERWARDS", "UNPROVEN_SIGNATURE_ADDED"],
  },
  {
    name: "one more that is broken, shown or not",
    change: signed(),
    later: later("TOTAL_FAILED"),
    findings: ["SIGNED_AGAIN_AFTERWARDS", "UNPROVEN_SIGNATURE_ADDED"],
  },
  {
    name: "one more where nothing may change",
    change: signed(),
    permissions: certified(1),
    later: later("TOTAL_PASSED"),
    findings: ["SIGNED_AGAIN_AFTERWARDS", "CERTIFICATION_VIOLATED"],
  },
  {
    name: "a time-stamp is allowed even there",
    change: signed({ documentTimeStamp: true }),
    permissions: certified(1),
    later: later("TOTAL_PASSED", "document-time-stamp"),
    findings: ["VALIDATION_DATA_ADDED_AFTERWARDS"],
  },
  {
    name: "validation data added",
    change: added,
    permissions: certified(1),
    findings: ["VALIDATION_DATA_ADDED_AFTERWARDS"],
  },
  { name: "validation data taken out", change: removed, findings: ["VALIDATION_DATA_REMOVED_AFTERWARDS"] },
  { name: "an empty signature field", change: emptyField, findings: [] },
  {
    name: "an empty signature field where nothing may change",
    change: emptyField,
    permissions: certified(1),
    findings: ["CERTIFICATION_VIOLATED"],
  },
];

describe("What a change after signing means", () => {
  test.each(cases)("$name", ({ change, permissions = free, later: signatures = [], findings }) => {
    expect(judgeChanges([change], permissions, signatures)).toEqual(findings);
  });
});

/** A signed file, and tricks in what follows the signed bytes that change nothing a reader sees. */
describe("What follows the signed bytes", () => {
  const file = signedAgreementPdf({
    kind: "member",
    organisationName: "Eksempel Kommune",
    cvr: "25313763",
    signerName: "Anne Ægidius",
  });
  const offsetOf = (number: number) => file.indexOf(latin1(`\n${number} 0 obj`)) + 1;
  const first = Number(/startxref\s+(\d+)/.exec(file.toString("latin1"))?.[1]);
  const entry = (offset: number) => `${String(offset).padStart(10, "0")} 00000 n\r\n`;
  /** One more table, by hand, with rows of our choice. */
  const table = (rows: string, prev = lastTrailer(file).startXref) => {
    const { root, size } = lastTrailer(file);
    const text = `xref\n${rows}trailer\n<</Size ${size}/Root ${root} 0 R/Prev ${prev}/ID[<0123456789ABCDEF0123456789ABCDEF><0123456789ABCDEF0123456789ABCDEF>]>>\nstartxref\n${file.length}\n%%EOF\n`;
    return Buffer.concat([file, latin1(text)]);
  };
  const findingsOf = async (pdf: Buffer) => {
    const anchors = trusting([testAuthority().root.certificate]);
    const { signatures } = await readWithoutDrawing(pdf, { now: NOW, anchors });
    return signatures[0];
  };

  test("nothing: it holds", async () => {
    expect(await findingsOf(file)).toMatchObject({ indication: "TOTAL_PASSED", coversWholeDocument: true });
  });

  test("a table that says again where an object lies: it holds", async () => {
    const repeated = await findingsOf(table(`${FIRST_CONTENT} 1\n${entry(offsetOf(FIRST_CONTENT))}`));
    expect(repeated).toMatchObject({ indication: "TOTAL_PASSED" });
  });

  test("a table that gives a free number to signed bytes", async () => {
    const shadowed = await findingsOf(table(`900 1\n${entry(offsetOf(FIRST_CONTENT))}`));
    expect(shadowed?.findings).toContain("SIGNED_OBJECT_SHADOWED");
    expect(shadowed?.indication).toBe("TOTAL_FAILED");
  });

  test("a table that leaves out the signed revision", async () => {
    const numbers = [...readObjects(file).keys()].sort((a, b) => a - b);
    const newest = (number: number) => file.lastIndexOf(latin1(`\n${number} 0 obj`)) + 1;
    const rows = numbers.map((number) => `${number} 1\n${entry(newest(number))}`).join("");
    const skipped = await findingsOf(table(rows, first));
    expect(skipped?.findings).toContain("REVISION_CHAIN_BROKEN");
  });

  test("bytes that no table leads to", async () => {
    const hidden = Buffer.concat([
      file,
      latin1("\n901 0 obj\n<</Hidden true>>\nendobj\nstartxref\n0\n%%EOF\n"),
    ]);
    expect((await findingsOf(hidden))?.indication).not.toBe("TOTAL_PASSED");
    const behindTable = table("0 0\n").toString("latin1").replace("xref\n0 0\n", "%x\n(hidden)\nxref\n0 0\n");
    const shifted = latin1(
      behindTable.replace(
        /startxref\n\d+\n%%EOF\n$/,
        `startxref\n${behindTable.lastIndexOf("\nxref\n") + 1}\n%%EOF\n`,
      ),
    );
    expect((await findingsOf(shifted))?.findings).toContain("UNACCOUNTED_BYTES_AFTER_SIGNING");
  });

  test("a trailer that leads elsewhere", async () => {
    const led = appendRevision(file, {
      objects: new Map([[902, "<</X 1>>"]]),
      trailerExtra: "/Elsewhere 902 0 R",
    });
    expect(await findingsOf(led)).toMatchObject({
      indication: "TOTAL_FAILED",
      changes: ["trailer: Elsewhere"],
    });
  });

  test("the same page with its contents as a list of one: it holds", async () => {
    const page = file.toString("latin1", offsetOf(FIRST_PAGE));
    const newest =
      [
        ...file
          .toString("latin1")
          .matchAll(new RegExp(`\\n${FIRST_PAGE} 0 obj\\n([\\s\\S]*?)\\nendobj`, "g")),
      ].at(-1)?.[1] ?? page;
    const listed = newest.replace(`/Contents ${FIRST_CONTENT} 0 R`, `/Contents[${FIRST_CONTENT} 0 R]`);
    expect(listed).not.toBe(newest);
    const pdf = appendRevision(file, { objects: new Map([[FIRST_PAGE, listed]]) });
    expect(await findingsOf(pdf)).toMatchObject({ indication: "TOTAL_PASSED", changes: [] });
  });
});
