import type { ExecutionRecord, JournalEvent } from "./journal.ts";
import { entry, outcome } from "./run.ts";

interface Told {
  type: string;
  /** Epoch seconds. */
  timestamp: number;
  /** Such as stateEnteredEventDetails. */
  [details: string]: unknown;
}

/** One event of GetExecutionHistory; details in short, without inputs and outputs of states. */
export interface HistoryEvent extends Told {
  id: number;
  previousEventId: number;
}

/** An execution's history as AWS words it, oldest first. */
export function historyOf(record: ExecutionRecord, events: readonly JournalEvent[]): HistoryEvent[] {
  const told: Told[] = [
    {
      type: "ExecutionStarted",
      timestamp: record.startedAt / 1000,
      executionStartedEventDetails: { input: record.input },
    },
    ...events.flatMap((event) => eventsOf(event)),
    ...endOf(record),
  ];
  return told.map((event, at) => ({ ...event, id: at + 1, previousEventId: at }));
}

/** Each kind of journal entry by the end of its key; a bare key is a state being entered. */
function eventsOf({ key, at, value }: JournalEvent): Told[] {
  const timestamp = at / 1000;
  const entered = entry.safeParse(value);
  if (entered.success) {
    const { state, type } = entered.data;
    return [{ type: `${type}StateEntered`, timestamp, stateEnteredEventDetails: { name: state } }];
  }
  if (key.endsWith(":scheduled")) return [{ type: "TaskScheduled", timestamp }];
  if (key.endsWith(":handed-out")) return [{ type: "TaskSubmitted", timestamp }];
  if (!key.endsWith(":outcome")) return [];
  const result = outcome.parse(value);
  if (result.ok) return [{ type: "TaskSucceeded", timestamp }];
  const type = result.error === "States.Timeout" ? "TaskTimedOut" : "TaskFailed";
  const { error, cause } = result;
  return [{ type, timestamp, [`${type.replace("Task", "task")}EventDetails`]: { error, cause } }];
}

const ENDINGS = {
  SUCCEEDED: "ExecutionSucceeded",
  FAILED: "ExecutionFailed",
  TIMED_OUT: "ExecutionTimedOut",
  ABORTED: "ExecutionAborted",
} as const;

function endOf({ status, stoppedAt, output, error, cause }: ExecutionRecord): Told[] {
  if (status === "RUNNING" || stoppedAt === undefined) return [];
  const type = ENDINGS[status];
  const details = status === "SUCCEEDED" ? { output } : { error, cause };
  return [{ type, timestamp: stoppedAt / 1000, [`e${type.slice(1)}EventDetails`]: details }];
}
