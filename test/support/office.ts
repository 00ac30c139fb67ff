import { startClock } from "../../embedded-aws/clock/clock.ts";
import type { InvokeResult } from "../../embedded-aws/lambda/invoker.ts";
import { admitMember } from "../../functions/admit-member/admit-member.ts";
import { archiveAgreement } from "../../functions/archive-agreement/archive-agreement.ts";
import { confirmation } from "../../functions/confirm-contact/confirm-contact.ts";
import { deliverOutbox } from "../../functions/deliver-outbox/deliver-outbox.ts";
import { holdCase } from "../../functions/hold-case/hold-case.ts";
import { judgeDocument } from "../../functions/judge-document/judge-document.ts";
import { openRound } from "../../functions/open-round/open-round.ts";
import { planNextWake } from "../../functions/plan-next-wake/plan-next-wake.ts";
import { prefillApplication } from "../../functions/prefill-application/prefill-application.ts";
import { receiveScanVerdict } from "../../functions/receive-scan-verdict/receive-scan-verdict.ts";
import { recordDecision } from "../../functions/record-decision/record-decision.ts";
import { registerUpload } from "../../functions/register-upload/register-upload.ts";
import { rejectUpload } from "../../functions/reject-upload/reject-upload.ts";
import { renewLink } from "../../functions/renew-link/renew-link.ts";
import { resolveTask } from "../../functions/resolve-task/resolve-task.ts";
import { settleMail } from "../../functions/settle-mail/settle-mail.ts";
import { showCase } from "../../functions/show-case/show-case.ts";
import { showConfirmation } from "../../functions/show-confirmation/show-confirmation.ts";
import { showDecision } from "../../functions/show-decision/show-decision.ts";
import { showDocument } from "../../functions/show-document/show-document.ts";
import { showTask } from "../../functions/show-task/show-task.ts";
import { startIntake } from "../../functions/start-intake/start-intake.ts";
import { storeTaskToken } from "../../functions/store-task-token/store-task-token.ts";
import { submitApplication } from "../../functions/submit-application/submit-application.ts";
import { sweepOpenWork } from "../../functions/sweep-open-work/sweep-open-work.ts";
import { withdrawApplication } from "../../functions/withdraw-application/withdraw-application.ts";
import type { DocumentFacts } from "../../pdf-evidence/document-facts.ts";
import { newIdFrom } from "../../shared/adapters/aws/new-id.ts";
import { publicStatus } from "../../shared/domain/agreement/agreement-case.ts";
import type { ScanVerdict } from "../../shared/domain/agreement/case-file.ts";
import { judge } from "../../shared/domain/judgement/judge.ts";
import { type CaseId, type Owner, ownerText } from "../../shared/domain/owner.ts";
import type { Settings } from "../../shared/domain/settings/settings.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import type { AgreementJudge } from "../../shared/ports/agreement-judge.ts";
import type { LimitName } from "../../shared/ports/limits.ts";
import type { LaterErrands } from "../../shared/ports/outbox.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";
import type { DuesInput, IntakeInput, WorkflowResumer } from "../../shared/ports/workflows.ts";
import type { IntakeStep } from "../../workflows/agreement-intake.ts";
import type { DuesStep } from "../../workflows/annual-dues.ts";
import { aDocument } from "../domain/judgement/facts-builder.ts";
import { assemblyOf } from "../infra/cloud-assembly.ts";
import { definitionOf } from "../workflows/rehearsal.ts";
import { aMonday } from "./builders/an-application.ts";
import { duesSteps } from "./dues-steps.ts";
import { localSettings } from "./fakes/fixed-settings.ts";
import { linkTokensOfTests } from "./fakes/link-tokens-of-tests.ts";
import { MemoryCases, MemoryMembers } from "./fakes/memory-cases.ts";
import { MemoryDocumentStore } from "./fakes/memory-document-store.ts";
import { MemoryFiles, memoryFiling } from "./fakes/memory-filing.ts";
import { MemoryInvoices, plainPrinter } from "./fakes/memory-invoices.ts";
import { MemoryJudgingPapers } from "./fakes/memory-judging-papers.ts";
import { MemoryLimits } from "./fakes/memory-limits.ts";
import { MemoryLinks } from "./fakes/memory-links.ts";
import { MemoryMailLedger } from "./fakes/memory-mail-ledger.ts";
import { MemoryMailer } from "./fakes/memory-mailer.ts";
import { MemoryOutbox, MemoryWaits } from "./fakes/memory-outbox.ts";
import { MemoryPlans } from "./fakes/memory-plans.ts";
import { seededChance } from "./fakes/seeded-chance.ts";
import { openWorkflows } from "./office-workflows.ts";

