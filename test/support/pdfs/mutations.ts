import { Buffer } from "node:buffer";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import fc from "fast-check";
import { archivedAgreementPdf } from "../../../local/rehearsal/pdfs/agreement-pdfs.ts";
import { addSecurityStore } from "../../../local/rehearsal/pdfs/pdf-signer.ts";
import { testAuthority } from "../../../local/rehearsal/pdfs/test-authority.ts";
import { document, signed } from "./attacks/attack.ts";
import { fileWithFields } from "./attacks/field-locks.ts";

/** A signed file, and which of its bytes each of its signatures answers for. */
export interface MutationBase {
  readonly name: string;
  readonly pdf: Buffer;
  /** Of each signature, in order: from 0, the hole, the end. */
  readonly covered: readonly { readonly holeStart: number; readonly holeEnd: number; readonly end: number }[];
}

const AGREEMENT = {
  kind: "member",
  organisationName: "Ærø Kommune",
  cvr: "28856075",
  signerName: "Bjørn Åkjær",
} as const;

/** Made once a process: each passes as it is. */
export function mutationBases(): readonly MutationBase[] {
  bases ??= (
    [
      ["signed", signed()],
      ["signed with a cross-reference stream", signed(document(), { style: "stream" })],
      ["signed twice", signed(signed(), { fieldName: "Signature2" })],
      [
        "certified, with locked fields",
        signed(fileWithFields(), { certification: 2, fieldRule: { action: "All" } }),
      ],
      [
        "with a security store",
        addSecurityStore(signed(), { certificates: [testAuthority().root.certificate] }),
      ],
      ["archived", archivedAgreementPdf(AGREEMENT)],
    ] as const
  ).map(([name, pdf]) => ({ name, pdf, covered: coveredBy(pdf) }));
  return bases;
}
let bases: readonly MutationBase[] | undefined;

function coveredBy(pdf: Buffer): MutationBase["covered"] {
  const text = pdf.toString("latin1");
  return [...text.matchAll(/\/ByteRange\s*\[([^\]]*)\]/g)].map((match) => {
    const [, holeStart = 0, holeEnd = 0, length = 0] = (match[1] ?? "").trim().split(/\s+/).map(Number);
    return { holeStart, holeEnd, end: holeEnd + length };
  });
}

export type Mutation =
  | { readonly kind: "flip"; readonly places: readonly { readonly at: number; readonly change: number }[] }
  | { readonly kind: "truncate"; readonly at: number }
  | { readonly kind: "delete"; readonly at: number; readonly length: number }
  | { readonly kind: "insert"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: "copy"; readonly from: number; readonly to: number; readonly length: number }
  | { readonly kind: "swap objects"; readonly a: number; readonly b: number }
  | { readonly kind: "swap references"; readonly a: number; readonly b: number }
  | { readonly kind: "renumber"; readonly which: number; readonly by: number }
  | { readonly kind: "append"; readonly bytes: Uint8Array };

export interface Mutant {
  readonly base: number;
  readonly mutation: Mutation;
}

const place = fc.nat(0xff_ffff);
const token = fc.constantFrom(
  "endobj",
  "endstream",
  "%%EOF",
  "<<",
  ">>",
  "/Contents<>",
  "/ByteRange[0 0 0 0]",
  "null",
  "1 0 obj",
  "xref",
  "trailer",
  "startxref\n0",
  "/Root 1 0 R",
  "(",
  ")",
  "[",
  "]",
  "\n",
  " ",
  "\0",
  "-1",
  "99999999999",
);
const bytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 12 }),
  token.map((text) => new Uint8Array(Buffer.from(text, "latin1"))),
);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("flip" as const),
      places: fc.array(fc.record({ at: place, change: fc.integer({ min: 1, max: 255 }) }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("truncate" as const), at: place }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("delete" as const),
      at: place,
      length: fc.integer({ min: 1, max: 200 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("insert" as const), at: place, bytes }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("copy" as const),
      from: place,
      to: place,
      length: fc.integer({ min: 1, max: 400 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("swap objects" as const), a: place, b: place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("swap references" as const), a: place, b: place }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("renumber" as const),
      which: place,
      by: fc.constantFrom(-1, 1, 2, 10, 1000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("append" as const), bytes }) },
);

export const mutants: fc.Arbitrary<Mutant> = fc.record({ base: place, mutation });

