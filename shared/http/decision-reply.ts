import type { CaseFile, CaseRound } from "../domain/agreement/case-file.ts";
import type { Rival } from "../domain/agreement/rival.ts";
import type { LinkStanding } from "../domain/approval/decision.ts";
import type { DecisionLink } from "../domain/approval/link.ts";
import type { Settings } from "../domain/settings/settings.ts";
import { decidedPage } from "../pages/decided-page.ts";
import { decisionPage } from "../pages/decision-page.ts";
import type { Chrome } from "../pages/kit/shell.ts";
import type { DecisionFormView } from "../pages/parts/decision-form.ts";
import { decidedView, decisionView } from "../pages/parts/decision-view.ts";
import { refusedLinkPage } from "../pages/refused-link-page.ts";
import type { Reply } from "./reply.ts";

export interface DecisionScreen {
  token: string;
  link: DecisionLink;
  file: CaseFile;
  standing: LinkStanding<CaseRound>;
  settings: Settings;
  chrome: Chrome;
  now: number;
  /** Other open applications for the same body, where they are looked for. */
  rivals?: readonly Rival[] | undefined;
}

/** What an approver sees behind a link, whatever the link is still good for. Rendering changes nothing. */
export function decisionReply(
  screen: DecisionScreen,
  form: {
    problems?: DecisionFormView["problems"];
    typed?: DecisionFormView["typed"];
    outcome?: "shown" | "malformed" | "wrong-code";
  } = {},
): Reply {
  const { standing, chrome, token } = screen;
  const renewPath = `/decisions/${token}/renew`;
  switch (standing.kind) {
    case "open":
      return {
        outcome: form.outcome ?? "shown",
        page: decisionPage(decisionView(screen, standing.round, form), chrome),
      };
    case "decided":
      return { outcome: "shown", page: decided(screen, standing.round, false) };
    case "locked":
      return { outcome: "locked", page: refusedLinkPage({ why: "locked", renewPath }, chrome) };
    case "expired":
      return {
        outcome: "gone",
        page: refusedLinkPage(
          { why: "expired", renewPath: standing.renewable ? renewPath : undefined },
          chrome,
        ),
      };
    case "retired":
      return { outcome: "gone", page: refusedLinkPage({ why: "retired" }, chrome) };
    case "superseded": {
      const why = standing.outcome === "withdrawn" ? "withdrawn" : "superseded";
      return { outcome: "gone", page: refusedLinkPage({ why }, chrome) };
    }
  }
}

/** The answer to somebody who wanted to decide after it had been decided otherwise: who did, and when. */
export function decidedOtherwiseReply(screen: DecisionScreen, round: CaseRound): Reply {
  return { outcome: "conflict", page: decided(screen, round, true) };
}

function decided(screen: DecisionScreen, round: CaseRound, cameTooLate: boolean): string {
  return decidedPage({ ...decidedView(screen, round), cameTooLate }, screen.chrome);
}
