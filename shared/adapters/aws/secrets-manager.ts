import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { clientOf, type LoadedClient } from "./sdk/loaded-client.ts";

/** The secret is there but holds no text: nobody who made it meant that. */
export class SecretHasNoText extends Error {
  override readonly name = "SecretHasNoText";
}

/** Reads one secret's text; each call asks again. */
export function secretReader(
  client: LoadedClient<SecretsManagerClient>,
  secretArn: string,
): () => Promise<string> {
  return async () => {
    const { GetSecretValueCommand } = await import("./sdk/secrets-manager.ts");
    const { SecretString } = await (await clientOf(client)).send(
      new GetSecretValueCommand({ SecretId: secretArn }),
    );
    if (SecretString === undefined) throw new SecretHasNoText(secretArn);
    return SecretString;
  };
}
