import type { IntakeInput, IntakeStarter, WorkflowResumer } from "../../../shared/ports/workflows.ts";

const nameOf = ({ key, versionId }: IntakeInput, attempt: number) => `${key} ${versionId} ${attempt}`;

/** Executions and their tokens in memory: a name starts once, a token wakes once. */
export class MemoryWorkflows implements IntakeStarter, WorkflowResumer {
  readonly started: { input: IntakeInput; attempt: number }[] = [];
  readonly resumed: string[] = [];
  private readonly ended = new Set<string>();

  /** As when an execution has come to its end, well or not. */
  end(input: IntakeInput, attempt: number): void {
    this.ended.add(nameOf(input, attempt));
  }

  async start(input: IntakeInput, attempt: number): Promise<"started" | "already-started"> {
    if (this.known(input, attempt)) return "already-started";
    this.started.push({ input, attempt });
    return "started";
  }

  async isRunning(input: IntakeInput, attempt: number): Promise<boolean> {
    return this.known(input, attempt) && !this.ended.has(nameOf(input, attempt));
  }

  async resume(token: string): Promise<"resumed" | "too-late"> {
    if (this.resumed.includes(token)) return "too-late";
    this.resumed.push(token);
    return "resumed";
  }

  private known(input: IntakeInput, attempt: number): boolean {
    return this.started.some((other) => nameOf(other.input, other.attempt) === nameOf(input, attempt));
  }
}
