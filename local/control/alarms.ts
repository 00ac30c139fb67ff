import type { ShownAlarm as Alarm } from "../../embedded-aws/cloudwatch/service.ts";

/** An alarm as `GET /_local/alarms` shows it: what people notice, and its heading in docs/runbook.md. */
export interface ShownAlarm {
  name: string;
  impact: string;
  runbook: string;
  /** ISO 8601, local clock. */
  since: string;
  state: "ok" | "ringing";
}

/** Reads an alarm's text as infra/constructs/alarms.ts writes it: the impact first, then a line that names the heading. */
export function shownAlarm({ name, description, state, sinceMs }: Alarm): ShownAlarm {
  return {
    name,
    impact: description.split("\n")[0] ?? "",
    runbook: /^What to do: docs\/runbook\.md#(\S+)$/m.exec(description)?.[1] ?? "",
    since: new Date(sinceMs).toISOString(),
    state: state === "ALARM" ? "ringing" : "ok",
  };
}
