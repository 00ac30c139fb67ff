import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // What Node compiles is kept beside npm start's: each system a test starts loads the same functions.
    env: { NODE_COMPILE_CACHE: ".build/compile-cache" },
    globalSetup: ["test/support/before-all-tests.ts"],
    // Two cores, two workers: by default Vitest leaves one core to itself, and the suite takes half as long again.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 90_000,
    pool: "forks",
  },
});
