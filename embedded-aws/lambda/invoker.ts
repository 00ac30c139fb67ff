/** What a function answered; `payload` is what Lambda would send as the response body, parsed. */
export type InvokeResult =
  | { ok: true; payload: unknown }
  | { ok: false; errorType: string; errorMessage: string; payload: unknown };

/** What Lambda calls an event over 6 MB, which no function gets to see. */
export const tooLargeForLambda = "RequestTooLargeException";

/** Runs the template's functions for the other embedded services. */
export interface LambdaInvoker {
  /** Waits for the answer. An error of the function's own is a result; an unknown function throws. */
  invoke(functionArnOrName: string, payload: unknown): Promise<InvokeResult>;
  /** Returns at once. Two retries on the local clock, then the function's onFailure queue; tracked by the clock. */
  invokeAsync(functionArnOrName: string, payload: unknown): void;
}
