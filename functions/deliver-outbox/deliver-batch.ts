import type { OutboxMessage } from "../../shared/contracts/events.ts";
import { type Owner, ownerText } from "../../shared/domain/owner.ts";
import { type DeliverOutboxDependencies, deliverOutbox } from "./deliver-outbox.ts";

export interface DeliverBatchDependencies extends DeliverOutboxDependencies {
  /** What went wrong with one owner must not keep the others' mails. */
  report: (owner: string, error: unknown) => void;
}

/** What a partly failed batch answers. Source: AWS Lambda, "Implementing partial batch responses" for Amazon SQS. */
export interface BatchAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}

interface OwnersMessages {
  owner: Owner;
  tries: number;
  ids: string[];
}

/**
 * Runs the errands of everybody a batch names, each owner once and all at the same time: one that stalls or breaks
 * delays nobody but itself. What broke is delivered again; what could not go yet has asked for its own later run.
 */
export async function deliverBatch(
  messages: readonly OutboxMessage[],
  dependencies: DeliverBatchDependencies,
): Promise<BatchAnswer> {
  const { owners, nobodys } = byOwner(messages);
  const failed = await Promise.all(
    owners.map(async ({ owner, tries, ids }) => {
      try {
        await deliverOutbox(owner, tries, dependencies);
        return [];
      } catch (error) {
        dependencies.report(ownerText(owner), error);
        return ids;
      }
    }),
  );
  return { batchItemFailures: [...nobodys, ...failed.flat()].map((itemIdentifier) => ({ itemIdentifier })) };
}

function byOwner(messages: readonly OutboxMessage[]): { owners: OwnersMessages[]; nobodys: string[] } {
  const owners = new Map<string, OwnersMessages>();
  const nobodys: string[] = [];
  for (const { messageId, errands } of messages) {
    if (!errands) {
      nobodys.push(messageId);
      continue;
    }
    const name = ownerText(errands.owner);
    const standing = owners.get(name) ?? { owner: errands.owner, tries: 0, ids: [] };
    standing.ids.push(messageId);
    standing.tries = Math.max(standing.tries, errands.tries);
    owners.set(name, standing);
  }
  return { owners: [...owners.values()], nobodys };
}
