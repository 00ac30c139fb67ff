import { createHash } from "node:crypto";
import { mailStatusLinkAgain } from "../../shared/casework/mail-status-link-again.ts";
import { parseApplication, unflatten } from "../../shared/contracts/application.ts";
import type { Application, FieldError } from "../../shared/domain/agreement/application.ts";
import { type AgreementKind, kindNamed, type Language } from "../../shared/domain/agreement/kind.ts";
import { open } from "../../shared/domain/agreement/transitions.ts";
import { copenhagenDate } from "../../shared/domain/calendar/copenhagen-date.ts";
import { caseMail } from "../../shared/domain/errands/mail-errands.ts";
import type { NewId } from "../../shared/domain/filing/change.ts";
import type { ContactRecord, SignerRecord } from "../../shared/domain/filing/person.ts";
import { type CaseId, ownerOf, type PersonId } from "../../shared/domain/owner.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import { type HttpRequest, isForeignOrigin } from "../../shared/http/request.ts";
import { ROUTES } from "../../shared/http/routes.ts";
import { applicationFormPage } from "../../shared/pages/application-form-page.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import {
  type RefusedApplication,
  refusedApplicationPage,
} from "../../shared/pages/refused-application-page.ts";
import type { Cases, Repeat, Repeated, Standing } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";
import type { Limits } from "../../shared/ports/limits.ts";
import type { LinkTokens } from "../../shared/ports/link-tokens.ts";
import type { Links } from "../../shared/ports/links.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";
import { fieldErrorMessage } from "../../shared/words/field-errors.ts";

export interface SubmitApplicationDependencies {
  cases: Cases;
  tokens: LinkTokens;
  links: Pick<Links, "find" | "put">;
  documents: Pick<DocumentStore, "presignUpload">;
  limits: Limits;
  settings: SettingsSource;
  clock: Clock;
  newId: NewId;
  assets: AssetUrls;
  baseUrl: string;
}

/** What came of an application, before it is put as a page or as JSON. */
type Submission =
  | { kind: "opened"; caseId: CaseId; caseNumber: string; token: string }
  | { kind: "invalid"; errors: readonly FieldError[]; language: Language }
  | { kind: "open-case-exists" | "already-member"; of: AgreementKind }
  /** The key was used for something else. */
  | { kind: "another-body" }
  | { kind: "limit"; retryAfterSeconds: number };

/** `POST /agreements` (a form, answered with pages) and `POST /api/agreements` (JSON, answered with JSON). */
export async function submitApplication(
  request: HttpRequest,
  dependencies: SubmitApplicationDependencies,
): Promise<Reply> {
  const json = request.route === ROUTES.submitJson;
  const now = dependencies.clock.now();
  if (isForeignOrigin(request, dependencies.baseUrl))
    return errorReply("foreign-origin", request, dependencies.assets);
  // A browser sends any other type across origins without asking us first.
  if (json && request.contentType !== "application/json")
    return { outcome: "not-json", json: { code: "NOT_JSON" } };
  const fields = new URLSearchParams(json ? "" : request.body);
  const input = json ? parsedJson(request.body) : { language: request.language, ...unflatten(fields) };
  const submission = await submit(request, input, dependencies, now);
  return json ? asJson(submission, dependencies) : asPage(submission, request, fields, dependencies, now);
}

function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Not JSON at all: every field is then missing, and the answer says so field by field.
    return undefined;
  }
}

