import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What a fresh process is to do; it is measured from its first import to the last thing named here. */
export interface ColdStart {
  /** Imported one after the other: a bundle, then what it would load later. */
  files: readonly string[];
  environment?: Readonly<Record<string, string>>;
  /** Handed to the first file's handler. */
  event?: unknown;
  /** What the handler must answer for the figure to count. */
  status?: number;
}

const CODE = `
  const { files, event, status } = JSON.parse(process.argv[1]);
  const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
  const before = used();
  const [first] = [await import(files[0])];
  for (const file of files.slice(1)) await import(file);
  const answer = event === undefined ? undefined : await first.handler(event, {});
  const ms = used() - before;
  if (answer?.statusCode !== status) throw new Error("answered " + answer?.statusCode + ", not " + status);
  process.stderr.write(String(ms), () => process.exit(0));`;

/** Processor time in ms, user and system, all threads: what else the machine does hardly sways it. */
export async function cold({ files, environment = {}, event, status }: ColdStart): Promise<number> {
  const { stderr } = await promisify(execFile)(
    process.execPath,
    ["--no-warnings", "--input-type=module", "--eval", CODE, JSON.stringify({ files, event, status })],
    { env: { AWS_REGION: "eu-north-1", ...environment } },
  );
  return Number(stderr.split("\n").at(-1));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}
