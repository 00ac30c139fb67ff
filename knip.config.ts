import type { KnipConfig } from "knip";

/** Where code begins, for what nothing imports is dead. */
const config: KnipConfig = {
  entry: [
    "functions/*/{handler,bundle}.ts",
    "commands/*.ts",
    "test/**/*.test.ts",
    // Taken by path: esbuild's alias, the browser's scripts, the test's own small app.
    "infra/environment-credentials.ts",
    "shared/pages/browser/*.ts",
    "test/support/small-app/*.ts",
  ],
  project: ["{functions,shared,pdf-evidence,embedded-aws,infra,workflows,local,commands,test,bench}/**/*.ts"],
  // A class that only its own file throws is still caught by name elsewhere; what no file uses is dead.
  ignoreExportsUsedInFile: true,
  // Read as files: the design system's styles and fonts, axe's script.
  ignoreDependencies: ["dkfds", "axe-core"],
};

export default config;
