import type { OutboxItem } from "../../../shared/domain/errands/errand.ts";
import type { Filed } from "../../../shared/domain/filing/filed.ts";
import { type Owner, ownerText } from "../../../shared/domain/owner.ts";
import type { Outbox } from "../../../shared/ports/outbox.ts";
import type { Waits } from "../../../shared/ports/waits.ts";
import type { MemoryFiles } from "./memory-filing.ts";

/** The errands over the files in memory. */
export class MemoryOutbox implements Outbox {
  private readonly files: MemoryFiles;
  private readonly later = new Map<string, number>();

  constructor(files: MemoryFiles) {
    this.files = files;
  }

  async putOff(owner: Owner, until: number, now: number): Promise<boolean> {
    const standing = this.later.get(ownerText(owner));
    if (standing !== undefined && standing > now && standing <= until) return false;
    this.later.set(ownerText(owner), until);
    return true;
  }

  async finish(owner: Owner, item: OutboxItem): Promise<void> {
    this.files.patch(owner, ({ outbox }) => ({
      outbox: outbox.filter((other) => other.sequence !== item.sequence),
    }));
  }

  async ownersWithErrands(): Promise<Owner[]> {
    return [...this.files.byOwner.values()]
      .filter(({ outbox }) => outbox.length > 0)
      .map(({ owner }) => owner);
  }
}

/** The tokens over the files in memory. */
export class MemoryWaits implements Waits {
  private readonly files: MemoryFiles;

  constructor(files: MemoryFiles) {
    this.files = files;
  }

  async keep(read: Filed, wait: string, token: string, now: number): Promise<"kept" | "stale"> {
    const file = this.files.byOwner.get(ownerText(read.owner));
    if (file?.head.sequence !== read.head.sequence) return "stale";
    this.files.patch(read.owner, ({ waits }) => ({
      waits: new Map(waits).set(wait, { token, storedAt: now }),
    }));
    return "kept";
  }

  async forget(owner: Owner, wait: string, token: string): Promise<void> {
    this.files.patch(owner, ({ waits }) => ({
      waits: new Map([...waits].filter(([name, kept]) => name !== wait || kept.token !== token)),
    }));
  }
}
