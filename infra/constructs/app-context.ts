import type { Bundles } from "../bundling.ts";
import type { StageSettings } from "../stage-settings.ts";
import type { Alarms } from "./alarms.ts";

/** What every function of the stateless stack is made with. */
export interface AppContext {
  settings: StageSettings;
  bundles: Bundles;
  /** The register's table, which every function is told. */
  tableName: string;
  alarms: Alarms;
  /** The address people see in mails and pages: the stage's own, or the API's endpoint. */
  baseUrl: string;
}
