import type { IncomingMessage } from "node:http";
import { Temporal } from "temporal-polyfill";
import * as z from "zod";
import type { ClockMove } from "../../embedded-aws/clock/clock-move.ts";
import { bounceOf, bounceTypes } from "../../embedded-aws/ses/bounces.ts";

/** A call of the local control that can't be met; `status` is HTTP's. */
export class ControlRefusal extends Error {
  override name = "ControlRefusal";
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A posted body, and whether it came from a form of the page (which wants the page back). */
export interface Posted {
  fields: unknown;
  form: boolean;
}

/**
 * Reads a JSON or form body. Another site's page may not post here: a browser names where a form comes from.
 */
export async function readPosted(request: IncomingMessage): Promise<Posted> {
  const { origin, host } = request.headers;
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)) {
    throw new ControlRefusal(403, "another site may not move this world");
  }
  const body = await readText(request);
  const form = (request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
  if (form) return { fields: Object.fromEntries(new URLSearchParams(body)), form };
  try {
    return { fields: JSON.parse(body), form };
  } catch {
    throw new ControlRefusal(400, "the body is neither JSON nor a form");
  }
}

/** As much as a function's event may be; nobody here has more to say. */
const bodyLimitBytes = 6 * 1024 * 1024;

/** Reads on past the limit and drops it, so that the refusal arrives. */
async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= bodyLimitBytes) chunks.push(chunk as Buffer);
  }
  if (bytes > bodyLimitBytes) throw new ControlRefusal(413, "the body is over 6 MB");
  return Buffer.concat(chunks).toString();
}

const clockMove = z.union([
  z.object({ advance: z.string().min(1) }),
  z.object({ to: z.string().min(1) }),
  // What a datetime-local field sends: a Copenhagen wall clock without its offset.
  z.object({ local: z.string().min(1) }),
]);

/** `{ advance }` or `{ to }`, or the page's own `{ local }`. Throws ControlRefusal 400. */
export function parseClockMove(fields: unknown): ClockMove {
  const move = parse(clockMove, fields);
  if (!("local" in move)) return move;
  try {
    const local = Temporal.PlainDateTime.from(move.local);
    return { to: local.toZonedDateTime("Europe/Copenhagen").toInstant().toString() };
  } catch {
    throw new ControlRefusal(400, `${move.local} is no date and time`);
  }
}

const mailId = z.string().min(1);

/** What becomes of a mail; a bounce is Permanent unless said, and of a subtype that SES has. */
export const mailEventBody = z.discriminatedUnion("event", [
  z.object({ mailId, event: z.literal("complaint") }),
  z
    .object({
      mailId,
      event: z.literal("bounce"),
      type: z.enum(bounceTypes).optional(),
      subType: z.string().min(1).optional(),
    })
    .transform(({ type, subType, ...said }, context) => {
      const bounce = bounceOf(type, subType);
      if (bounce) return { ...said, bounce };
      context.issues.push({ code: "custom", input: subType, message: "SES knows no bounce of that subtype" });
      return z.NEVER;
    }),
]);

export const redeliverBody = z.object({
  key: z.string().min(1),
  versionId: z.string().min(1).optional(),
  times: z.coerce.number().int().min(1).max(1000),
});

export function parse<Output>(schema: z.ZodType<Output>, fields: unknown): Output {
  const parsed = schema.safeParse(fields);
  if (!parsed.success) throw new ControlRefusal(400, z.prettifyError(parsed.error));
  return parsed.data;
}
