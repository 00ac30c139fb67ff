import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/before-all-tests.ts"],
    // Two cores, two workers: by default Vitest leaves one core to itself, and the suite takes half as long again.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 90_000,
    pool: "forks",
  },
});
