import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A running DynamoDB; `stop` ends it, and is safe to call twice. */
export interface DynamoDbProcess {
  endpoint: string;
  stop(): Promise<void>;
}

export interface DynamoDbOptions {
  /** Where `dynamodb.sqlite` lives; without it everything is in memory. */
  dataDir?: string;
  /** DYNAMODB_BINARY and DYNAMODB_ENDPOINT are looked up here. */
  env?: Record<string, string | undefined>;
}

export class NoDynamoDbHere extends Error {
  override name = "NoDynamoDbHere";
  constructor() {
    super(
      `No DynamoDB for ${process.platform}-${process.arch}: the package that brings one (@dynoxide/linux-x64) is for ` +
        "Linux on x64. Install dynoxide for this system from the public npm registry and set DYNAMODB_BINARY to the " +
        "path of its program, or set DYNAMODB_ENDPOINT to the address of a running DynamoDB Local.",
    );
  }
}

/**
 * Starts `dynoxide`, a DynamoDB on SQLite, on a free port.
 *
 * With a `dataDir`, whatever a killed parent left on the same file is ended first: two of them would both open
 * it without complaint and each would answer from a cache of its own.
 *
 * @throws NoDynamoDbHere where no program fits this machine and none was named.
 */
export async function startDynamoDb(options: DynamoDbOptions = {}): Promise<DynamoDbProcess> {
  const env = options.env ?? process.env;
  const named = env["DYNAMODB_ENDPOINT"];
  if (named !== undefined && named !== "") return { endpoint: named, stop: async () => {} };

  const binary = findBinary(env["DYNAMODB_BINARY"]);
  const lock = options.dataDir === undefined ? undefined : join(options.dataDir, "dynamodb.pid");
  if (options.dataDir !== undefined) mkdirSync(options.dataDir, { recursive: true });
  if (lock !== undefined) await endOrphan(lock, binary);

  const database =
    options.dataDir === undefined ? [] : ["--db-path", join(options.dataDir, "dynamodb.sqlite")];
  // Between finding a free port and taking it somebody else may: three tries are plenty on one machine.
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const started = await launch(binary, ["serve", "--port", String(port), ...database]);
    if (started.ok) {
      if (lock !== undefined) writeFileSync(lock, String(started.pid));
      return {
        endpoint: `http://127.0.0.1:${port}`,
        stop: async () => {
          await started.stop();
          if (lock !== undefined) rmSync(lock, { force: true });
        },
      };
    }
    if (attempt === 3) throw new Error(`${binary} did not start: ${started.output}`);
  }
}

function findBinary(named: string | undefined): string {
  if (named !== undefined && named !== "") return named;
  if (process.platform !== "linux" || process.arch !== "x64") throw new NoDynamoDbHere();
  const require = createRequire(import.meta.url);
  try {
    const binary = require.resolve("@dynoxide/linux-x64/dynoxide");
    accessSync(binary, constants.X_OK);
    return binary;
  } catch {
    throw new NoDynamoDbHere();
  }
}

/** Ends what the lock names, but only if that process still is the program: pids are used again. */
async function endOrphan(lock: string, binary: string): Promise<void> {
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, "utf8"));
  if (Number.isInteger(pid) && pid > 1 && commandLineOf(pid).includes(binary)) {
    process.kill(pid, "SIGKILL");
    while (commandLineOf(pid).includes(binary)) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  rmSync(lock, { force: true });
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No free port on 127.0.0.1");
  return address.port;
}

type Launched = { ok: true; pid: number; stop(): Promise<void> } | { ok: false; output: string };

// The shell holds our end of a pipe: when this process dies, even by SIGKILL, its read returns and it takes
// the program with it.
const DIE_WITH_PARENT = `
exec 3<&0
"$0" "$@" </dev/null 3<&- &
child=$!
echo "pid $child"
( read -r _ <&3; kill -9 "$child" ) 2>/dev/null &
watcher=$!
wait "$child"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;

async function launch(binary: string, args: string[]): Promise<Launched> {
  const shell = spawn("/bin/sh", ["-c", DIE_WITH_PARENT, binary, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => {
    shell.once("exit", () => resolve());
    shell.once("error", () => resolve());
  });
  const heard: string[] = [];
  let pid = 0;
  const listening = new Promise<boolean>((resolve) => {
    for (const stream of [shell.stdout, shell.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        if (line.startsWith("pid ")) pid = Number(line.slice(4));
        else if (heard.length < 50) heard.push(line);
        if (line.includes("listening on")) resolve(true);
      });
    }
    void ended.then(() => resolve(false));
  });
  if (!(await listening)) return { ok: false, output: heard.join("\n") };
  letParentExit(shell);
  return {
    ok: true,
    pid,
    stop: async () => {
      shell.stdin.end();
      await ended;
    },
  };
}

/** The child's pipes must not keep a test worker or the start command alive. */
function letParentExit(shell: ChildProcess): void {
  shell.unref();
  for (const stream of [shell.stdin, shell.stdout, shell.stderr]) {
    if (stream !== null && "unref" in stream && typeof stream.unref === "function") stream.unref();
  }
}
