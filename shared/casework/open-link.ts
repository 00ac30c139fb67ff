import type { CaseFile } from "../domain/agreement/case-file.ts";
import type { Link, LinkPurpose } from "../domain/approval/link.ts";
import type { LinkTokens } from "../ports/link-tokens.ts";
import type { Links } from "../ports/links.ts";
import type { Register } from "../ports/register.ts";

export interface LinkOpening {
  tokens: Pick<LinkTokens, "verify">;
  links: Pick<Links, "find">;
  register: Pick<Register, "read">;
}

/**
 * What a mailed token leads to: its link and the case file. Nothing for a token that was altered, that we never
 * made or that was made for another purpose; a bad one is refused before the table is read.
 */
export async function openLink<Purpose extends LinkPurpose>(
  purpose: Purpose,
  token: string | undefined,
  { tokens, links, register }: LinkOpening,
): Promise<{ link: Extract<Link, { purpose: Purpose }>; file: CaseFile } | undefined> {
  const linkHash = token === undefined ? undefined : await tokens.verify(purpose, token);
  const link = linkHash === undefined ? undefined : await links.find(linkHash);
  if (!link || !isFor(purpose, link)) return undefined;
  const file = await register.read(link.caseId);
  return file && { link, file };
}

function isFor<Purpose extends LinkPurpose>(
  purpose: Purpose,
  link: Link,
): link is Extract<Link, { purpose: Purpose }> {
  return link.purpose === purpose;
}
