import { Duration } from "aws-cdk-lib";
import { Dashboard, GraphWidget, type IMetric, TextWidget } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { StageSettings } from "../stage-settings.ts";
import type { Alarms } from "./alarms.ts";

const WIDTH = 12;

/** One page for whoever wonders how it goes: what came in, what was decided and how long that took, what waits. */
export function dashboard(scope: Construct, { stage }: StageSettings, alarms: Alarms): void {
  const graph = (title: string, metrics: IMetric[], period: Duration) =>
    new GraphWidget({ title, left: metrics, period, width: WIDTH });
  new Dashboard(scope, "Dashboard", {
    dashboardName: `OS2aftale-${stage}`,
    widgets: [
      [
        new TextWidget({
          markdown: "# OS2aftale\nWhat to do when an alarm rings: docs/runbook.md",
          width: 24,
        }),
      ],
      [
        graph(
          "Applied, confirmed, decided, admitted",
          (["applied", "confirmed", "decided", "admitted"] as const).map((name) => alarms.metric(name)),
          Duration.days(1),
        ),
        graph("Hours waited for a decision", [alarms.metric("hoursWaited")], Duration.days(1)),
      ],
      [
        graph("Seconds an errand has waited", [alarms.metric("errandWaited")], Duration.minutes(5)),
        graph("Heartbeat", [alarms.metric("heartbeat")], Duration.hours(1)),
      ],
    ],
  });
}
