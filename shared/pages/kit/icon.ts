import type { AssetUrls } from "./assets.ts";
import { type Html, html } from "./html.ts";

/** The symbols of Det Fælles Designsystem that we ship; build-assets.ts cuts the sprite to these. */
export const iconNames = [
  "arrow-back",
  "arrow-downward",
  "arrow-forward",
  "check",
  "document",
  "download",
  "email",
  "error",
  "help",
  "hourglass",
  "info",
  "lock",
  "open-in-new",
  "refresh",
  "success",
  "time",
  "upload",
  "warning",
] as const;
export type IconName = (typeof iconNames)[number];

/** Always beside words that say the same, so it is hidden from a screen reader. */
export function icon(name: IconName, assets: AssetUrls, className = ""): Html {
  return html`<svg class="icon-svg ${className}" aria-hidden="true" focusable="false"><use href="${assets.icons}#${name}"></use></svg>`;
}
