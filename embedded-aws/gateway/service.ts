/** Who signed the request, as the gateway found it. */
export interface Caller {
  accessKeyId: string;
  /** Logical id of the role in the template, or "root" for the local control. */
  principal: string;
}

/** One AWS API request, read whole. Header names are lower-case. */
export interface AwsRequest {
  method: string;
  /** Full URL as received. */
  url: URL;
  headers: Record<string, string>;
  body: Buffer;
  caller: Caller;
}

export interface AwsResponse {
  status: number;
  headers: Record<string, string>;
  body: Buffer | string;
}

/** What a role must allow, e.g. { action: "states:StartExecution", resource: "arn:aws:states:…" }. */
export interface Demand {
  action: string;
  resource: string;
  /** Values of condition keys that only this request has, e.g. kms:ViaService; several values where the key has. */
  context?: Readonly<Record<string, string | readonly string[]>>;
}

/** One embedded AWS service behind the gateway. */
export interface Service {
  /** The SigV4 signing names it answers to, e.g. ["ses"], ["states"], ["dynamodb"]. */
  signingNames: readonly string[];
  /** What the caller's role must allow for this request. */
  demands(request: AwsRequest): readonly Demand[];
  handle(request: AwsRequest): Promise<AwsResponse>;
}