export function baseOf(mutant: Mutant): MutationBase {
  const known = mutationBases();
  const base = known[mutant.base % known.length];
  if (base === undefined) throw new RangeError("no bases");
  return base;
}

/** The mutated bytes; the same for the same mutant. */
export function mutated(mutant: Mutant): Buffer {
  const { pdf } = baseOf(mutant);
  const change = mutant.mutation;
  const within = (at: number) => at % pdf.length;
  switch (change.kind) {
    case "flip": {
      const copy = Buffer.from(pdf);
      for (const { at, change: bits } of change.places) copy[within(at)] = (copy[within(at)] ?? 0) ^ bits;
      return copy;
    }
    case "truncate":
      return pdf.subarray(0, within(change.at));
    case "delete":
      return Buffer.concat([
        pdf.subarray(0, within(change.at)),
        pdf.subarray(within(change.at) + change.length),
      ]);
    case "insert":
      return Buffer.concat([
        pdf.subarray(0, within(change.at)),
        change.bytes,
        pdf.subarray(within(change.at)),
      ]);
    case "copy": {
      const copy = Buffer.from(pdf);
      pdf.copy(copy, within(change.to), within(change.from), within(change.from) + change.length);
      return copy;
    }
    case "swap objects":
      return swapped(pdf, /(?<=\d 0 obj\n)[\s\S]*?(?=\nendobj)/g, change.a, change.b);
    case "swap references":
      return swapped(pdf, /(?<!\d)\d{1,6} 0 R/g, change.a, change.b);
    case "renumber":
      return renumbered(pdf, change.which, change.by);
    case "append":
      return Buffer.concat([pdf, change.bytes]);
  }
}

function swapped(pdf: Buffer, pattern: RegExp, a: number, b: number): Buffer {
  const text = pdf.toString("latin1");
  const found = [...text.matchAll(pattern)];
  const [first, second] = [found[a % found.length], found[b % found.length]].sort(
    (x, y) => (x?.index ?? 0) - (y?.index ?? 0),
  );
  if (first === undefined || second === undefined) return pdf;
  const between = text.slice(first.index + first[0].length, second.index);
  const after = text.slice(second.index + second[0].length);
  if (first.index === second.index) return pdf;
  return Buffer.from(text.slice(0, first.index) + second[0] + between + first[0] + after, "latin1");
}

function renumbered(pdf: Buffer, which: number, by: number): Buffer {
  const text = pdf.toString("latin1");
  const numbers = [...text.matchAll(/\d+/g)];
  const chosen = numbers[which % numbers.length];
  if (chosen === undefined) return pdf;
  const value = String(Math.max(0, Number(chosen[0].slice(-9)) + by)).padStart(chosen[0].length, "0");
  return Buffer.from(
    text.slice(0, chosen.index) + value + text.slice(chosen.index + chosen[0].length),
    "latin1",
  );
}

/**
 * May this file pass? Only if every byte that one of the base's signatures answers for is as it was: what
 * differs then lies in the place reserved for the signature, or behind the signed bytes.
 */
export function mayPass(base: MutationBase, bytes: Buffer): boolean {
  const same = (from: number, to: number) => base.pdf.subarray(from, to).equals(bytes.subarray(from, to));
  return base.covered.some(({ holeStart, holeEnd, end }) => same(0, holeStart) && same(holeEnd, end));
}

/** What a reader sees, by another program than ours: the text of each page. */
export async function shownText(pdf: Buffer): Promise<readonly string[]> {
  library ??= PDFiumLibrary.init();
  const document = await (await library).loadDocument(pdf);
  try {
    return [...document.pages()].map((page) => page.getText());
  } finally {
    document.destroy();
  }
}
let library: Promise<PDFiumLibrary> | undefined;

/** A mutant that the judge passes although it should not: undefined when all is well. */
export async function wronglyPassed(
  mutant: Mutant,
  judge: (pdf: Buffer) => Promise<{ verdict: string }>,
): Promise<string | undefined> {
  const bytes = mutated(mutant);
  const { verdict } = await judge(bytes);
  if (verdict !== "PASSED") return undefined;
  const base = baseOf(mutant);
  if (!mayPass(base, bytes)) return "signed bytes differ";
  const [then, now] = await Promise.all([shownText(base.pdf), shownText(bytes)]);
  return JSON.stringify(then) === JSON.stringify(now) ? undefined : "it shows something else";
}
