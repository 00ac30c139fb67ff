import { expect, onTestFinished, test, vi } from "vitest";
import { startClock } from "../../../embedded-aws/clock/clock.ts";
import { toldInOrder } from "../../../embedded-aws/events/told-in-order.ts";

test("news that could not be told is told a second later, and later news is not held up for good", async () => {
  const silent = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => silent.mockRestore());
  const clock = startClock({ mode: "still", startMs: 0 });
  const list = ["created"];
  const told: string[] = [];
  let broken = true;
  const { tell, stop } = toldInOrder("S3", clock, async () => {
    if (broken) throw new Error("the bus is down");
    told.push(...list.splice(0));
  });
  tell();
  await clock.idle();
  expect(told).toEqual([]);

  broken = false;
  await clock.advanceTo(1000);
  expect(told).toEqual(["created"]);

  list.push("tagged");
  tell();
  await stop();
  expect(told).toEqual(["created", "tagged"]);
  list.push("too late");
  tell();
  await clock.idle();
  expect(told).toHaveLength(2);
});
