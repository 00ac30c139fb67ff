import * as z from "zod/mini";
import type { Errand, OutboxItem } from "../../../domain/errands/errand.ts";
import { type MailRecord, mailStates } from "../../../domain/errands/mail-record.ts";
import type { MailNameOf, MailsOf } from "../../../domain/errands/mails.ts";
import type { OwnerKind, PersonId, TaskId } from "../../../domain/owner.ts";
import { emailAddress, idOf, moment } from "./brands.ts";

/** Mails and errands as they are stored: each mail with what its text looks up, and nothing else. */

const nothing = z.strictObject({});
const shared = {
  "task-opened": z.strictObject({ taskId: idOf<TaskId>(), renewed: z.optional(z.literal(true)) }),
  "link-locked": z.strictObject({ purpose: z.enum(["decision", "task"]), approverId: idOf<PersonId>() }),
};
const round = z.int().check(z.positive());

const mailSubjects = {
  case: {
    ...shared,
    "confirm-contact": nothing,
    closed: nothing,
    receipt: nothing,
    "status-link-again": nothing,
    "upload-rejected": z.strictObject({ versionId: z.string() }),
    "decision-request": z.strictObject({ round, renewed: z.optional(z.literal(true)) }),
    "decided-by-other": z.strictObject({ round }),
    "sent-back": z.strictObject({ reasonId: idOf<PersonId>() }),
    declined: nothing,
    expired: nothing,
    withdrawn: nothing,
    "round-ended": z.strictObject({ round }),
  },
  member: {
    ...shared,
    welcome: nothing,
    "invoice-copy": z.strictObject({ invoiceNumber: z.int().check(z.positive()) }),
  },
  run: {
    ...shared,
    "plan-request": z.strictObject({ round }),
    "run-confirmed": z.strictObject({ round }),
    "run-cancelled": z.strictObject({ round }),
    "run-stopped": z.strictObject({ at: moment }),
    "run-report": z.strictObject({ round }),
  },
  office: shared,
} as const satisfies {
  [Kind in OwnerKind]: {
    [Name in MailNameOf<Kind>]: z.ZodMiniType<MailsOf[Kind][Name & keyof MailsOf[Kind]]>;
  };
};

const recipientRole = z.enum(["contact", "secretary", "chair"]);
export const recipient = z.object({ role: recipientRole, address: emailAddress });
const sequence = z.int().check(z.nonnegative());
const outboxPlace = { sequence, since: moment };

/** One schema a mail, so that a subject is read as what its own mail looks up. */
function eachMail<Kind extends OwnerKind, Shape extends z.core.$ZodShape>(kind: Kind, shape: Shape) {
  const subjects: Readonly<Record<string, z.ZodMiniType>> = mailSubjects[kind];
  const [first, ...others] = Object.entries(subjects).map(([mail, subject]) =>
    z.object({ ...shape, mail: z.literal(mail), step: z.string(), subject }),
  );
  if (!first) throw new RangeError(`${kind} owes no mail`);
  return z.discriminatedUnion("mail", [first, ...others]);
}

function errandsOf<Kind extends OwnerKind>(kind: Kind) {
  const schema = z.union([
    eachMail(kind, { ...outboxPlace, type: z.literal("mail"), to: recipient }),
    z.object({
      ...outboxPlace,
      type: z.enum(["wake", "start", "close-rivals"] satisfies Exclude<Errand["type"], "mail">[]),
    }),
    z.object({ ...outboxPlace, type: z.literal("file-invoice"), invoiceNumber: z.int().check(z.positive()) }),
  ]);
  // Names and subjects come from the table above, which the types hold to MailsOf.
  return schema as unknown as z.ZodMiniType<OutboxItem<Kind>>;
}

function linesOf<Kind extends OwnerKind>(kind: Kind) {
  const schema = eachMail(kind, {
    ledgerKey: z.string(),
    role: recipientRole,
    recipientHash: z.string(),
    claimedAt: moment,
    state: z.enum(mailStates),
    messageId: z.optional(z.string()),
    settledAt: z.optional(moment),
    noted: z.optional(z.array(z.string())),
  });
  return schema as unknown as z.ZodMiniType<MailRecord<Kind>>;
}

/** What lies under OUTBOX# and MAIL# in the file of each kind of owner. */
export const errandItem: { [Kind in OwnerKind]: z.ZodMiniType<OutboxItem<Kind>> } = {
  case: errandsOf("case"),
  member: errandsOf("member"),
  run: errandsOf("run"),
  office: errandsOf("office"),
};
export const mailItem: { [Kind in OwnerKind]: z.ZodMiniType<MailRecord<Kind>> } = {
  case: linesOf("case"),
  member: linesOf("member"),
  run: linesOf("run"),
  office: linesOf("office"),
};
