import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";

interface ObjectCreated {
  detail: { object: { key: string } };
}

export async function handler(event: ObjectCreated): Promise<void> {
  const key = event.detail.object.key;
  await new SFNClient({}).send(
    new StartExecutionCommand({
      stateMachineArn: process.env["WORKFLOW_ARN"],
      name: key.replaceAll(/[^A-Za-z0-9-]/g, "-"),
      input: JSON.stringify({ key }),
    }),
  );
}
