import { Transform, type TransformCallback } from "node:stream";
import { S3Refusal } from "./refusal.ts";

const LONGEST_LINE = 4096;

/**
 * Takes the `aws-chunked` wrapping off a body, which the SDK uses to send a checksum after what it is of.
 * Chunk signatures are not verified: nobody is between the two ends here.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export class AwsChunkedDecoder extends Transform {
  /** What followed the last chunk, by lower-case name. */
  readonly trailers: Record<string, string> = {};
  #state: "size" | "data" | "data-end" | "trailer" | "done" = "size";
  #line = "";
  #left = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      this.#take(chunk);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  override _flush(done: TransformCallback): void {
    const complete = this.#state === "done" || (this.#state === "trailer" && this.#line === "");
    done(complete ? null : incomplete());
  }

  #take(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#state === "data") {
        const part = chunk.subarray(at, at + this.#left);
        this.push(part);
        at += part.length;
        this.#left -= part.length;
        if (this.#left === 0) this.#state = "data-end";
        continue;
      }
      const end = chunk.indexOf(0x0a, at);
      this.#line += chunk.toString("latin1", at, end === -1 ? chunk.length : end);
      if (this.#line.length > LONGEST_LINE) throw incomplete();
      if (end === -1) return;
      at = end + 1;
      const line = this.#line.replace(/\r$/, "");
      this.#line = "";
      this.#takeLine(line);
    }
  }

  #takeLine(line: string): void {
    switch (this.#state) {
      case "size": {
        const size = /^([0-9a-fA-F]{1,8})(;.*)?$/.exec(line)?.[1];
        if (size === undefined) throw incomplete();
        this.#left = Number.parseInt(size, 16);
        this.#state = this.#left === 0 ? "trailer" : "data";
        return;
      }
      case "data-end":
        if (line !== "") throw incomplete();
        this.#state = "size";
        return;
      case "trailer": {
        if (line === "") {
          this.#state = "done";
          return;
        }
        const colon = line.indexOf(":");
        if (colon > 0) this.trailers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
        return;
      }
      default:
        if (line !== "") throw incomplete();
    }
  }
}

const incomplete = () =>
  new S3Refusal(
    400,
    "IncompleteBody",
    "You did not provide the number of bytes specified by the Content-Length HTTP header",
  );
