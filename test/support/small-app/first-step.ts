import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

export async function handler(event: { key: string }): Promise<{ key: string }> {
  const Key = event.key.replace("uploads/", "done/");
  await new S3Client({}).send(
    new PutObjectCommand({ Bucket: process.env["INCOMING_BUCKET"], Key, Body: "done" }),
  );
  return { key: Key };
}
