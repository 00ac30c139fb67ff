import * as z from "zod/mini";
import { type AgreementCase, holdReasons } from "../../../domain/agreement/agreement-case.ts";
import { agreementKinds, languages } from "../../../domain/agreement/kind.ts";
import { stages } from "../../../domain/filing/round.ts";
import type { CaseId, MemberId, PersonId, TaskId } from "../../../domain/owner.ts";
import { cvr, idOf, moment } from "./brands.ts";

const stage = z.enum(stages);
const archived = z.object({ key: z.string(), versionId: z.string() });
const upload = z.object({ versionId: z.string().check(z.minLength(1)), sha256: z.string() });
export const round = z.object({
  number: z.int().check(z.positive()),
  stage,
  openedAt: moment,
  expiresAt: moment,
});

const awaited = z.strictObject({ until: moment, source: z.string() });
const given = z.strictObject({ at: moment });

const facts = z.object({
  id: idOf<CaseId>(),
  caseNumber: z.string(),
  kind: z.enum(agreementKinds),
  cvr,
  language: z.enum(languages),
  openedAt: moment,
  since: moment,
  rounds: z.int().check(z.nonnegative()),
  hold: z.optional(z.object({ taskId: idOf<TaskId>(), since: moment, reason: z.enum(holdReasons) })),
  confirmation: z.union([awaited, given]),
});

const status = <Status extends AgreementCase["status"], Shape extends z.core.$ZodShape>(
  name: Status,
  shape: Shape,
) => z.extend(facts, { status: z.literal(name), ...shape });

/** A case as it is stored: each status with what belongs to it and nothing else. */
export const storedCase = z.discriminatedUnion("status", [
  status("awaiting-upload", {
    lapsesAt: moment,
    returned: z.optional(z.object({ stage, reasonId: idOf<PersonId>() })),
  }),
  status("under-review", { upload }),
  status("rejected", { upload, lapsesAt: moment }),
  status("awaiting-confirmation", { upload, confirmation: awaited }),
  status("awaiting-secretariat", { upload, round, confirmation: given }),
  status("endorsed", { upload, confirmation: given }),
  status("awaiting-chair", { upload, round, confirmation: given }),
  status("approved", {
    upload,
    confirmation: given,
    approvedAt: moment,
    archived: z.optional(archived),
  }),
  status("admitted", { upload, memberId: idOf<MemberId>(), archived, confirmation: given }),
  status("declined", { stage, reasonId: idOf<PersonId>(), confirmation: given }),
  status("expired", { expired: z.enum(["upload", ...stages]) }),
  status("withdrawn", {}),
  status("closed", {
    confirmation: given,
    closing: z.discriminatedUnion("reason", [
      z.object({ reason: z.literal("closed-by-secretariat"), reasonId: idOf<PersonId>() }),
      z.object({ reason: z.literal("another-admitted") }),
    ]),
  }),
]) satisfies z.ZodMiniType<AgreementCase>;
