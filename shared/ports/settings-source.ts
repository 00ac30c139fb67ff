import type { Settings } from "../domain/settings/settings.ts";

/** Dated settings as they stand at a moment. */
export interface SettingsSource {
  at(now: number): Promise<Settings>;
}
