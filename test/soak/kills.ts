import { killedJourney } from "./killed-journey.ts";
import type { Proof } from "./proof.ts";

/** Fifty kills at random moments of whole journeys, ten a journey. */
export const kills: Proof = {
  name: "kills",
  cases: 50,
  casesPerBatch: 10,
  runBatch: async ({ seed, index, cases }) => {
    const { kills: killed, resentByAPerson, failures } = await killedJourney(seed * 1_000 + index, cases);
    return { counts: { killed, "resent by a person": resentByAPerson, failures: failures.length }, failures };
  },
};
