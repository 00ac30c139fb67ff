import { type LinkOpening, openLink } from "../../shared/casework/open-link.ts";
import { type Settled, taskIsSettled } from "../../shared/casework/settle-task.ts";
import { tryCode } from "../../shared/casework/try-code.ts";
import { isCaseCode, readCodeAndReason, reasonMaxLength } from "../../shared/contracts/coded-form.ts";
import { type TaskStanding, taskStanding } from "../../shared/domain/approval/task-standing.ts";
import type { NewId } from "../../shared/domain/filing/change.ts";
import { type TaskResolution, taskResolutions } from "../../shared/domain/filing/task.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import { type HttpRequest, isForeignOrigin } from "../../shared/http/request.ts";
import { type TaskScreen, taskReply } from "../../shared/http/task-reply.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import type { TaskProblem } from "../../shared/pages/parts/task-form.ts";
import { refusedLinkPage } from "../../shared/pages/refused-link-page.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { InvoiceNumbers } from "../../shared/ports/invoice-numbers.ts";
import type { Limits } from "../../shared/ports/limits.ts";
import type { LinkTokens } from "../../shared/ports/link-tokens.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface ResolveTaskDependencies extends LinkOpening {
  tokens: LinkTokens;
  limits: Limits;
  settings: SettingsSource;
  invoiceNumbers: InvoiceNumbers;
  clock: Clock;
  newId: NewId;
  assets: AssetUrls;
  baseUrl: string;
}

interface TypedResolution {
  resolution: TaskResolution | undefined;
  caseCode: string;
  reason: string;
}

/** `POST /tasks/{token}`: a secretary settles a task; only what is legal on it is done, and only with the mail's code. */
export async function resolveTask(
  request: HttpRequest,
  dependencies: ResolveTaskDependencies,
): Promise<Reply> {
  const { limits, settings, clock, assets, baseUrl } = dependencies;
  const now = clock.now();
  const posts = await limits.hit("decisions-per-address", request.address, now);
  if (!posts.allowed) return errorReply("too-many", request, assets, posts.retryAfterSeconds);
  const token = request.parameters["token"] ?? "";
  const [opened, current] = await Promise.all([openLink("task", token, dependencies), settings.at(now)]);
  const chrome = chromeOf(request, assets, current.sender);
  const standing = opened && taskStanding(opened.link, opened.file, current.people, now);
  if (!opened || !standing) return { outcome: "unknown", page: refusedLinkPage({ why: "unknown" }, chrome) };
  if (isForeignOrigin(request, baseUrl))
    return { outcome: "foreign-origin", page: refusedLinkPage({ why: "foreign-origin" }, chrome) };

  const typed = readForm(request);
  const screen: TaskScreen = { token, ...opened, standing, settings: current, chrome };
  if (standing.kind !== "open") return alreadyOver(screen, standing, typed);
  const problems = problemsOf(typed);
  if (problems.length > 0 || !typed.resolution)
    return taskReply(screen, { problems, typed, outcome: "malformed" });
  return settle(request, screen, { ...typed, resolution: typed.resolution }, dependencies);
}

function readForm(request: HttpRequest): TypedResolution {
  const form = new URLSearchParams(request.body);
  const resolution = taskResolutions.find((candidate) => candidate === form.get("resolution"));
  return { resolution, ...readCodeAndReason(form) };
}

/** All that is wrong with the form, at once. */
function problemsOf({ resolution, caseCode, reason }: TypedResolution): TaskProblem[] {
  const problems: TaskProblem[] = [];
  if (!resolution) problems.push({ code: "CHOICE_MISSING" });
  if (reason.length > reasonMaxLength) problems.push({ code: "REASON_TOO_LONG", maxLength: reasonMaxLength });
  if (!isCaseCode(caseCode)) problems.push({ code: "CODE_MALFORMED" });
  return problems;
}

/** A replay of what was done leads to it; anything else is told what became of the task. */
function alreadyOver(
  screen: TaskScreen,
  standing: TaskStanding,
  { resolution }: Pick<TypedResolution, "resolution">,
): Reply {
  if (standing.kind !== "resolved") return taskReply({ ...screen, standing });
  return standing.task.resolved?.resolution === resolution
    ? { outcome: "see-other", location: `/tasks/${screen.token}` }
    : taskReply({ ...screen, standing }, { outcome: "conflict" });
}

type Outcome = { kind: Exclude<Settled, "already-resolved"> } | { kind: "over"; standing: TaskStanding };

async function settle(
  request: HttpRequest,
  screen: TaskScreen,
  typed: TypedResolution & { resolution: TaskResolution },
  dependencies: ResolveTaskDependencies,
): Promise<Reply> {
  const { link, token, settings } = screen;
  const { people } = settings;
  const tried = await tryCode<TaskScreen["link"]["owner"]["kind"], Outcome>(
    { link, token, caseCode: typed.caseCode, address: request.address },
    people,
    async (file, now) => {
      const standing = taskStanding(link, file, people, now);
      if (!standing) return { outcome: { kind: "not-legal" } };
      if (standing.kind !== "open") return { outcome: { kind: "over", standing } };
      const { change, outcome } = await taskIsSettled(file, link, typed, {
        ...{ settings, now },
        newId: dependencies.newId,
        invoiceNumbers: dependencies.invoiceNumbers,
      });
      return { ...(change && { change }), outcome: { kind: outcome === "resolved" ? outcome : "not-legal" } };
    },
    dependencies,
  );
  if (tried === "no-such-file") return taskReply(screen, { outcome: "conflict" });
  if (tried.kind === "too-many")
    return errorReply("too-many", request, dependencies.assets, tried.retryAfterSeconds);
  if (tried.kind === "wrong-code") {
    if (tried.attemptsLeft < 1) return taskReply({ ...screen, standing: { kind: "locked" } });
    const problems = [{ code: "CODE_WRONG", attemptsLeft: tried.attemptsLeft }] as const;
    return taskReply(screen, { problems, typed, outcome: "wrong-code" });
  }
  if (tried.outcome.kind === "over") return alreadyOver(screen, tried.outcome.standing, typed);
  // What isn't legal on this task was never offered on its page.
  if (tried.outcome.kind === "not-legal") return taskReply(screen, { outcome: "conflict" });
  return { outcome: "see-other", location: `/tasks/${token}` };
}
