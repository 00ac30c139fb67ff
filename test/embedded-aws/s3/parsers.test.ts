import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AwsChunkedDecoder } from "../../../embedded-aws/s3/aws-chunked.ts";
import { checkPostPolicy } from "../../../embedded-aws/s3/post-policy.ts";
import { parseRange } from "../../../embedded-aws/s3/read.ts";
import { S3Refusal } from "../../../embedded-aws/s3/refusal.ts";
import { parseTagging } from "../../../embedded-aws/s3/tagging.ts";
import { xmlDocument } from "../../../embedded-aws/s3/xml.ts";

const seed = 20261123;
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));

/** As the SDK wraps a body: chunks, each with its size, then the checksum. */
function wrapped(chunks: readonly Buffer[]): Buffer {
  const parts = chunks
    .filter((chunk) => chunk.length > 0)
    .flatMap((chunk) => [
      Buffer.from(`${chunk.length.toString(16)};chunk-signature=ab\r\n`),
      chunk,
      Buffer.from("\r\n"),
    ]);
  return Buffer.concat([...parts, Buffer.from("0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n")]);
}

function inPieces(whole: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)).sort((a, b) => a - b), whole.length];
  return places.slice(1).map((end, index) => whole.subarray(places[index], end));
}

async function decode(pieces: readonly Buffer[]) {
  const decoder = new AwsChunkedDecoder();
  const body = await buffer(Readable.from(pieces.filter((piece) => piece.length > 0)).pipe(decoder));
  return { body, trailers: decoder.trailers };
}

test("a wrapped body comes out whole wherever the network cuts it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(bytes), fc.array(fc.nat()), async (chunks, cuts) => {
      const { body, trailers } = await decode(inPieces(wrapped(chunks), cuts));
      expect(body).toEqual(Buffer.concat(chunks));
      expect(trailers).toEqual({ "x-amz-checksum-crc32": "AAAAAA==" });
    }),
    { seed, numRuns: 200 },
  );
});

test("a wrapped body that is cut off or spoiled is refused, never taken as shorter", async () => {
  await fc.assert(
    fc.asyncProperty(bytes, fc.nat(), async (content, cut) => {
      const whole = wrapped([content]);
      // Without the empty line at its end a body may still be complete; before that it is not.
      const short = whole.subarray(0, cut % (whole.length - 4 - "x-amz-checksum-crc32:AAAAAA==".length));
      await expect(decode([short])).rejects.toThrow(S3Refusal);
    }),
    { seed, numRuns: 200 },
  );
  await expect(decode([Buffer.from("zz\r\n")])).rejects.toThrow(S3Refusal);
  await expect(decode([Buffer.from("1\r\nab")])).rejects.toThrow(S3Refusal);
});

test("any text in place of a policy gets S3's answer, not a crash", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const policy = Buffer.from(text).toString("base64");
      expect(() => checkPostPolicy(policy, new Map(), 0)).toThrow(S3Refusal);
    }),
    { seed, numRuns: 500 },
  );
});

test("a range always lies within the document", () => {
  fc.assert(
    fc.property(fc.option(fc.nat(300)), fc.option(fc.nat(300)), fc.nat(200), (first, last, size) => {
      try {
        const range = parseRange(`bytes=${first ?? ""}-${last ?? ""}`, size);
        if (range === undefined) return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeLessThan(size);
        expect(range.start).toBeLessThanOrEqual(range.end);
      } catch (error) {
        expect(error).toMatchObject({ code: "InvalidRange" });
      }
    }),
    { seed, numRuns: 500 },
  );
});

test("tags come back as they were written, and any other text is refused as malformed", () => {
  const letters = fc.stringMatching(/^[a-zA-Z0-9 æøå<>&"'+=._:/@-]{1,40}$/);
  fc.assert(
    fc.property(fc.dictionary(letters, letters, { maxKeys: 10, noNullPrototype: true }), (tags) => {
      const TagSet = { Tag: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
      expect(parseTagging(xmlDocument("Tagging", { TagSet }))).toEqual(tags);
    }),
    { seed, numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => parseTagging(text)).toThrow(S3Refusal);
    }),
    { seed, numRuns: 300 },
  );
});
