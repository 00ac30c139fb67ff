import * as z from "zod/mini";
import { membershipKinds } from "../../../domain/agreement/kind.ts";
import type { PlanObstacle, RunPlan } from "../../../domain/dues/dues-plan.ts";
import type { DuesRun } from "../../../domain/dues/dues-run.ts";
import type { PersonId, RunId } from "../../../domain/owner.ts";
import { idOf, moment } from "./brands.ts";
import { round } from "./stored-case.ts";

/** A run as it is stored; the lines of its plan lie apart, under the plan's hash. */

const count = z.int().check(z.nonnegative());
const obstacle = z.discriminatedUnion("code", [
  z.object({ code: z.literal("RATE_NOT_DECIDED"), kind: z.enum(membershipKinds) }),
  z.object({ code: z.literal("PAYEE_NOT_CONFIRMED") }),
]) satisfies z.ZodMiniType<PlanObstacle>;

const plan = z.object({
  sha256: z.string(),
  plannedAt: moment,
  chunks: count,
  summary: z.object({
    lines: count,
    charged: count,
    netOere: count,
    vatOere: count,
    totalOere: count,
    lastYearOere: count,
    fullYears: count,
    halfYears: count,
    notReady: count,
    alreadyInvoiced: count,
    nothingDue: count,
    obstacles: z.array(obstacle),
  }),
}) satisfies z.ZodMiniType<RunPlan>;

const identity = { id: idOf<RunId>(), year: z.int() };
const confirmed = {
  ...identity,
  plan,
  held: z.object({ memberNumbers: z.array(z.string()), reasonId: z.optional(idOf<PersonId>()) }),
  confirmedAt: moment,
};

export const storedRun = z.discriminatedUnion("status", [
  z.object({ ...identity, status: z.literal("planning") }),
  z.object({ ...identity, status: z.literal("awaiting-confirmation"), plan, round }),
  z.object({ ...confirmed, status: z.literal("waiting"), sendsAt: moment }),
  z.object({ ...confirmed, status: z.literal("charging") }),
  z.object({
    ...confirmed,
    status: z.literal("reported"),
    reportedAt: moment,
    report: z.object({ sent: count, sentOere: count, held: count, changed: count, failed: count }),
  }),
  z.object({ ...confirmed, status: z.literal("stopped"), stoppedAt: moment }),
  z.object({ ...identity, status: z.literal("cancelled"), plan, reasonId: idOf<PersonId>() }),
]) satisfies z.ZodMiniType<DuesRun>;
