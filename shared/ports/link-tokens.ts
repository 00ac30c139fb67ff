import type { LinkPurpose } from "../domain/approval/link.ts";

export interface MintedLink {
  /** `keyId.linkId.mac`: goes into a mail or a page, never into the table or a log. */
  token: string;
  /** SHA-256 of the link id: what the table knows it by. */
  linkHash: string;
}

/** Makes and checks the opaque tokens of mailed links. */
export interface LinkTokens {
  /** @param repeatable the same words give the same link again, under the same key: for a request that is repeated */
  mint(purpose: LinkPurpose, repeatable?: string): Promise<MintedLink>;
  /** The hash to look up, or nothing for a token we never made: refused before the table is read. */
  verify(purpose: LinkPurpose, token: string): Promise<string | undefined>;
  /** The four digits that the mail shows and the approver types. Derived, so that they are stored nowhere. */
  caseCode(token: string): Promise<string>;
}
