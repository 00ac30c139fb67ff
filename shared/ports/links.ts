import type { Link } from "../domain/approval/link.ts";

/** What mailed links are bound to, by the hash of their id. */
export interface Links {
  put(link: Link): Promise<void>;
  find(linkHash: string): Promise<Link | undefined>;
}
