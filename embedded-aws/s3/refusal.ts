import { type XmlChildren, xmlDocument } from "./xml.ts";

/**
 * A refusal in S3's own words. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export class S3Refusal extends Error {
  override name = "S3Refusal";
  readonly status: number;
  readonly code: string;
  readonly details: XmlChildren;

  constructor(status: number, code: string, message: string, details: XmlChildren = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  toXml(resource: string, requestId: string): string {
    return xmlDocument(
      "Error",
      {
        Code: this.code,
        Message: this.message,
        ...this.details,
        Resource: resource,
        RequestId: requestId,
        HostId: "local",
      },
      false,
    );
  }
}

export const accessDenied = (message = "Access Denied", details: XmlChildren = {}) =>
  new S3Refusal(403, "AccessDenied", message, details);

export const noSuchKey = (key: string) =>
  new S3Refusal(404, "NoSuchKey", "The specified key does not exist.", { Key: key });

export const noSuchVersion = (key: string, versionId: string) =>
  new S3Refusal(404, "NoSuchVersion", "The specified version does not exist.", {
    Key: key,
    VersionId: versionId,
  });

export const invalidArgument = (message: string, name?: string, value?: string) =>
  new S3Refusal(400, "InvalidArgument", message, { ArgumentName: name, ArgumentValue: value });

export const preconditionFailed = (condition: string) =>
  new S3Refusal(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", {
    Condition: condition,
  });

/** What AWS can and the embedded one cannot: said aloud, never skipped. */
export const notRunHere = (what: string) =>
  new S3Refusal(501, "NotImplemented", `${what} is not run here: local/s3`);
