import * as z from "zod";
import { accessDenied, invalidArgument, S3Refusal } from "./refusal.ts";

const condition = z.union([
  z.tuple([
    z.literal("content-length-range"),
    z.coerce.number().int().min(0),
    z.coerce.number().int().min(0),
  ]),
  z.tuple([z.enum(["eq", "starts-with"]), z.string().startsWith("$"), z.string()]),
  z.record(z.string(), z.string()).refine((fields) => Object.keys(fields).length === 1),
]);

const policyDocument = z.object({
  expiration: z.iso.datetime({ offset: true }),
  conditions: z.array(condition),
});

/** How large the file may be, in bytes, both ends included. */
export interface LengthRange {
  min: number;
  max: number;
}

/** Fields that no condition needs to cover. */
const NEED_NO_CONDITION = new Set(["policy", "x-amz-signature", "file", "awsaccesskeyid", "signature"]);
/** A form may say these of many values with commas between; the policy then wants each to start so. */
const LISTS = new Set(["content-type"]);

/**
 * Holds the fields of an upload form against its signed policy: not expired, every condition met, and every
 * field covered by one.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 *
 * @param policy the base64 of the policy document, whose signature has been verified.
 * @param fields the form's fields by lower-case name, `bucket` filled in from the address.
 * @param nowMs the local clock.
 * @returns the length the policy allows; without a content-length-range S3's own limit, 5 GiB.
 */
export function checkPostPolicy(
  policy: string,
  fields: ReadonlyMap<string, string>,
  nowMs: number,
): LengthRange {
  const document = parsePolicy(policy);
  if (Date.parse(document.expiration) <= nowMs)
    throw accessDenied("Invalid according to Policy: Policy expired.");

  const covered = new Set(["bucket"]);
  let range: LengthRange = { min: 0, max: 5 * 1024 ** 3 };
  for (const rule of document.conditions) {
    const test = fieldTest(rule);
    if (test === undefined) {
      if (Array.isArray(rule) && rule[0] === "content-length-range") range = { min: rule[1], max: rule[2] };
      continue;
    }
    if (!holds(test, fields.get(test.field) ?? "")) {
      throw accessDenied(`Invalid according to Policy: Policy Condition failed: ${said(test)}`);
    }
    covered.add(test.field);
  }

  const uncovered = [...fields.keys()].filter(
    (name) => !covered.has(name) && !NEED_NO_CONDITION.has(name) && !name.startsWith("x-ignore-"),
  );
  if (uncovered.length > 0) {
    throw accessDenied(`Invalid according to Policy: Extra input fields: ${uncovered.join(", ")}`);
  }
  return range;
}

/** S3's answer to a file that is too large or too small, or nothing. */
export function checkLength(size: number, { min, max }: LengthRange): void {
  if (size > max) {
    throw new S3Refusal(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", {
      ProposedSize: size,
      MaxSizeAllowed: max,
    });
  }
  if (size < min) {
    throw new S3Refusal(
      400,
      "EntityTooSmall",
      "Your proposed upload is smaller than the minimum allowed size",
      {
        ProposedSize: size,
        MinSizeAllowed: min,
      },
    );
  }
}

interface FieldTest {
  operator: "eq" | "starts-with";
  field: string;
  value: string;
}

function fieldTest(rule: z.infer<typeof condition>): FieldTest | undefined {
  if (Array.isArray(rule)) {
    if (rule[0] === "content-length-range") return undefined;
    return { operator: rule[0], field: rule[1].slice(1).toLowerCase(), value: rule[2] };
  }
  const [field = "", value = ""] = Object.entries(rule)[0] ?? [];
  return { operator: "eq", field: field.toLowerCase(), value };
}

function holds({ operator, field, value }: FieldTest, given: string): boolean {
  if (operator === "eq") return given === value;
  if (LISTS.has(field) && given.includes(","))
    return given.split(",").every((one) => one.trim().startsWith(value));
  return given.startsWith(value);
}

const said = ({ operator, field, value }: FieldTest) => JSON.stringify([operator, `$${field}`, value]);

function parsePolicy(policy: string): z.infer<typeof policyDocument> {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(policy, "base64").toString("utf8"));
  } catch {
    throw new S3Refusal(400, "InvalidPolicyDocument", "Invalid Policy: Invalid JSON.");
  }
  const parsed = policyDocument.safeParse(json);
  if (!parsed.success) {
    throw new S3Refusal(400, "InvalidPolicyDocument", `Invalid Policy: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

/**
 * Where the browser is sent after a successful upload: the form's address with bucket, key and etag added.
 * @returns undefined where the form gives no address that can be understood; S3 then answers as without one.
 */
export function successRedirect(
  target: string | undefined,
  bucket: string,
  key: string,
  etag: string,
): string | undefined {
  if (target === undefined || !URL.canParse(target)) return undefined;
  const url = new URL(target);
  url.searchParams.set("bucket", bucket);
  url.searchParams.set("key", key);
  url.searchParams.set("etag", `"${etag}"`);
  return url.href;
}

/** The key a form asks for, `${filename}` replaced by the name of the file it sends. */
export function keyOfForm(fields: ReadonlyMap<string, string>, filename: string): string {
  const key = fields.get("key");
  if (key === undefined || key === "") {
    throw invalidArgument(
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
      "key",
      "",
    );
  }
  // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own placeholder
  return key.replaceAll("${filename}", filename);
}
