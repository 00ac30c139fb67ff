import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** One thing `npm run check` looks at: what it finds out, and the tool of node_modules/.bin that does. */
interface Check {
  name: string;
  command: readonly [string, ...string[]];
}

interface Finding {
  name: string;
  passed: boolean;
  output: string;
  seconds: number;
}

const ROOT = join(import.meta.dirname, "..");
const ROOMS = [
  ...["functions", "shared", "pdf-evidence", "embedded-aws", "workflows", "infra"],
  ...["local", "test", "commands", "bench"],
];

const CHECKS: readonly Check[] = [
  { name: "types", command: ["tsc", "--project", "."] },
  { name: "types of the browser's scripts", command: ["tsc", "--project", "shared/pages/browser"] },
  { name: "lint and format", command: ["biome", "ci", "--error-on-warnings", "."] },
  {
    name: "imports run one way",
    command: ["depcruise", "--config", "import-rules.ts", ...ROOMS.filter(isThere)],
  },
  { name: "no dead code", command: ["knip", "--no-progress"] },
];

function isThere(folder: string): boolean {
  return existsSync(join(ROOT, folder));
}

/** Runs one tool to its end. A tool that cannot be started has found something too: itself missing. */
function run({ name, command: [tool, ...args] }: Check): Promise<Finding> {
  const startedAt = performance.now();
  const path = [join(ROOT, "node_modules", ".bin"), process.env["PATH"]].join(":");
  return new Promise((resolve) => {
    execFile(
      tool,
      args,
      { cwd: ROOT, env: { ...process.env, PATH: path }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        resolve({
          name,
          passed: error === null,
          output: `${stdout}${stderr}` || String(error ?? ""),
          seconds: (performance.now() - startedAt) / 1000,
        });
      },
    );
  });
}

function report({ name, passed, output, seconds }: Finding): void {
  console.log(`${passed ? "passed" : "FAILED"}  ${name} (${seconds.toFixed(1)} s)`);
  if (!passed) console.log(`\n${output.trim()}\n`);
}

const findings = await Promise.all(CHECKS.map(run));
for (const finding of findings) report(finding);
const failed = findings.filter(({ passed }) => !passed).length;
console.log(`${findings.length - failed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
