import { describe, expect, it } from "vitest";
import type { CaseId } from "../../shared/domain/owner.ts";
import type { IntakeStarter } from "../../shared/ports/workflows.ts";

const input = { caseId: "case-1" as CaseId, key: "uploads/case-1.pdf", versionId: "v1" };

export interface WorkflowWorld {
  starter: IntakeStarter;
  /** The same executions, under a definition that was deployed since. */
  afterDeployment: IntakeStarter;
  /** Lets the execution of `input`, attempt 0, come to its end. */
  end(): Promise<void>;
}

/** What every starter of intakes keeps: one execution of one version, however often its event comes. */
export function intakeStarterContract(kind: string, start: () => Promise<WorkflowWorld>): void {
  describe(`Starting intakes (${kind})`, () => {
    it("runs one that was started, and none that was not", async () => {
      const { starter } = await start();
      expect(await starter.standing(input, 0)).toBe("ended");
      expect(await starter.start(input, 0)).toBe("started");
      expect(await starter.standing(input, 0)).toBe("running");
      expect(await starter.standing(input, 1)).toBe("ended");
      expect(await starter.standing({ ...input, versionId: "v2" }, 0)).toBe("ended");
    });

    it("never starts one again under the same attempt once it has ended, but under the next", async () => {
      const { starter, end } = await start();
      await starter.start(input, 0);
      await end();
      expect(await starter.standing(input, 0)).toBe("ended");
      expect(await starter.start(input, 0)).toBe("already-started");
      expect(await starter.start(input, 1)).toBe("started");
    });

    it("knows an execution that runs under a definition of old, and ends it when told to", async () => {
      const { starter, afterDeployment } = await start();
      await starter.start(input, 0);
      expect(await afterDeployment.standing(input, 0)).toBe("outdated");
      await afterDeployment.stop(input, 0);
      expect(await afterDeployment.standing(input, 0)).toBe("ended");
      expect(await afterDeployment.start(input, 1)).toBe("started");
      expect(await afterDeployment.standing(input, 1)).toBe("running");
    });
  });
}
