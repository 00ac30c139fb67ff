import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import busboy from "busboy";
import { checkLength, checkPostPolicy, keyOfForm, type LengthRange, successRedirect } from "./post-policy.ts";
import { Measure, type Received } from "./receive.ts";
import { accessDenied, invalidArgument, notRunHere, S3Refusal } from "./refusal.ts";
import { demand, type S3Answer, type S3Request, type S3Room } from "./request.ts";
import { type SecretOf, verifyPostPolicySignature } from "./signature.ts";
import { parseTagging } from "./tagging.ts";
import { attributesOf, keepObject, writeDemands, writtenHeaders } from "./write.ts";
import { xmlDocument } from "./xml.ts";

/** All form data before the file. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html */
const LARGEST_FORM_BYTES = 20_000;
const KNOWN_FIELDS =
  /^(key|bucket|policy|x-amz-(algorithm|credential|date|signature|security-token|server-side-encryption|server-side-encryption-aws-kms-key-id|meta-.+)|content-(type|disposition|encoding|language)|cache-control|expires|success_action_(redirect|status)|tagging|x-ignore-.*)$/;

/** What the policy and its signer's role allow this form to write. */
interface Admitted {
  key: string;
  accessKeyId: string;
  range: LengthRange;
  tags: Record<string, string>;
}

/**
 * A browser's upload: a form whose policy somebody with a key has signed.
 *
 * The form is held against its policy before the file is stored; a refused file is read to its end all the
 * same, for a browser shows the answer only once it has sent everything. Fields after the file are ignored.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export async function postObject(
  request: Omit<S3Request, "accessKeyId">,
  room: S3Room,
  secretOf: SecretOf,
): Promise<S3Answer> {
  const { bucket } = request;
  const temporary = room.store.temporaryFile();
  try {
    const { fields, admitted, received } = await readForm(request, temporary, (form, filename) =>
      admit({ ...request, fields: form, filename }, room, secretOf),
    );
    checkLength(received.size, admitted.range);
    const version = keepObject(
      room,
      bucket,
      admitted.key,
      received,
      {
        ...attributesOf(bucket, Object.fromEntries(fields), room.now()),
        tags: admitted.tags,
        requester: admitted.accessKeyId,
        reason: "POST Object",
      },
      temporary,
    );
    const address = `http://${request.headers["host"] ?? ""}/${bucket.name}/${encodeURIComponent(admitted.key)}`;
    return success(fields, { ...writtenHeaders(bucket, version), location: address }, bucket.name, version);
  } catch (error) {
    room.store.discard(temporary);
    throw error;
  }
}

function success(
  fields: ReadonlyMap<string, string>,
  headers: Record<string, string>,
  bucket: string,
  version: { key: string; etag: string },
): S3Answer {
  const redirect = successRedirect(fields.get("success_action_redirect"), bucket, version.key, version.etag);
  if (redirect !== undefined) return { status: 303, headers: { ...headers, location: redirect } };
  const status = fields.get("success_action_status");
  if (status === "200") return { status: 200, headers };
  if (status !== "201") return { status: 204, headers };
  return {
    status: 201,
    headers: { ...headers, "content-type": "application/xml" },
    body: xmlDocument(
      "PostResponse",
      { Location: headers["location"], Bucket: bucket, Key: version.key, ETag: `"${version.etag}"` },
      false,
    ),
  };
}

function admit(
  form: Omit<S3Request, "accessKeyId"> & { fields: Map<string, string>; filename: string },
  room: S3Room,
  secretOf: SecretOf,
): Admitted {
  const { fields, bucket } = form;
  if (fields.get("policy") === undefined) throw accessDenied();
  const unknown = [...fields.keys()].find((name) => !KNOWN_FIELDS.test(name));
  const accessKeyId = verifyPostPolicySignature(fields, secretOf);
  const key = keyOfForm(fields, form.filename);
  const range = checkPostPolicy(
    fields.get("policy") ?? "",
    new Map([...fields, ["bucket", bucket.name], ["key", key]]),
    room.now(),
  );
  if (unknown !== undefined) throw notRunHere(`The form field ${unknown}`);
  const tagging = fields.get("tagging");
  const tags = tagging === undefined ? {} : parseTagging(tagging);
  demand(
    room,
    accessKeyId,
    writeDemands(bucket, key, tagging === undefined ? {} : { "x-amz-tagging": tagging }),
  );
  return { key, accessKeyId, range, tags };
}

/** Reads a form into its fields and one file; `admitForm` is asked when the file begins. */
async function readForm(
  request: Omit<S3Request, "accessKeyId">,
  temporary: string,
  admitForm: (fields: Map<string, string>, filename: string) => Admitted,
): Promise<{ fields: Map<string, string>; admitted: Admitted; received: Received }> {
  const parser = parserFor(request.headers);
  const fields = new Map<string, string>();
  let formBytes = 0;
  let refusal: unknown;
  let upload: { admitted: Admitted; measure: Measure; written: Promise<void> } | undefined;
  const refuse = (error: unknown) => {
    refusal ??= error;
  };

  parser.on("field", (name, value) => {
    if (upload !== undefined || refusal !== undefined) return;
    formBytes += name.length + Buffer.byteLength(value);
    if (formBytes > LARGEST_FORM_BYTES) {
      refuse(
        new S3Refusal(
          400,
          "MaxPostPreDataLengthExceeded",
          "Your POST request fields preceding the upload file were too large.",
        ),
      );
    }
    const field = name.toLowerCase();
    if (fields.has(field)) refuse(invalidArgument("A form field may be given once only.", field, value));
    fields.set(field, value);
  });
  parser.on("file", (name, stream, info) => {
    if (upload !== undefined || name.toLowerCase() !== "file") refuse(oneFile());
    try {
      if (refusal !== undefined) throw refusal;
      const admitted = admitForm(fields, info.filename ?? "");
      const measure = new Measure(admitted.range.max);
      const written = pipeline(stream, measure, createWriteStream(temporary));
      written.catch(refuse);
      upload = { admitted, measure, written };
    } catch (error) {
      refuse(error);
      stream.resume();
    }
  });

  try {
    await pipeline(request.body, parser);
  } catch {
    refuse(
      new S3Refusal(
        400,
        "MalformedPOSTRequest",
        "The body of your POST request is not well-formed multipart/form-data.",
      ),
    );
  }
  await upload?.written.catch(refuse);
  if (refusal !== undefined) throw refusal;
  if (upload === undefined) throw oneFile();
  const { admitted, measure } = upload;
  return { fields, admitted, received: { size: measure.size, etag: measure.md5.digest("hex") } };
}

function parserFor(headers: Record<string, string>): busboy.Busboy {
  try {
    return busboy({
      headers,
      defParamCharset: "utf8",
      limits: { fieldSize: LARGEST_FORM_BYTES + 1, fields: 200 },
    });
  } catch {
    throw new S3Refusal(
      412,
      "PreconditionFailed",
      "At least one of the pre-conditions you specified did not hold. Bucket POST must be of the enclosure-type multipart/form-data",
    );
  }
}

const oneFile = () => invalidArgument("POST requires exactly one file upload per request.", "file", "0");