async function submit(
  request: HttpRequest,
  input: unknown,
  dependencies: SubmitApplicationDependencies,
  now: number,
): Promise<Submission> {
  const byAddress = await dependencies.limits.hit("forms-per-address", request.address, now);
  if (!byAddress.allowed) return { kind: "limit", retryAfterSeconds: byAddress.retryAfterSeconds };
  const parsed = parseApplication(input);
  if ("errors" in parsed)
    return { kind: "invalid", errors: parsed.errors, language: languageOf(input, request.language) };
  const key = request.route === ROUTES.submitJson ? request.idempotencyKey : nonceIn(request.body);
  const repeat = key ? repeatOf(key, request.address, parsed.application, now) : undefined;
  const before = repeat && (await dependencies.cases.repeated(repeat.keyHash, now));
  if (repeat && before) return answerAgain(repeat, before, dependencies, now);
  const byCvr = await dependencies.limits.hit(
    "forms-per-cvr",
    `${parsed.application.organisation.cvr} ${request.address}`,
    now,
  );
  if (!byCvr.allowed) return { kind: "limit", retryAfterSeconds: byCvr.retryAfterSeconds };
  return openCase(parsed.application, request.address, repeat, dependencies, now);
}

function languageOf(input: unknown, otherwise: Language): Language {
  const asked =
    typeof input === "object" && input !== null && "language" in input ? input.language : undefined;
  return asked === "da" || asked === "en" ? asked : otherwise;
}

/** A case that nobody has answered for yet: the contact's address gets one text, and nobody else hears of it. */
async function openCase(
  application: Application,
  address: string,
  repeat: Repeat | undefined,
  dependencies: SubmitApplicationDependencies,
  now: number,
): Promise<Submission> {
  const { cases, tokens, settings, newId } = dependencies;
  const { kind, language, organisation } = application;
  const applying = { kind, cvr: organisation.cvr, contact: application.contact.email };
  // Looked at before a number is taken, so that those who are told no use none up.
  const standing = await cases.standing(applying);
  if (standing.kind !== "free") return notOpened(standing, kind, dependencies, now);
  const year = Number(copenhagenDate(now).slice(0, 4));
  const caseNumber = `A-${year}-${String(await cases.nextCaseNumber(year)).padStart(4, "0")}`;
  const { deadlines } = await settings.at(now);
  const id = newId() as CaseId;
  const signer: SignerRecord = { id: newId() as PersonId, role: "signer", ...application.signer };
  const contact: ContactRecord = { id: newId() as PersonId, role: "contact", ...application.contact };
  const { token, linkHash } = await tokens.mint("status", repeat && wordsOf(repeat));
  const opened = await cases.open({
    case: open(
      { id, caseNumber, kind, cvr: organisation.cvr, language },
      { by: "submitter", source: sourceHash(address) },
      now,
      deadlines,
    ),
    organisation,
    signer,
    contact,
    statusLink: { purpose: "status", linkHash, owner: ownerOf("case", id), issuedAt: now },
    repeat,
    audit: [{ code: "APPLICATION_RECEIVED", at: now, actor: "submitter", details: { kind, caseNumber } }],
    errands: [caseMail({ role: "contact", address: application.contact.email }, "confirm-contact", "1", {})],
  });
  if (opened.kind === "repeated" && repeat) return answerAgain(repeat, opened, dependencies, now);
  if (opened.kind === "repeated") throw new TypeError("repeated without a key");
  if (opened.kind !== "opened") return notOpened(opened, kind, dependencies, now);
  return { kind: "opened", caseId: id, caseNumber, token };
}

const day = 24 * 60 * 60 * 1000;
const longestKey = 200;

function nonceIn(body: string): string | null {
  return new URLSearchParams(body).get("nonce");
}

/** By caller as well: a key that is easily guessed must not open somebody else's case to whoever guesses it. */
function repeatOf(key: string, address: string, application: Application, now: number): Repeat {
  const hashed = (text: string) => createHash("sha256").update(text).digest("hex");
  return {
    keyHash: hashed(`${address}\n${key.slice(0, longestKey)}`),
    bodyHash: hashed(JSON.stringify(application)),
    until: now + day,
  };
}

const wordsOf = ({ keyHash, bodyHash }: Repeat) => `${keyHash}\n${bodyHash}`;

