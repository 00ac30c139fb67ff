import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { join } from "node:path";

/** Where functions' output goes: one file a function under `<dataDir>/logs`; to the console too where asked for. */
export interface FunctionLogs {
  write(functionName: string, line: string): void;
  stop(): void;
}

export function createFunctionLogs(dataDir: string, options: { toConsole: boolean }): FunctionLogs {
  const folder = join(dataDir, "logs");
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, WriteStream>();
  return {
    write(functionName, line) {
      let file = files.get(functionName);
      if (file === undefined) {
        file = createWriteStream(join(folder, `${functionName}.log`), { flags: "a" });
        // A log that cannot be written must not end the system.
        file.on("error", () => undefined);
        files.set(functionName, file);
      }
      file.write(`${line}\n`);
      if (options.toConsole) console.log(`${functionName} ${line}`);
    },
    stop() {
      for (const file of files.values()) file.end();
      files.clear();
    },
  };
}
