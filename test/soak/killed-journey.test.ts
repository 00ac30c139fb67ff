import { expect, it } from "vitest";
import { killedJourney } from "./killed-journey.ts";

it("a machine killed three times on the way loses no case, decides nothing twice and sends nothing twice", async () => {
  const { failures, kills } = await killedJourney(1, 3);
  expect(failures).toEqual([]);
  expect(kills).toBeGreaterThan(0);
}, 280_000);
