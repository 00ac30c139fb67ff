import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { RunningClock } from "../../embedded-aws/clock/clock.ts";
import { resolveClockMove } from "../../embedded-aws/clock/clock-move.ts";
import type { CloudWatch } from "../../embedded-aws/cloudwatch/service.ts";
import type { LocalS3, StoredNow } from "../../embedded-aws/s3/server.ts";
import type { Mail } from "../../embedded-aws/ses/mailbox.ts";
import type { LocalSes } from "../../embedded-aws/ses/service.ts";
import type { StepFunctions } from "../../embedded-aws/step-functions/step-functions.ts";
import type { Language } from "../../shared/domain/agreement/kind.ts";
import { shownAlarm } from "./alarms.ts";
import { controlPage } from "./control-page.ts";
import type { PlacedWorkflow } from "./lay-out-workflow.ts";
import type { ShownRegister } from "./read-register.ts";
import {
  ControlRefusal,
  mailEventBody,
  type Posted,
  parse,
  parseClockMove,
  readPosted,
  redeliverBody,
} from "./requests.ts";

export interface ControlOptions {
  clock: Pick<RunningClock, "now" | "advanceTo">;
  ses: Pick<LocalSes, "mailbox" | "happen">;
  s3: Pick<LocalS3, "redeliver" | "objects" | "bytesOf">;
  stepFunctions: Pick<StepFunctions, "executions" | "definitions">;
  cloudWatch: Pick<CloudWatch, "alarms">;
  /** Members and cases, where the app that runs has a register. */
  register?: () => Promise<ShownRegister>;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

interface Call {
  /** What follows /_local, in parts. */
  path: string[];
  language: Language;
  request: IncomingMessage;
}

/** The page loads its own sheet and posts to itself; a mail is shown apart from it. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** A mail's own page: no script, no form, none of this origin's rights, and nothing loaded. */
const MAIL_POLICY =
  "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

/**
 * The local control below /_local, for people (a page) and scripts (JSON). Never deployed: it belongs to this
 * machine's stand-ins. True when it took the request.
 */
export function createControl(
  options: ControlOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const css = readFileSync(new URL("./control.css", import.meta.url), "utf8");
  let graphs: Promise<Map<string, PlacedWorkflow>> | undefined;

  const page = async ({ language }: Call): Promise<Answer> => {
    graphs ??= layOutAll(options.stepFunctions);
    const body = controlPage({
      language,
      nowMs: options.clock.now(),
      executions: options.stepFunctions.executions(),
      graphs: await graphs,
      mails: options.ses.mailbox.mails(),
      register: await options.register?.(),
    });
    return answer("text/html; charset=utf-8", body, PAGE_POLICY);
  };

  const routes: Record<string, ((call: Call) => Answer | Promise<Answer>) | undefined> = {
    "GET ": page,
    "GET control.css": () => answer("text/css; charset=utf-8", css),
    "GET ready": () => json({ ready: true }),
    "GET mail": () => json(options.ses.mailbox.mails().map(withUrls)),
    "GET executions": () => json(options.stepFunctions.executions()),
    "GET alarms": () => json(options.cloudWatch.alarms().map(shownAlarm)),
    "GET objects": () => json(options.s3.objects().map(shownObject)),
    "GET register": async () => json((await options.register?.()) ?? { members: [], cases: [] }),
    "GET clock": () => json({ now: new Date(options.clock.now()).toISOString() }),
    "POST clock": async ({ request }) => {
      const posted = await readPosted(request);
      await moveClock(options.clock, posted);
      return done(posted, { now: new Date(options.clock.now()).toISOString() });
    },
    "POST mail-event": async ({ request }) => {
      const posted = await readPosted(request);
      const said = parse(mailEventBody, posted.fields);
      const bounce = said.event === "bounce" ? said.bounce : undefined;
      if (!options.ses.happen(said.mailId, said.event, bounce))
        throw new ControlRefusal(404, "there is no such mail");
      return done(posted, said);
    },
    "POST events/redeliver": async ({ request }) => {
      const posted = await readPosted(request);
      const { versionId, ...wanted } = parse(redeliverBody, posted.fields);
      const object = versionId === undefined ? wanted : { ...wanted, versionId };
      if (!(await options.s3.redeliver(object))) throw new ControlRefusal(404, "there is no such object");
      return done(posted, object);
    },
  };

  const routeTo = (call: Call): Answer | Promise<Answer> => {
    const method = call.request.method === "HEAD" ? "GET" : (call.request.method ?? "GET");
    const route = routes[`${method} ${call.path.join("/")}`];
    if (route !== undefined) return route(call);
    if (method === "GET" && call.path[0] === "mail") return showMail(call.path, options.ses.mailbox);
    if (method === "GET" && call.path[0] === "objects") return showObject(call.path, options.s3);
    throw new ControlRefusal(404, "there is nothing here");
  };

  return async (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const language = url.searchParams.get("lang") === "en" ? "en" : "da";
    let found: Answer;
    try {
      refuseOtherHosts(request);
      found = await routeTo({ path: partsOf(url.pathname), language, request });
    } catch (error) {
      if (!(error instanceof ControlRefusal)) throw error;
      found = { ...json({ error: error.message }), status: error.status };
    }
    response.writeHead(found.status, { "cache-control": "no-store", ...found.headers });
    response.end(request.method === "HEAD" ? undefined : found.body);
    return true;
  };
}

/**
 * Any web page may give its own name this machine's address (DNS rebinding) and so become this origin to a browser:
 * then it would read mails and move the clock. The name it calls us by gives it away.
 */
function refuseOtherHosts({ headers, socket }: IncomingMessage): void {
  if (headers.host !== `127.0.0.1:${socket.localPort}`)
    throw new ControlRefusal(421, `this is 127.0.0.1:${socket.localPort} and answers to no other name`);
}

/** What follows /_local, in parts. */
function partsOf(pathname: string): string[] {
  try {
    return pathname.split("/").slice(2).map(decodeURIComponent);
  } catch {
    throw new ControlRefusal(400, "the address is not percent-encoded as addresses are");
  }
}

/** When the page is first looked at: most systems that start are never looked at, and the layout loads megabytes. */
async function layOutAll(
  stepFunctions: ControlOptions["stepFunctions"],
): Promise<Map<string, PlacedWorkflow>> {
  const [{ graphOf }, { layOutWorkflow }] = await Promise.all([
    import("./workflow-graph.ts"),
    import("./lay-out-workflow.ts"),
  ]);
  const laid = stepFunctions
    .definitions()
    .map(async ({ name, definition }) => [name, await layOutWorkflow(graphOf(definition))] as const);
  return new Map(await Promise.all(laid));
}

async function moveClock(clock: ControlOptions["clock"], { fields }: Posted): Promise<void> {
  const now = clock.now();
  let toMs: number;
  try {
    toMs = resolveClockMove(now, parseClockMove(fields));
  } catch (error) {
    if (error instanceof RangeError) throw new ControlRefusal(400, error.message);
    throw error;
  }
  // A ticking clock has gone on a little since somebody read "now" off it; its milliseconds don't count.
  if (toMs < Math.floor(now)) throw new ControlRefusal(409, "the clock goes forwards only");
  await clock.advanceTo(Math.max(toMs, clock.now()));
}

async function showMail([, id = "", part, index]: string[], mailbox: LocalSes["mailbox"]): Promise<Answer> {
  const mail = mailbox.mail(id);
  if (mail === undefined) throw new ControlRefusal(404, "there is no such mail");
  if (part === undefined) {
    return mail.html === ""
      ? answer("text/plain; charset=utf-8", mail.text, MAIL_POLICY)
      : answer("text/html; charset=utf-8", mail.html, MAIL_POLICY);
  }
  if (part === "text" && index === undefined)
    return answer("text/plain; charset=utf-8", mail.text, MAIL_POLICY);
  const attachment = part === "attachments" ? await mailbox.attachment(id, Number(index)) : undefined;
  if (attachment === undefined) throw new ControlRefusal(404, "the mail has no such part");
  const shown = answer(attachment.contentType, attachment.content, MAIL_POLICY);
  const name = `attachment; filename*=UTF-8''${encodeURIComponent(attachment.filename)}`;
  return { ...shown, headers: { ...shown.headers, "content-disposition": name } };
}

/** Of the template's buckets, what each is for, as the contract calls it. */
const bucketNames = [
  [/incoming/i, "incoming"],
  [/archive/i, "archive"],
  [/invoices/i, "invoices"],
] as const;

function shownObject({ bucket, ...object }: StoredNow) {
  const name = bucketNames.find(([pattern]) => pattern.test(bucket))?.[1] ?? bucket;
  return { bucket: name, ...object, url: `/_local/objects/${encodeURIComponent(object.versionId)}` };
}

async function showObject([, versionId = ""]: string[], s3: ControlOptions["s3"]): Promise<Answer> {
  const found = s3.objects().find((object) => object.versionId === versionId);
  const bytes = found && (await s3.bytesOf(versionId));
  if (!found || !bytes) throw new ControlRefusal(404, "there is no such object");
  return answer(found.contentType, bytes, MAIL_POLICY);
}

/** The contract's shape: an attachment says where its bytes are. */
function withUrls(mail: Mail) {
  const attachments = mail.attachments.map((attachment, index) => ({
    ...attachment,
    url: `/_local/mail/${encodeURIComponent(mail.id)}/attachments/${index}`,
  }));
  return { ...mail, attachments };
}

/** A form gets the page back, in its language; a script gets JSON. */
function done({ form, fields }: Posted, result: unknown): Answer {
  if (!form) return json(result);
  const english = typeof fields === "object" && fields !== null && "lang" in fields && fields.lang === "en";
  return { status: 303, headers: { location: english ? "/_local?lang=en" : "/_local" }, body: "" };
}

const json = (value: unknown): Answer => answer("application/json", JSON.stringify(value));

function answer(contentType: string, body: string | Buffer, policy = "default-src 'none'"): Answer {
  return {
    status: 200,
    headers: {
      "content-type": contentType,
      "content-security-policy": policy,
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
    },
    body,
  };
}
