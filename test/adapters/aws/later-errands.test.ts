import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, it } from "vitest";
import { SqsLaterErrands } from "../../../shared/adapters/aws/later-errands.ts";
import { type CaseId, ownerOf } from "../../../shared/domain/owner.ts";

const owner = ownerOf("case", "1" as CaseId);
const queueUrl = "https://sqs.example/later";

describe("Errands that can't be run yet", () => {
  it.each([
    ["are asked for again after the time that was said", 120, 120],
    ["wait a quarter of an hour at most, the longest the queue holds back", 3_600, 900],
  ])("%s", async (_, asked, held) => {
    const client = new SQSClient({ region: "eu-north-1" });
    const mock = mockClient(client);
    mock.on(SendMessageCommand).resolves({});
    await new SqsLaterErrands({ client, queueUrl }).runLater(owner, { afterSeconds: asked, tries: 2 });
    expect(mock.commandCalls(SendMessageCommand)[0]?.args[0].input).toEqual({
      QueueUrl: queueUrl,
      MessageBody: '{"owner":"case_1","tries":2}',
      DelaySeconds: held,
    });
  });
});
