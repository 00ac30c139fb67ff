import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { writeLogLine } from "../contracts/log-line.ts";
import { type Reply, writeReply } from "./reply.ts";
import { type HttpRequest, readRequest } from "./request.ts";

export type HttpHandler = middy.MiddyfiedHandler<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;

/** The members of a log's line by which it counts. */
export type FailedRequest = () => Readonly<Record<string, unknown>>;

/**
 * Puts a function behind the HTTP API: request read once, reply written once, and what breaks logged by its
 * error's name and answered with a page of its own.
 * @param failedRequest what makes the line about it count
 */
export function httpHandler(
  answer: (request: HttpRequest) => Promise<Reply>,
  broken: (request: HttpRequest) => Reply,
  failedRequest: FailedRequest,
): HttpHandler {
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .onError((failed) => {
      const { error, event } = failed;
      // Codes and ids only: a path holds tokens, a body holds names.
      writeLogLine("ERROR", "REQUEST_FAILED", {
        route: event.routeKey,
        error: error?.name ?? "unknown",
        stack: stackOf(error),
        // To Lambda a page that says "something broke" is a success: only this line tells the alarm.
        ...failedRequest(),
      });
      failed.response = writeReply(broken(readRequest(event)));
    })
    .handler(async (event) => writeReply(await answer(readRequest(event))));
}

/** Where it broke, without what it said: messages may quote what somebody typed. */
function stackOf(error: Error | null | undefined): string | undefined {
  return error?.stack
    ?.split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 8)
    .join("\n");
}
