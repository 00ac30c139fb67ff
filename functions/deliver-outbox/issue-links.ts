import type { Language } from "../../shared/domain/agreement/kind.ts";
import { decisionLinkExpiry, taskLinkExpiry } from "../../shared/domain/approval/link-validity.ts";
import type { Recipient } from "../../shared/domain/errands/errand.ts";
import type { RoundRecord } from "../../shared/domain/filing/round.ts";
import type { Owner, TaskId } from "../../shared/domain/owner.ts";
import type { LinkTokens, MintedLink } from "../../shared/ports/link-tokens.ts";
import type { Links } from "../../shared/ports/links.ts";

/** Mints links for one mail: the token goes into the mail, what it is bound to into the table, under its hash. */
export interface LinkIssuer {
  /** The case's page; every answer is an absolute address. */
  statusLink(owner: Owner<"case">): Promise<string>;
  confirmationLink(owner: Owner<"case">): Promise<string>;
  decisionLink(round: RoundRecord): Promise<CodedAddress>;
  taskLink(taskId: TaskId): Promise<CodedAddress>;
}

/** An address, and the code without which it only shows. */
interface CodedAddress {
  address: string;
  caseCode: string;
  expiresAt: number;
}

export function linkIssuer(
  mail: { owner: Owner; to: Recipient; language: Language; now: number },
  { tokens, links, baseUrl }: { tokens: LinkTokens; links: Pick<Links, "put">; baseUrl: string },
): LinkIssuer {
  const { owner, to, now } = mail;
  const english = mail.language === "en" ? "?lang=en" : "";
  const bound = ({ linkHash }: MintedLink) => ({ linkHash, issuedAt: now });
  return {
    statusLink: async (ofCase) => {
      const minted = await tokens.mint("status");
      await links.put({ purpose: "status", ...bound(minted), owner: ofCase });
      return `${baseUrl}/agreements/${minted.token}${english}`;
    },
    confirmationLink: async (ofCase) => {
      const minted = await tokens.mint("confirmation");
      await links.put({ purpose: "confirmation", ...bound(minted), owner: ofCase });
      return `${baseUrl}/confirmations/${minted.token}${english}`;
    },
    decisionLink: async (round) => {
      const minted = await tokens.mint("decision");
      // A run's link leads to its plan, its hour and its files: good until the round is over, and that never runs out.
      const expiresAt = owner.kind === "run" ? round.expiresAt : decisionLinkExpiry(now, round.expiresAt);
      await links.put({
        purpose: "decision",
        ...bound(minted),
        owner,
        round: round.number,
        sha256: round.sha256,
        recipient: to,
        expiresAt,
      });
      return {
        address: `${baseUrl}/decisions/${minted.token}`,
        caseCode: await tokens.caseCode(minted.token),
        expiresAt,
      };
    },
    taskLink: async (taskId) => {
      const minted = await tokens.mint("task");
      const expiresAt = taskLinkExpiry(now);
      await links.put({ purpose: "task", ...bound(minted), owner, taskId, recipient: to, expiresAt });
      return {
        address: `${baseUrl}/tasks/${minted.token}`,
        caseCode: await tokens.caseCode(minted.token),
        expiresAt,
      };
    },
  };
}
