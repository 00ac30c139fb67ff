import type { Link } from "../../../domain/approval/link.ts";
import { ownerText } from "../../../domain/owner.ts";
import type { Links } from "../../../ports/links.ts";
import { inTable } from "../lambda/table-of.ts";
import { linkItem, parseItem } from "./items.ts";
import { keyOf } from "./keys.ts";
import { absent, Table, type TableOptions } from "./table.ts";

/** A link id was drawn twice: 128 random bits don't do that. */
export class LinkExists extends Error {
  override readonly name = "LinkExists";
}

export function linkPut(link: Link) {
  return { ...keyOf.link(link.linkHash), ...link, owner: ownerText(link.owner) };
}

/** Mailed links in the register's table, under the hash of their id. */
export class DynamoDbLinks implements Links {
  private readonly table: Table;

  constructor(options: TableOptions) {
    this.table = new Table(options);
  }

  async put(link: Link): Promise<void> {
    const outcome = await this.table.put(linkPut(link), absent);
    if (outcome.written) return;
    // The same link once more is a retry whose first answer was lost.
    const existing = outcome.refused.get("item");
    if (existing?.["owner"] !== ownerText(link.owner) || existing["issuedAt"] !== link.issuedAt)
      throw new LinkExists(`link ${link.linkHash}`);
  }

  async find(linkHash: string): Promise<Link | undefined> {
    const item = await this.table.get(keyOf.link(linkHash));
    return item && parseItem(linkItem, item);
  }
}

/** For a handler. */
export const links = inTable((table) => new DynamoDbLinks(table));
