import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** The secret is there but holds no text: nobody who made it meant that. */
export class SecretHasNoText extends Error {
  override readonly name = "SecretHasNoText";
}

/** Reads one secret's text; each call asks again. */
export function secretReader(client: SecretsManagerClient, secretArn: string): () => Promise<string> {
  return async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    if (SecretString === undefined) throw new SecretHasNoText(secretArn);
    return SecretString;
  };
}