/** The same answer as before, with a fresh policy; the link is made again rather than kept. */
async function answerAgain(
  repeat: Repeat,
  { caseId, bodyHash }: Repeated,
  { cases, tokens, links }: SubmitApplicationDependencies,
  now: number,
): Promise<Submission> {
  if (bodyHash !== repeat.bodyHash) return { kind: "another-body" };
  const file = await cases.read(caseId);
  const { token, linkHash } = await tokens.mint("status", wordsOf(repeat));
  // Under a key that has been changed since, the same words give another link.
  if (!(await links.find(linkHash)))
    await links.put({ purpose: "status", linkHash, owner: ownerOf("case", caseId), issuedAt: now });
  return { kind: "opened", caseId, caseNumber: file?.case.caseNumber ?? "", token };
}

async function notOpened(
  standing: Exclude<Standing, { kind: "free" }>,
  of: AgreementKind,
  dependencies: SubmitApplicationDependencies,
  now: number,
): Promise<Submission> {
  if (standing.kind === "open-case-exists")
    await mailStatusLinkAgain(dependencies.cases, standing.caseId, now);
  return { kind: standing.kind, of };
}

/** Tells where applications come from without saying where: only so that mail is shared out fairly. */
function sourceHash(address: string): string {
  return createHash("sha256").update(`source\n${address}`).digest("hex").slice(0, 16);
}

async function asJson(
  submission: Submission,
  { documents, baseUrl }: SubmitApplicationDependencies,
): Promise<Reply> {
  switch (submission.kind) {
    case "opened":
      return {
        outcome: "created",
        json: {
          agreementId: submission.caseId,
          caseNumber: submission.caseNumber,
          statusUrl: `${baseUrl}/agreements/${submission.token}`,
          upload: await documents.presignUpload(submission.caseId, { status: 201 }),
        },
      };
    case "invalid":
      return {
        outcome: "malformed",
        json: {
          errors: submission.errors.map((error) => ({
            ...error,
            message: fieldErrorMessage(error, submission.language),
          })),
        },
      };
    case "open-case-exists":
      return { outcome: "conflict", json: { code: "OPEN_CASE_EXISTS" } };
    case "another-body":
      return { outcome: "conflict", json: { code: "IDEMPOTENCY_KEY_REUSED" } };
    case "already-member":
      return { outcome: "conflict", json: { code: "ALREADY_MEMBER" } };
    case "limit":
      return {
        outcome: "too-many",
        json: { code: "TOO_MANY_REQUESTS" },
        retryAfterSeconds: submission.retryAfterSeconds,
      };
  }
}

async function asPage(
  submission: Submission,
  request: HttpRequest,
  fields: URLSearchParams,
  { settings, assets }: SubmitApplicationDependencies,
  now: number,
): Promise<Reply> {
  const { sender } = await settings.at(now);
  const kind = kindNamed(fields.get("kind"));
  if (kind === undefined)
    return errorReply(submission.kind === "limit" ? "too-many" : "no-kind", request, assets);
  // A form that was posted has no address to come back to but the one it was filled in at.
  const chrome = {
    ...chromeOf(request, assets, sender),
    path: `/agreements/new?kind=${kind}&lang=${request.language}`,
  };
  const refused = (why: RefusedApplication) => refusedApplicationPage({ why, kind }, chrome);
  switch (submission.kind) {
    case "opened": {
      const language = request.language === "en" ? "?lang=en" : "";
      return { outcome: "see-other", location: `/agreements/${submission.token}/upload${language}` };
    }
    case "invalid":
      return {
        outcome: "malformed",
        page: applicationFormPage(
          {
            kind,
            values: Object.fromEntries(fields),
            errors: submission.errors,
            nonce: fields.get("nonce") ?? undefined,
          },
          chrome,
        ),
      };
    case "limit":
      return {
        outcome: "too-many",
        page: refused("too-many"),
        retryAfterSeconds: submission.retryAfterSeconds,
      };
    default:
      return { outcome: "conflict", page: refused(submission.kind) };
  }
}
