import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod/mini";
import type { InvoiceFiles, InvoiceStore } from "../../ports/invoice-files.ts";
import { provision } from "./lambda/provide.ts";
import { clientOf, isFailure, type LoadedClient, onFirstUse } from "./sdk/loaded-client.ts";

const sdk = () => import("./sdk/s3.ts");

const contentTypes = { pdf: "application/pdf", xml: "application/xml" } as const;
type Extension = keyof typeof contentTypes;

/** The documents of invoices in their bucket; S3 itself refuses to write one twice. */
export class S3InvoiceStore implements InvoiceStore {
  private readonly client: LoadedClient<S3Client>;
  private readonly bucket: string;

  constructor(options: { client: LoadedClient<S3Client>; bucket: string }) {
    this.client = options.client;
    this.bucket = options.bucket;
  }

  async keep(number: number, { pdf, xml }: InvoiceFiles): Promise<void> {
    await this.put(number, "pdf", pdf);
    await this.put(number, "xml", xml);
  }

  async readPdf(number: number): Promise<Uint8Array | undefined> {
    return (await this.get(number, "pdf"))?.transformToByteArray();
  }

  async readXml(number: number): Promise<string | undefined> {
    return (await this.get(number, "xml"))?.transformToString();
  }

  private async put(number: number, extension: Extension, body: Uint8Array | string): Promise<void> {
    const { PutObjectCommand } = await sdk();
    try {
      await (await clientOf(this.client)).send(
        new PutObjectCommand({
          Bucket: this.bucket,
          Key: keyOf(number, extension),
          Body: body,
          ContentType: contentTypes[extension],
          IfNoneMatch: "*",
        }),
      );
    } catch (error) {
      if (!isThereAlready(error)) throw error;
    }
  }

  private async get(number: number, extension: Extension) {
    const { GetObjectCommand } = await sdk();
    try {
      const { Body } = await (await clientOf(this.client)).send(
        new GetObjectCommand({ Bucket: this.bucket, Key: keyOf(number, extension) }),
      );
      return Body;
    } catch (error) {
      if (isFailure(error, "NoSuchKey")) return undefined;
      throw error;
    }
  }
}

function keyOf(number: number, extension: Extension): string {
  return `invoices/${number}.${extension}`;
}

/** 412: it is there. 409: somebody is writing it this moment, and writes the same. */
function isThereAlready(error: unknown): boolean {
  return isFailure(error, "PreconditionFailed") || isFailure(error, "ConditionalRequestConflict");
}

/** For a handler. */
export const invoiceStore = provision(
  { INVOICE_BUCKET: z.string().check(z.minLength(1)) },
  ({ INVOICE_BUCKET }) =>
    new S3InvoiceStore({
      client: onFirstUse(async () => new (await sdk()).S3Client()),
      bucket: INVOICE_BUCKET,
    }),
);
