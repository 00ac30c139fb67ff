import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { anchorsFromPem } from "../pdf-evidence/trust/anchor-list.ts";
import { reviewedAnchors } from "../pdf-evidence/trust/reviewed-anchors.ts";
import type { TrustAnchors } from "../pdf-evidence/trust/trust-anchors.ts";
import { maximumFileBytes, PdfJudge, unread } from "../shared/adapters/pdf/pdf-judge.ts";
import { agreementKinds } from "../shared/domain/agreement/kind.ts";
import type { Expected } from "../shared/domain/judgement/rule.ts";
import { isCvr, parseCvr } from "../shared/domain/organisation/cvr-number.ts";

const usage = `usage: npm run -s inspect -- [--cvr N] [--kind ${agreementKinds.join("|")}] [--anchors FILE.json] [--now ISO] FILE…`;

/** The command was called in a way it does not understand; the message says how. */
class WrongUse extends Error {
  override readonly name = "WrongUse";
}

interface Wish {
  files: readonly { path: string; bytes: number }[];
  expected: Expected;
  anchors: TrustAnchors;
  /** Epoch ms; undefined: the moment each file is read. */
  now: number | undefined;
}

async function readWish(args: readonly string[]): Promise<Wish> {
  const { values, positionals } = parseCommandLine(args);
  if (positionals.length === 0) throw new WrongUse("no file given");
  const kind = z.enum(agreementKinds).optional().safeParse(values.kind);
  if (!kind.success) throw new WrongUse(`--kind ${values.kind}: none of ${agreementKinds.join(", ")}`);
  return {
    expected: { kind: kind.data, ...readCvr(values.cvr) },
    anchors: values.anchors === undefined ? reviewedAnchors() : await readAnchors(values.anchors),
    now: readNow(values.now),
    files: await Promise.all(positionals.map(measure)),
  };
}

function parseCommandLine(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { cvr: text, kind: text, anchors: text, now: text },
    });
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : "unknown option");
  }
}

function readCvr(given: string | undefined): Pick<Expected, "cvr"> {
  if (given === undefined) return {};
  const cvr = parseCvr(given);
  if (!isCvr(cvr)) throw new WrongUse(`--cvr ${given}: no CVR number`);
  return { cvr };
}

function readNow(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const now = Date.parse(given);
  if (Number.isNaN(now)) throw new WrongUse(`--now ${given}: not a time in ISO 8601`);
  return now;
}

/** In place of the reviewed anchors, so that a file can be judged by the roots somebody names. */
async function readAnchors(path: string): Promise<TrustAnchors> {
  try {
    const pems = z.array(z.string()).parse(JSON.parse(await readFile(path, "utf8")));
    return { anchors: anchorsFromPem(pems, path), platformSeals: [] };
  } catch {
    throw new WrongUse(`--anchors ${path}: not a JSON array of PEM certificates`);
  }
}

async function measure(path: string): Promise<Wish["files"][number]> {
  try {
    const found = await stat(path);
    if (found.isFile()) return { path, bytes: found.size };
  } catch {
    // Told below, like a folder.
  }
  throw new WrongUse(`${path}: no such file`);
}

async function inspect(file: Wish["files"][number], wish: Wish, judge: PdfJudge): Promise<string> {
  const started = performance.now();
  const { judgement } = await judgeFile(file, wish, judge);
  return JSON.stringify({ file: file.path, ...judgement, ms: Math.round(performance.now() - started) });
}

async function judgeFile(file: Wish["files"][number], wish: Wish, judge: PdfJudge) {
  if (file.bytes > maximumFileBytes) return unread(file.bytes, "FILE_TOO_LARGE");
  try {
    const bytes = await readFile(file.path);
    return await judge.judge(bytes, { ...wish.expected, now: wish.now ?? Date.now() });
  } catch {
    return unread(file.bytes, "COULD_NOT_BE_READ_SAFELY", "file");
  }
}

async function main(): Promise<void> {
  const wish = await readWish(process.argv.slice(2));
  const judge = new PdfJudge({ anchors: wish.anchors, drawsFirstPage: false });
  // A reader of our lines that went away, as `head` does, is no error.
  process.stdout.on("error", () => process.exit(0));
  for (const file of wish.files) {
    const line = await inspect(file, wish, judge);
    if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
  }
  await judge.close();
}

try {
  await main();
} catch (error) {
  if (!(error instanceof WrongUse)) throw error;
  console.error(`${error.message}\n${usage}`);
  process.exitCode = 2;
}
