import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as z from "zod";
import { anchorList } from "../pdf-evidence/trust/anchor-list.ts";
import { anchorLines, signersOf } from "./trusted-list/read-list.ts";
import { authenticList, ListNotAuthentic } from "./trusted-list/verify-list.ts";

/**
 * Turns the EU trusted list of one country into anchors (docs/trust-anchors.md):
 *
 *     node commands/import-trusted-list.ts --lotl eu-lotl.xml --lotl-signers signers.json \
 *       --list dk-tl.xml --territory DK --reviewed-by "Name" --on 2026-11-23 [--into FILE.json]
 *
 * Prints what was added, changed or left out of the list; a person reviews that and commits it.
 */
const ANCHORS = fileURLToPath(new URL("../pdf-evidence/trust/anchors.json", import.meta.url));
const USAGE =
  "--lotl FILE --lotl-signers FILE --list FILE --territory DK --reviewed-by NAME --on YYYY-MM-DD [--into FILE]";

const options = z
  .strictObject({
    lotl: z.string(),
    "lotl-signers": z.string(),
    list: z.string(),
    territory: z.string().regex(/^[A-Z]{2}$/),
    "reviewed-by": z.string().min(1),
    on: z.iso.date(),
    into: z.string().default(ANCHORS),
  })
  .safeParse(readArguments());
if (!options.success) {
  console.error(`import-trusted-list ${USAGE}`);
  process.exit(2);
}
const { lotl, list, territory, on, into } = options.data;

try {
  const pinned = z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .min(1)
    .parse(JSON.parse(readFileSync(options.data["lotl-signers"], "utf8")));
  const listOfLists = authenticList(readFileSync(lotl, "utf8"), new Set(pinned));
  const national = authenticList(readFileSync(list, "utf8"), signersOf(listOfLists, territory));
  const lines = anchorLines(national, { on, by: options.data["reviewed-by"] });
  const before = anchorList.parse(JSON.parse(readFileSync(into, "utf8")));
  const isOfThisList = (source: string) => source.startsWith(`EU trusted list ${territory},`);
  const others = before.anchors.filter(({ source }) => !isOfThisList(source));
  const known = new Set(
    before.anchors.filter(({ source }) => isOfThisList(source)).map(({ sha256 }) => sha256),
  );
  const after = anchorList.parse({ ...before, anchors: [...others, ...lines] });
  writeFileSync(into, `${JSON.stringify(after, null, 2)}\n`);
  for (const { name, sha256, uses, trustedFrom, trustedUntil } of lines) {
    console.log(
      `${known.delete(sha256) ? "kept " : "added"} ${sha256.slice(0, 16)} ${uses.join("+")} ${trustedFrom ?? ""}–${trustedUntil ?? ""} ${name}`,
    );
  }
  for (const sha256 of known) console.log(`gone  ${sha256.slice(0, 16)}`);
} catch (error) {
  if (!(error instanceof ListNotAuthentic)) throw error;
  console.error(`Refused: ${error.message}. Nothing was changed.`);
  process.exit(1);
}

function readArguments(): Record<string, unknown> {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({
      options: {
        lotl: text,
        "lotl-signers": text,
        list: text,
        territory: text,
        "reviewed-by": text,
        on: text,
        into: text,
      },
    });
    return values;
  } catch {
    return {};
  }
}
