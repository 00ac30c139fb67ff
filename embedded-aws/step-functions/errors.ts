/** The error names of the Amazon States Language (states-language.net, appendix A) and of Step Functions. */
export const StatesErrors = {
  all: "States.ALL",
  taskFailed: "States.TaskFailed",
  timeout: "States.Timeout",
  heartbeatTimeout: "States.HeartbeatTimeout",
  runtime: "States.Runtime",
  dataLimitExceeded: "States.DataLimitExceeded",
  noChoiceMatched: "States.NoChoiceMatched",
  intrinsicFailure: "States.IntrinsicFailure",
  resultPathMatchFailure: "States.ResultPathMatchFailure",
} as const;

/** A state's failure, as Retry and Catch see it and as the execution ends with it. */
export class StateFailure extends Error {
  override readonly name = "StateFailure";
  /** The error name; a Fail state may leave it out. */
  readonly error: string | undefined;
  override readonly cause: string | undefined;

  constructor(error: string | undefined, cause: string | undefined) {
    super([error, cause].filter(Boolean).join(": "));
    this.error = error;
    this.cause = cause;
  }
}

/** The execution, or the branch, was ended from outside; nothing of it may go on. */
export class Ended extends Error {
  override readonly name = "Ended";
}

/**
 * Whether an ErrorEquals list names this error. States.ALL leaves out the two terminal errors; States.TaskFailed
 * is every error except a time-out (AWS Step Functions developer guide, "Handling errors").
 */
export function errorEquals(names: readonly string[], error: string | undefined): boolean {
  if (error === StatesErrors.runtime) return false;
  return names.some((name) => {
    if (name === error) return true;
    if (name === StatesErrors.all) return error !== StatesErrors.dataLimitExceeded;
    if (name === StatesErrors.timeout) return error === StatesErrors.heartbeatTimeout;
    if (name === StatesErrors.taskFailed) {
      return (
        error !== StatesErrors.timeout &&
        error !== StatesErrors.heartbeatTimeout &&
        error !== StatesErrors.dataLimitExceeded
      );
    }
    return false;
  });
}
