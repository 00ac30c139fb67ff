import { createHash, type Hash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import { AwsChunkedDecoder } from "./aws-chunked.ts";
import { notRunHere, S3Refusal } from "./refusal.ts";

/** A body that lies in a temporary file, measured on its way there. */
export interface Received {
  size: number;
  /** MD5 in hex: the object's ETag. */
  etag: string;
  /** What the sender said its bytes add up to, verified. */
  checksum?: { header: string; value: string };
}

const CHECKSUMS = ["x-amz-checksum-crc32", "x-amz-checksum-sha1", "x-amz-checksum-sha256"] as const;

/** Counts and hashes what passes through; above `keepAtMost` bytes it only counts. */
export class Measure extends Transform {
  size = 0;
  readonly md5 = createHash("md5");
  readonly sha1 = createHash("sha1");
  readonly sha256 = createHash("sha256");
  crc32 = 0;
  readonly #keepAtMost: number;

  constructor(keepAtMost = Number.POSITIVE_INFINITY) {
    super();
    this.#keepAtMost = keepAtMost;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null, data?: Buffer) => void,
  ): void {
    this.size += chunk.length;
    if (this.size > this.#keepAtMost) {
      done();
      return;
    }
    for (const hash of [this.md5, this.sha1, this.sha256]) hash.update(chunk);
    this.crc32 = crc32(chunk, this.crc32);
    done(null, chunk);
  }
}

/**
 * Streams a request's body to a file and verifies every digest its sender gave.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export async function receiveBody(
  body: Readable,
  headers: Record<string, string>,
  file: string,
): Promise<Received> {
  const payloadHash = headers["x-amz-content-sha256"] ?? "UNSIGNED-PAYLOAD";
  const chunked =
    payloadHash.startsWith("STREAMING-") || (headers["content-encoding"] ?? "").includes("aws-chunked");
  const decoder = new AwsChunkedDecoder();
  const measure = new Measure();
  const sink = createWriteStream(file);
  if (chunked) await pipeline(body, decoder, measure, sink);
  else await pipeline(body, measure, sink);

  const md5 = measure.md5.digest();
  const sha256 = measure.sha256.digest();
  if (/^[0-9a-f]{64}$/.test(payloadHash) && payloadHash !== sha256.toString("hex")) {
    throw new S3Refusal(
      400,
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  const promised = headers[chunked ? "x-amz-decoded-content-length" : "content-length"];
  if (promised !== undefined && Number(promised) !== measure.size) {
    throw new S3Refusal(
      400,
      "IncompleteBody",
      "You did not provide the number of bytes specified by the Content-Length HTTP header",
    );
  }
  const contentMd5 = headers["content-md5"];
  if (contentMd5 !== undefined && contentMd5 !== md5.toString("base64")) throw badDigest("Content-MD5");

  const checksum = verifiedChecksum({ ...headers, ...decoder.trailers }, measure, sha256, measure.sha1);
  return { size: measure.size, etag: md5.toString("hex"), ...(checksum === undefined ? {} : { checksum }) };
}

function verifiedChecksum(
  given: Record<string, string>,
  measure: Measure,
  sha256: Buffer,
  sha1: Hash,
): { header: string; value: string } | undefined {
  const header = Object.keys(given).find(
    (name) =>
      name.startsWith("x-amz-checksum-") && !["x-amz-checksum-mode", "x-amz-checksum-type"].includes(name),
  );
  if (header === undefined) return undefined;
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(measure.crc32);
  const known = CHECKSUMS.find((name) => name === header);
  if (known === undefined) throw notRunHere(`The checksum ${header}`);
  const computed = {
    "x-amz-checksum-crc32": () => crc,
    "x-amz-checksum-sha1": () => sha1.digest(),
    "x-amz-checksum-sha256": () => sha256,
  }
    [known]()
    .toString("base64");
  if (given[header] !== computed) throw badDigest(header);
  return { header, value: computed };
}

const badDigest = (what: string) =>
  new S3Refusal(400, "BadDigest", `The ${what} you specified did not match the calculated checksum.`);
