interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/**
 * Stands in for `@aws-sdk/credential-provider-node` in every bundle: Lambda hands a function its credentials
 * in the environment and nowhere else, so the SDK's search through files, SSO, STS and instance metadata is
 * 130 kB of cold start that never answers.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html (reserved variables)
 */
export function defaultProvider(): () => Promise<Credentials> {
  return async (): Promise<Credentials> => {
    const accessKeyId = process.env["AWS_ACCESS_KEY_ID"];
    const secretAccessKey = process.env["AWS_SECRET_ACCESS_KEY"];
    const sessionToken = process.env["AWS_SESSION_TOKEN"];
    if (!accessKeyId || !secretAccessKey) {
      throw new Error("No AWS credentials in the environment: AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY");
    }
    return sessionToken ? { accessKeyId, secretAccessKey, sessionToken } : { accessKeyId, secretAccessKey };
  };
}
