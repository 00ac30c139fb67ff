import { openPipeRoom } from "./room.ts";

/**
 * A process of its own, for it kills itself: commits five errands of two owners, and at the third message ends as a
 * power cut would, before the message is in the queue or after it but before the checkpoint.
 *
 *     node killed-pipe.ts DATA_DIR before|after
 */
const [dataDir = "", when] = process.argv.slice(2);
let sent = 0;
const room = await openPipeRoom(dataDir, (queues) => ({
  send(...message) {
    sent += 1;
    if (sent === 3 && when === "before") process.kill(process.pid, "SIGKILL");
    const answer = queues.send(...message);
    if (sent === 3 && when === "after") process.kill(process.pid, "SIGKILL");
    return answer;
  },
}));
for (const [index, owner] of ["case_a", "case_b", "case_a", "case_b", "case_a"].entries())
  await room.commit(owner, index);
await room.clock.idle();
process.exitCode = 1;