const baseUrl = "https://aftale.example";
const assets = {
  stylesheet: "/assets/s.css",
  icons: "/assets/i.svg",
  script: "/assets/s.js",
  favicon: "/assets/f.svg",
  fonts: [],
};

export const secretary = "sekretaer1@os2.example";
export const otherSecretary = "sekretaer2@os2.example";
export const chair = "formand@os2.example";
export const contact = "bo@aarhus.example";

/** An application as the API takes it; state only what matters. */
export function anApplication(
  given: { kind?: string; cvr?: string; gln?: string | undefined; name?: string; language?: string } = {},
) {
  return {
    kind: given.kind ?? "member",
    organisation: {
      name: given.name ?? "Aarhus Kommune",
      cvr: given.cvr ?? "55133018",
      gln: "gln" in given ? given.gln : "5790000423408",
    },
    signer: { name: "Anna Eksempel", title: "Direktør", hasAuthority: true },
    contact: { name: "Bo Prøve", email: contact },
    language: given.language ?? "da",
  };
}

export interface OfficeOptions {
  settings?: Partial<Settings>;
  ceilings?: Partial<Record<LimitName, number>>;
  /** What the reader finds in every file. */
  facts?: Partial<DocumentFacts>;
  /** The workflow's definition; the one that deploys unless said otherwise. */
  definition?: Parameters<typeof openWorkflows>[1];
  /** Whether the malware scan answers by itself, and what. */
  scan?: ScanVerdict | "silent";
}

export type Office = Awaited<ReturnType<typeof openOffice>>;

/**
 * The whole product in memory: the functions as they deploy, the workflow's own definition, a still clock, and
 * fakes that keep the promises of the ports. What only AWS does wrong is tried elsewhere.
 */
