import { afterEach } from "vitest";
import type { Json } from "../../../embedded-aws/template/json.ts";
import { type Functions, openWorld, type World } from "./world.ts";

/** A workflow of one state. */
export const only = (state: Record<string, Json>): Json => ({ StartAt: "Only", States: { Only: state } });

/** Opens the worlds of a test file, and closes them after each of its tests. */
export function worldsOfATest() {
  const open: World[] = [];
  afterEach(() => {
    for (const world of open.splice(0)) world.close();
  });

  function world(definition: Json, functions: Functions = {}): World {
    return track(openWorld({ definition, functions }));
  }

  function track(made: World): World {
    open.push(made);
    return made;
  }

  async function outcomeOf(definition: Json, input: Json = {}, functions: Functions = {}) {
    const made = world(definition, functions);
    const { status, output, error, cause } = made.now(await made.start(input));
    return { status, output, error, cause, calls: made.calls };
  }

  return { world, track, outcomeOf };
}
