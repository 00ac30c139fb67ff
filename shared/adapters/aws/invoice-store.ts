import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import * as z from "zod";
import type { InvoiceFiles, InvoiceStore } from "../../ports/invoice-files.ts";
import { provision } from "./lambda/provide.ts";

const contentTypes = { pdf: "application/pdf", xml: "application/xml" } as const;
type Extension = keyof typeof contentTypes;

/** The documents of invoices in their bucket; S3 itself refuses to write one twice. */
export class S3InvoiceStore implements InvoiceStore {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor(options: { client: S3Client; bucket: string }) {
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
    try {
      await this.client.send(
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
    try {
      const { Body } = await this.client.send(
        new GetObjectCommand({ Bucket: this.bucket, Key: keyOf(number, extension) }),
      );
      return Body;
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }
}

function keyOf(number: number, extension: Extension): string {
  return `invoices/${number}.${extension}`;
}

/** 412: it is there. 409: somebody is writing it this moment, and writes the same. */
function isThereAlready(error: unknown): boolean {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  return status === 412 || status === 409;
}

/** For a handler. */
export const invoiceStore = provision(
  { INVOICE_BUCKET: z.string().min(1) },
  ({ INVOICE_BUCKET }) => new S3InvoiceStore({ client: new S3Client(), bucket: INVOICE_BUCKET }),
);