export async function openOffice(options: OfficeOptions = {}) {
  const clock = startClock({ mode: "still", startMs: aMonday });
  const links = new MemoryLinks();
  const files = new MemoryFiles();
  const members = new MemoryMembers(files);
  const cases = new MemoryCases(files, links, members);
  const filing = { ...memoryFiling(files), case: cases, member: members };
  const ledger = new MemoryMailLedger(files);
  const documents = new MemoryDocumentStore();
  const mailer = new MemoryMailer();
  const limits = new MemoryLimits(options.ceilings);
  const tokens = linkTokensOfTests();
  let given = options.settings;
  const settings: SettingsSource = { at: async () => ({ ...localSettings, ...given }) };
  const newId = newIdFrom(seededChance("office"));
  const facts = { current: options.facts ?? {} };
  const judgeOfFacts: AgreementJudge = {
    judge: async (_bytes, { now: _now, ...expected }) => ({
      judgement: judge(aDocument(facts.current), expected),
      firstPage: Promise.resolve(new Uint8Array([137, 80])),
    }),
  };
  const breaks = new Map<string, string>();
  const wrongWays: string[] = [];
  const longWaits: number[] = [];

  /** One run an owner at a time, as the queue lets them through. */
  const runs = new Map<string, Promise<unknown>>();
  const deliver = (owner: Owner, tries = 0) => {
    const name = ownerText(owner);
    const run = (runs.get(name) ?? Promise.resolve()).then(() => deliverOutbox(owner, tries, all));
    runs.set(name, run);
    void clock.track(run);
    return run;
  };
  files.onNewErrands = (owner) => void deliver(owner);
  const later: LaterErrands = {
    runLater: async (owner, { afterSeconds, tries }) => {
      const dueMs = clock.now() + afterSeconds * 1000;
      clock.at(dueMs, `errands of ${ownerText(owner)}`, () => void deliver(owner, tries));
    },
  };
  const definition = options.definition ?? definitionOf(await assemblyOf("local"));
  const intake = openWorkflows<IntakeInput>(clock, definition, runStep, {
    name: "agreement-intake",
    about: ({ versionId }) => versionId,
  });
  const { executions, deploy } = intake;
  const dues = openWorkflows<DuesInput>(clock, definitionOf(await assemblyOf("local"), "Dues"), runStep, {
    name: "annual-dues",
    about: ({ runId }) => runId,
  });
  const workflows: WorkflowResumer = {
    resume: async (token) =>
      (await intake.workflows.resume(token)) === "resumed" ? "resumed" : dues.workflows.resume(token),
  };
  const all = {
    files,
    filing,
    cases,
    members,
    invoiceNumbers: members,
    outbox: new MemoryOutbox(files),
    waits: new MemoryWaits(files),
    later,
    intake: intake.workflows,
    dues: dues.workflows,
    runs: filing.run,
    plans: new MemoryPlans(),
    runWaitMs: 60 * 60 * 1000,
    hasTime: () => true,
    invoices: new MemoryInvoices(),
    invoicePrinter: { ...plainPrinter },
    links,
    ledger,
    documents,
    papers: new MemoryJudgingPapers(),
    mailer,
    limits,
    tokens,
    settings,
    workflows,
    clock,
    newId,
    judge: judgeOfFacts,
    assets,
    baseUrl,
    waited: (seconds: number) => longWaits.push(seconds),
    failed: (who: string, error: unknown) => wrongWays.push(`${who}: ${String(error)}`),
  };

  const steps: Record<IntakeStep | DuesStep, (input: never) => Promise<unknown>> = {
    ...duesSteps(all),
    "register-upload": (input) => registerUpload(input, all),
    "judge-document": (input) => judgeDocument(input, all),
    "reject-upload": (input) => rejectUpload(input, all),
    "open-round": (input) => openRound(input, all),
    "plan-next-wake": (input) => planNextWake(input, all),
    "store-task-token": (input) => storeTaskToken(input, all),
    "archive-agreement": (input) => archiveAgreement(input, all),
    "admit-member": (input) => admitMember(input, all),
    "hold-case": (input) => holdCase(input, all),
  };

  async function runStep(functionArn: string, payload: unknown): Promise<InvokeResult> {
    const step = functionArn.slice(functionArn.lastIndexOf(":") + 1) as IntakeStep | DuesStep;
    const broken = breaks.get(step);
    if (broken) return { ok: false, errorType: broken, errorMessage: "broken by the test", payload: null };
    try {
      return { ok: true, payload: await steps[step](payload as never) };
    } catch (error) {
      const name = error instanceof Error ? error.name : "Unknown";
      wrongWays.push(`${step}: ${name}`);
      return { ok: false, errorType: name, errorMessage: name, payload: null };
    }
  }

  async function submit(
    application: unknown = anApplication(),
    address = "203.0.113.7",
    idempotencyKey?: string,
  ) {
    const reply = await submitApplication(
      {
        ...aRequest("POST /api/agreements", {}, { body: JSON.stringify(application), address }),
        idempotencyKey,
      },
      all,
    );
    await clock.idle();
    return reply;
  }

  /** Applies and answers the new case's id and status key. */
  async function apply(
    application: unknown = anApplication(),
    { confirmed = true, address = "203.0.113.7" }: { confirmed?: boolean; address?: string } = {},
  ) {
    const reply = await submit(application, address);
    if (reply.outcome !== "created" || !("json" in reply))
      throw new Error(`not opened: ${JSON.stringify(reply)}`);
    const { agreementId, statusUrl } = reply.json as { agreementId: CaseId; statusUrl: string };
    const applied = { caseId: agreementId, key: statusUrl.split("/").at(-1) ?? "" };
    if (confirmed) await confirm(applied.caseId);
    return applied;
  }

  /** The newest confirmation link that was mailed about a case. */
  function confirmationOf(caseId: CaseId): string {
    const token = mailer.sent
      .filter((mail) => mail.owner === ownerText({ kind: "case", id: caseId }))
      .findLast(({ text }) => text.includes("/confirmations/"))
      ?.text.match(/\/confirmations\/([\w.-]+)/)?.[1];
    if (!token) throw new Error(`nobody was asked to confirm ${caseId}`);
    return token;
  }

  async function confirm(caseId: CaseId, from: { origin?: string } = {}): Promise<Reply> {
    const token = confirmationOf(caseId);
    const reply = await confirmation(aRequest("POST /confirmations/{token}", { token }, from), all);
    await clock.idle();
    return reply;
  }

  /** A file arrives in the bucket; its event comes as often as said, and the scan answers as the office was opened. */
  async function upload(
    caseId: CaseId,
    content: string,
    { events = 1 }: { events?: number } = {},
  ): Promise<IntakeInput> {
    const { key, versionId } = documents.upload(caseId, Buffer.from(content));
    const verdict = options.scan ?? "NO_THREATS_FOUND";
    if (verdict !== "silent") documents.tag(key, versionId, verdict);
    for (let event = 0; event < events; event += 1) await startIntake({ key, versionId }, all);
    await clock.idle();
    return { caseId, key, versionId };
  }

  function mailsTo(address: string) {
    return mailer.sent.filter((mail) => mail.to === address);
  }

  /** The decision link and case code of the newest mail that asks an address to decide. */
  function askOf(address: string): { token: string; caseCode: string } {
    const mail = mailsTo(address).findLast(({ text }) => text.includes("/decisions/"));
    const token = /\/decisions\/([\w.-]+)/.exec(mail?.text ?? "")?.[1];
    const caseCode = /Sagskode: (\d{4})/.exec(mail?.text ?? "")?.[1];
    if (!token || !caseCode) throw new Error(`nobody has asked ${address} to decide`);
    return { token, caseCode };
  }

  /** The code of the mail that a link stands in. */
  function codeOf(token: string): string {
    const mail = mailer.sent.find(({ text }) => text.includes(token));
    return /Sagskode: (\d{4})/.exec(mail?.text ?? "")?.[1] ?? "";
  }

  async function post(
    token: string,
    form: Record<string, string>,
    from: { origin?: string; address?: string } = {},
  ): Promise<Reply> {
    const reply = await recordDecision(
      aRequest("POST /decisions/{token}", { token }, { body: new URLSearchParams(form).toString(), ...from }),
      all,
    );
    await clock.idle();
    return reply;
  }

  return {
    ...all,
    facts,
    breaks,
    wrongWays,
    executions,
    deploy,
    deliver,
    /** The same run, on other dependencies: a machine that dies in the middle. */
    deliverAs: (world: Parameters<typeof deliverOutbox>[2], owner: Owner) => deliverOutbox(owner, 0, world),
    submit,
    apply,
    upload,
    mailsTo,
    askOf,
    post,
    decide: (address: string, decision: string, reason = "") =>
      post(askOf(address).token, { decision, reason, caseCode: askOf(address).caseCode }),
    status: (caseId: CaseId) => publicStatus(fileOf(caseId).case),
    file: fileOf,
    memberFile: memberFileOf,
    show: (token: string) => showDecision(aRequest("GET /decisions/{token}", { token }), all),
    head: (token: string) =>
      showDecision({ ...aRequest("HEAD /decisions/{token}", { token }), method: "HEAD" }, all),
    document: (token: string) => showDocument(aRequest("GET /decisions/{token}/document", { token }), all),
    caseStatus: (key: string) =>
      showCase({ ...aRequest("GET /agreements/{key}", { key }), acceptsJson: true }, all),
    confirmationOf,
    confirm,
    showConfirmation: (token: string) =>
      showConfirmation(aRequest("GET /confirmations/{token}", { token }), all),
    askConfirmationAgain: async (key: string) => {
      const reply = await confirmation(aRequest("POST /agreements/{key}/confirmation", { key }), all);
      await clock.idle();
      return reply;
    },
    statusPage: (key: string) => showCase(aRequest("GET /agreements/{key}", { key }), all),
    withdraw: async (key: string) => {
      const reply = await withdrawApplication(aRequest("POST /agreements/{key}/withdraw", { key }), all);
      await clock.idle();
      return reply;
    },
    renew: async (token: string) => {
      const reply = await renewLink(aRequest("POST /decisions/{token}/renew", { token }), all);
      await clock.idle();
      return reply;
    },
    /** Settings from now on. */
    set: (changed: Partial<Settings>) => {
      given = { ...given, ...changed };
    },
    showTask: (token: string) => showTask(aRequest("GET /tasks/{token}", { token }), all),
    /** Settles a task with the code of the mail that its link stands in, unless another form is said. */
    resolve: async (
      token: string,
      resolution: string,
      form: Record<string, string> = {},
      from: { origin?: string; address?: string } = {},
    ) => {
      const body = new URLSearchParams({ resolution, caseCode: codeOf(token), ...form }).toString();
      const reply = await resolveTask(aRequest("POST /tasks/{token}", { token }, { body, ...from }), all);
      await clock.idle();
      return reply;
    },
    codeOf,
    renewTask: async (token: string) => {
      const reply = await renewLink(aRequest("POST /tasks/{token}/renew", { token }), all);
      await clock.idle();
      return reply;
    },
    ownDocument: (key: string) => showDocument(aRequest("GET /agreements/{key}/document", { key }), all),
    applyAgain: (key: string, from: { origin?: string } = {}) =>
      prefillApplication(aRequest("POST /agreements/{key}/again", { key }, from), all),
    /** The task link of the newest mail about a task. */
    taskOf(address: string): string {
      const token = mailsTo(address)
        .findLast(({ text }) => text.includes("/tasks/"))
        ?.text.match(/\/tasks\/([\w.-]+)/)?.[1];
      if (!token) throw new Error(`no task was mailed to ${address}`);
      return token;
    },
    scan: async ({ key, versionId }: IntakeInput, verdict: ScanVerdict) => {
      documents.tag(key, versionId, verdict);
      await receiveScanVerdict({ key, versionId, verdict }, all);
      await clock.idle();
    },
    settle: async (event: Parameters<typeof settleMail>[0]) => {
      const outcome = await settleMail(event, all);
      await clock.idle();
      return outcome;
    },
    start: (input: IntakeInput) => startIntake(input, all),
    sweep: async () => {
      const counts = await sweepOpenWork({
        ...all,
        report: (owner, error) => wrongWays.push(`${owner}: ${String(error)}`),
        beat: () => {},
      });
      await clock.idle();
      return counts;
    },
    pass: (days: number) => clock.advanceTo(clock.now() + days * 24 * 60 * 60 * 1000),
  };

  function fileOf(caseId: CaseId) {
    const file = files.get("case", caseId);
    if (!file) throw new Error(`no case ${caseId}`);
    return file;
  }

  function memberFileOf(caseId: CaseId) {
    const file = files
      .of("member")
      .find(({ member: { origin } }) => origin.kind === "case" && origin.caseId === caseId);
    if (!file) throw new Error(`no member came of ${caseId}`);
    return file;
  }
}

/** A request as the API hands it on; state only what matters. */
export function aRequest(
  route: string,
  parameters: Record<string, string>,
  given: { body?: string; origin?: string; host?: string; address?: string; contentType?: string } = {},
): HttpRequest {
  const [method = "GET", path = "/"] = route.split(" ");
  return {
    route,
    method,
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? ""),
    parameters,
    query: new URLSearchParams(),
    address: given.address ?? "203.0.113.7",
    language: "da",
    origin: given.origin,
    host: given.host ?? "aftale.example",
    acceptsJson: route.includes("/api/"),
    acceptEncoding: undefined,
    contentType:
      given.contentType ??
      (route.includes("/api/") ? "application/json" : "application/x-www-form-urlencoded"),
    body: given.body ?? "",
  };
}
