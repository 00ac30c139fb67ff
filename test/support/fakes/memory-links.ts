import type { Link } from "../../../shared/domain/approval/link.ts";
import type { Links } from "../../../shared/ports/links.ts";

/** Mailed links in memory. */
export class MemoryLinks implements Links {
  private readonly byHash = new Map<string, Link>();

  /** As `put`, for a register that opens a case in one step. */
  add(link: Link): void {
    this.byHash.set(link.linkHash, link);
  }

  async put(link: Link): Promise<void> {
    this.add(link);
  }

  async find(linkHash: string): Promise<Link | undefined> {
    return this.byHash.get(linkHash);
  }
}
