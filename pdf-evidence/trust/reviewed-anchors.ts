import { readAnchorList } from "./anchor-list.ts";
import list from "./anchors.json" with { type: "json" };
import type { TrustAnchors } from "./trust-anchors.ts";

/** The reviewed list of this version (docs/trust-anchors.md says how to extend it), and anchors of the stage besides. */
export function reviewedAnchors(besides: TrustAnchors["anchors"] = []): TrustAnchors {
  const { anchors, platformSeals } = readAnchorList(list);
  return { anchors: [...anchors, ...besides], platformSeals };
}
