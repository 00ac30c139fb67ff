import { isGone } from "../domain/agreement/agreement-case.ts";
import type { Link, LinkPurpose } from "../domain/approval/link.ts";
import type { AnyFile, FileOf } from "../domain/files.ts";
import type { OwnerKind } from "../domain/owner.ts";
import type { Clock } from "../ports/clock.ts";
import type { Filing } from "../ports/filing.ts";
import type { LinkTokens } from "../ports/link-tokens.ts";
import type { Links } from "../ports/links.ts";
import { readFiled } from "./change-file.ts";

export interface LinkOpening {
  tokens: Pick<LinkTokens, "verify">;
  links: Pick<Links, "find">;
  filing: Filing;
  clock: Clock;
}

type LinkFor<Purpose extends LinkPurpose> = Extract<Link, { purpose: Purpose }>;

/**
 * What a mailed token leads to: its link and its owner's file. Nothing for a token that was altered, that we never
 * made or that was made for another purpose; a bad one is refused before the table is read. Nothing either for a case
 * whose contact never answered, from the day on which it is gone.
 */
export async function openLink<Purpose extends LinkPurpose>(
  purpose: Purpose,
  token: string | undefined,
  { tokens, links, filing, clock }: LinkOpening,
): Promise<{ link: LinkFor<Purpose>; file: AnyFile } | undefined> {
  const linkHash = token === undefined ? undefined : await tokens.verify(purpose, token);
  const link = linkHash === undefined ? undefined : await links.find(linkHash);
  if (!link || !isFor(purpose, link)) return undefined;
  const file = await readFiled(filing, link.owner);
  if (!file || (isCaseFile(file) && isGone(file.case, clock.now()))) return undefined;
  return { link, file };
}

/** The same, where only one kind of owner will do: anybody else's link leads nowhere. */
export async function openLinkOf<Purpose extends LinkPurpose, Kind extends OwnerKind>(
  kind: Kind,
  purpose: Purpose,
  token: string | undefined,
  opening: LinkOpening,
): Promise<{ link: LinkFor<Purpose>; file: FileOf[Kind] } | undefined> {
  const opened = await openLink(purpose, token, opening);
  return opened && isOf(kind, opened.file) ? { link: opened.link, file: opened.file } : undefined;
}

function isCaseFile(file: AnyFile): file is FileOf["case"] {
  return file.owner.kind === "case";
}

function isFor<Purpose extends LinkPurpose>(purpose: Purpose, link: Link): link is LinkFor<Purpose> {
  return link.purpose === purpose;
}

function isOf<Kind extends OwnerKind>(kind: Kind, file: AnyFile): file is FileOf[Kind] {
  return file.owner.kind === kind;
}
