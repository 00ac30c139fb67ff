import { EncryptCommand, KMSClient } from "@aws-sdk/client-kms";
import { expect, onTestFinished, test } from "vitest";
import { createKms } from "../../../embedded-aws/kms/service.ts";
import { clientSettings, hostService } from "../../support/one-service.ts";

test("a direct call to KMS is refused loudly: the product makes none", async () => {
  const host = await hostService(createKms());
  onTestFinished(() => host.close());
  const client = new KMSClient(clientSettings(host.endpoint));
  await expect(client.send(new EncryptCommand({ KeyId: "k", Plaintext: Buffer.from("x") }))).rejects.toThrow(
    "Encrypt is not run here",
  );
});
