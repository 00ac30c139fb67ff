import type { AwsResponse } from "./service.ts";

type Protocol = "json" | "rest-json" | "query";

/** The wire protocol of each service here, which decides what a refusal looks like; AWS JSON for the others. */
const protocols: Readonly<Record<string, Protocol>> = {
  ses: "query",
  sns: "query",
  lambda: "rest-json",
  scheduler: "rest-json",
};

/** An error as the SDK's client of that service expects it, so that it arrives there as `name`. */
export function errorResponse(service: string, status: number, name: string, message: string): AwsResponse {
  switch (protocols[service] ?? "json") {
    case "query":
      return {
        status,
        headers: { "content-type": "text/xml" },
        body: `<ErrorResponse><Error><Type>Sender</Type><Code>${escaped(name)}</Code><Message>${escaped(message)}</Message></Error><RequestId>local</RequestId></ErrorResponse>`,
      };
    case "rest-json":
      return {
        status,
        headers: { "content-type": "application/json", "x-amzn-errortype": name },
        body: JSON.stringify({ Message: message }),
      };
    case "json":
      return {
        status,
        headers: { "content-type": "application/x-amz-json-1.0" },
        body: JSON.stringify({ __type: name, message, Message: message }),
      };
  }
}

/** AccessDenied in the service's own words. AWS JSON services answer 400, the others 403. */
export function accessDenied(service: string, message: string): AwsResponse {
  const protocol = protocols[service] ?? "json";
  return protocol === "query"
    ? errorResponse(service, 403, "AccessDenied", message)
    : errorResponse(service, protocol === "json" ? 400 : 403, "AccessDeniedException", message);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
