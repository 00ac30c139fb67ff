import type * as z from "zod";
import type { CaseFile } from "../../../domain/agreement/case-file.ts";
import {
  auditItem,
  caseItem,
  errandItem,
  mailItem,
  parseItem,
  personItem,
  roundItem,
  taskItem,
  uploadItem,
  waitItem,
} from "./items.ts";
import { caseItemPrefixes } from "./keys.ts";
import type { RawItem } from "./table.ts";

/**
 * Builds a case file from the items of its partition, or nothing when there is no case in it.
 * Rounds, audit and outbox come in the order of their keys; uploads, tasks and mails in the order of time.
 * @throws ItemDoesNotParse
 */
export function caseFileFrom(items: readonly RawItem[]): CaseFile | undefined {
  const stored = items.find((item) => item["sk"] === "CASE");
  if (!stored) return undefined;
  const all = <Output>(kind: keyof typeof caseItemPrefixes, schema: z.ZodType<Output>): Output[] =>
    items
      .filter((item) => String(item["sk"]).startsWith(caseItemPrefixes[kind]))
      .map((item) => parseItem(schema, item));
  const { case: agreement, ...rest } = parseItem(caseItem, stored);
  return {
    ...rest,
    case: agreement,
    persons: new Map(all("person", personItem).map((person) => [person.id, person])),
    uploads: all("upload", uploadItem).sort((a, b) => a.registeredAt - b.registeredAt),
    rounds: all("round", roundItem),
    tasks: all("task", taskItem).sort((a, b) => a.since - b.since),
    audit: all("audit", auditItem),
    outbox: all("errand", errandItem),
    mails: all("mail", mailItem).sort((a, b) => a.claimedAt - b.claimedAt),
    waits: new Map(
      all("wait", waitItem).map(({ versionId, token, storedAt }) => [versionId, { token, storedAt }]),
    ),
  };
}
