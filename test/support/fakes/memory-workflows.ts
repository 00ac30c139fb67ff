import type {
  IntakeInput,
  IntakeStanding,
  IntakeStarter,
  WorkflowResumer,
} from "../../../shared/ports/workflows.ts";

const nameOf = ({ key, versionId }: IntakeInput, attempt: number) => `${key} ${versionId} ${attempt}`;

/** Executions and their tokens in memory: a name starts once, a token wakes once. */
export class MemoryWorkflows implements IntakeStarter, WorkflowResumer {
  readonly started: { input: IntakeInput; attempt: number }[] = [];
  readonly resumed: string[] = [];
  /** What is deployed now; an execution keeps the one it began under. */
  definition = "first";
  private readonly definitions = new Map<string, string>();
  private readonly ended = new Set<string>();

  /** As after a deployment. */
  under(definition: string): this {
    this.definition = definition;
    return this;
  }

  /** As when an execution has come to its end, well or not. */
  end(input: IntakeInput, attempt: number): void {
    this.ended.add(nameOf(input, attempt));
  }

  async start(input: IntakeInput, attempt: number): Promise<"started" | "already-started"> {
    const name = nameOf(input, attempt);
    if (this.definitions.has(name)) return "already-started";
    this.definitions.set(name, this.definition);
    this.started.push({ input, attempt });
    return "started";
  }

  async standing(input: IntakeInput, attempt: number): Promise<IntakeStanding> {
    const name = nameOf(input, attempt);
    const definition = this.definitions.get(name);
    if (definition === undefined || this.ended.has(name)) return "ended";
    return definition === this.definition ? "running" : "outdated";
  }

  async stop(input: IntakeInput, attempt: number): Promise<void> {
    this.end(input, attempt);
  }

  async resume(token: string): Promise<"resumed" | "too-late"> {
    if (this.resumed.includes(token)) return "too-late";
    this.resumed.push(token);
    return "resumed";
  }
}
