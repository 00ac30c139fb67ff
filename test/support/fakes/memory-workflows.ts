import type {
  AttemptStanding,
  IntakeInput,
  WorkflowResumer,
  WorkflowStarter,
} from "../../../shared/ports/workflows.ts";

const nameOf = (input: object, attempt: number) => `${Object.values(input).join(" ")} ${attempt}`;

/** Executions and their tokens in memory: a name starts once, a token wakes once. */
export class MemoryWorkflows<Input extends object = IntakeInput>
  implements WorkflowStarter<Input>, WorkflowResumer
{
  readonly started: { input: Input; attempt: number }[] = [];
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
  end(input: Input, attempt: number): void {
    this.ended.add(nameOf(input, attempt));
  }

  async start(input: Input, attempt: number): Promise<"started" | "already-started"> {
    const name = nameOf(input, attempt);
    if (this.definitions.has(name)) return "already-started";
    this.definitions.set(name, this.definition);
    this.started.push({ input, attempt });
    return "started";
  }

  async standing(input: Input, attempt: number): Promise<AttemptStanding> {
    const name = nameOf(input, attempt);
    const definition = this.definitions.get(name);
    if (definition === undefined || this.ended.has(name)) return "ended";
    return definition === this.definition ? "running" : "outdated";
  }

  async stop(input: Input, attempt: number): Promise<void> {
    this.end(input, attempt);
  }

  async resume(token: string): Promise<"resumed" | "too-late"> {
    if (this.resumed.includes(token)) return "too-late";
    this.resumed.push(token);
    return "resumed";
  }
}
