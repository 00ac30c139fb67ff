import { beforeAll, describe, expect, it } from "vitest";
import { assemblyOf } from "../infra/cloud-assembly.ts";
import { type Rehearsal, rehearse, type Script, type StepInput, Thrown } from "./rehearsal.ts";

beforeAll(async () => {
  await assemblyOf("local");
});

const DAY = 24 * 60 * 60;
const planned = (outcome: string, seconds = 1) => ({ outcome, wake: { seconds } });

/** Answers each wait's plans in turn, and its last one from then on. */
function plans(answers: Record<string, readonly [string, number?][]>): Script {
  const asked = new Map<string, number>();
  return {
    "plan-next-wake": ({ wait = "" }: StepInput) => {
      const turn = asked.get(wait) ?? 0;
      asked.set(wait, turn + 1);
      const given = answers[wait] ?? [["passed"]];
      const [outcome, seconds] = given[Math.min(turn, given.length - 1)] ?? ["passed"];
      return planned(outcome, seconds);
    },
  };
}

async function begun(script: Script): Promise<Rehearsal> {
  const rehearsal = await rehearse(script);
  await rehearsal.begin();
  return rehearsal;
}

const stepsOf = (rehearsal: Rehearsal) =>
  rehearsal.calls().map(({ step, input }) => [step, input.wait ?? input.stage].filter(Boolean).join(" "));

describe("an agreement that everybody approves", () => {
  it("is read, judged, scanned, decided by the secretariat and the chair, archived, and then the member is admitted", async () => {
    const rehearsal = await begun({});
    expect(stepsOf(rehearsal)).toEqual([
      "register-upload",
      "judge-document",
      "plan-next-wake scan",
      "open-round secretariat",
      "plan-next-wake secretariat",
      "open-round chair",
      "plan-next-wake chair",
      "archive-agreement",
      "admit-member",
    ]);
    expect((await rehearsal.states()).at(-1)).toBe("Member admitted");
    expect(rehearsal.status().status).toBe("SUCCEEDED");
  });

  it("does not ask the chair where the kind of agreement needs no countersignature", async () => {
    const rehearsal = await begun({
      "open-round": ({ stage }) => ({ outcome: stage === "chair" ? "pass" : "ask" }),
    });
    expect(stepsOf(rehearsal)).not.toContain("plan-next-wake chair");
    expect((await rehearsal.states()).at(-1)).toBe("Member admitted");
  });

  it("tells every step the case, the file and its version, and nothing personal", async () => {
    const rehearsal = await begun(plans({ secretariat: [["wait", DAY]] }));
    for (const { input } of rehearsal.calls()) {
      expect(input).toMatchObject({
        caseId: "case-1",
        key: "uploads/case-1/upload-1.pdf",
        versionId: "v1",
      });
      const known = ["caseId", "key", "versionId", "wait", "stage", "error", "taskToken"];
      expect(Object.keys(input).filter((name) => !known.includes(name))).toEqual([]);
    }
  });
});

describe("an upload that goes no further", () => {
  it.each([
    ["gives way to a newer one", { outcome: "superseded" }, "Another upload took over"],
    ["comes to a case that is closed", { outcome: "closed" }, "The case is decided elsewhere"],
  ])("%s", async (_, answer, end) => {
    const rehearsal = await begun({ "register-upload": () => answer });
    expect(stepsOf(rehearsal)).toEqual(["register-upload"]);
    expect((await rehearsal.states()).at(-1)).toBe(end);
  });

  it("is rejected by the judge: the submitter is told, and nobody else, whatever the scan says later", async () => {
    const rehearsal = await begun({ "judge-document": () => ({ outcome: "rejected" }) });
    expect(stepsOf(rehearsal)).toEqual(["register-upload", "judge-document", "reject-upload"]);
    expect((await rehearsal.states()).at(-1)).toBe("Another file is asked for");
  });
});

describe.each([
  ["the secretariat", "secretariat"],
  ["the chair", "chair"],
])("while %s decides", (_, wait) => {
  it("the case sleeps until an answer comes, and goes on when the table says that it may", async () => {
    const rehearsal = await begun(plans({ [wait]: [["wait", 3 * DAY], ["passed"]] }));
    expect(rehearsal.status()).toMatchObject({
      status: "RUNNING",
      now: [expect.stringMatching(/^Wait for/)],
    });
    await rehearsal.answer();
    expect((await rehearsal.states()).at(-1)).toBe("Member admitted");
  });

  it("an answer that changed nothing puts it to sleep again", async () => {
    const rehearsal = await begun(plans({ [wait]: [["wait", DAY], ["wait", DAY], ["passed"]] }));
    await rehearsal.answer();
    expect(rehearsal.status().status).toBe("RUNNING");
    await rehearsal.answer();
    expect(rehearsal.status().status).toBe("SUCCEEDED");
  });

  it("it wakes by itself at the planned second, not before, and looks again", async () => {
    const rehearsal = await begun(plans({ [wait]: [["wait", 3 * DAY], ["passed"]] }));
    await rehearsal.pass(3 * DAY - 1);
    expect(rehearsal.status().status).toBe("RUNNING");
    await rehearsal.pass(1);
    expect(rehearsal.status().status).toBe("SUCCEEDED");
  });

  it("a case that was declined, returned or withdrawn ends here", async () => {
    const rehearsal = await begun(plans({ [wait]: [["wait", DAY], ["closed"]] }));
    await rehearsal.answer();
    expect((await rehearsal.states()).at(-1)).toBe("The case is decided elsewhere");
    expect(stepsOf(rehearsal)).not.toContain("admit-member");
  });

  it("a case that nobody decides expires", async () => {
    const rehearsal = await begun(plans({ [wait]: [["wait", 30 * DAY], ["expired"]] }));
    await rehearsal.pass(30 * DAY);
    expect((await rehearsal.states()).at(-1)).toBe("Nobody decided in time");
    expect(stepsOf(rehearsal)).not.toContain("admit-member");
  });

  it("a second answer to the same wait is refused and does no harm", async () => {
    const rehearsal = await begun(
      plans({
        [wait]: [
          ["wait", DAY],
          ["wait", DAY],
        ],
      }),
    );
    const token = rehearsal.calls().at(-1)?.input.taskToken;
    await rehearsal.answer(token);
    await expect(rehearsal.answer(token)).rejects.toThrow("TaskTimedOut");
    expect(rehearsal.status().status).toBe("RUNNING");
  });

  it("a restart in the middle of the wait changes nothing", async () => {
    const rehearsal = await begun(plans({ [wait]: [["wait", DAY], ["passed"]] }));
    const before = rehearsal.calls().length;
    await rehearsal.crash();
    expect(rehearsal.calls()).toHaveLength(before);
    await rehearsal.answer();
    expect((await rehearsal.states()).at(-1)).toBe("Member admitted");
  });
});

describe("nothing reaches a person before the malware scan is clean", () => {
  it("the case waits for the verdict before it asks anybody", async () => {
    const rehearsal = await begun(plans({ scan: [["wait", 600], ["passed"]] }));
    expect(stepsOf(rehearsal)).not.toContain("open-round secretariat");
    await rehearsal.answer();
    expect(stepsOf(rehearsal)).toContain("open-round secretariat");
  });

  it("a threat, or no verdict in time, holds the case for a person, who is told why", async () => {
    const rehearsal = await begun(plans({ scan: [["held"]] }));
    expect(rehearsal.calls().find(({ step }) => step === "hold-case")?.input.error).toBe("ScanWaitHeld");
    expect(stepsOf(rehearsal)).not.toContain("open-round secretariat");
    expect((await rehearsal.states()).at(-1)).toBe("Held for a person");
  });
});

const STEPS_THAT_CAN_BREAK: readonly [string, Script][] = [
  ["registering", { "register-upload": fails }],
  ["judging", { "judge-document": fails }],
  ["telling the submitter", { "judge-document": () => ({ outcome: "rejected" }), "reject-upload": fails }],
  ["asking", { "open-round": fails }],
  ["planning", { "plan-next-wake": fails }],
  ["archiving", { "archive-agreement": fails }],
  ["admitting", { "admit-member": fails }],
];

describe("a step that breaks", () => {
  it("is tried again, for what broke is often a moment's", async () => {
    const rehearsal = await begun({
      "register-upload": (_, times) => {
        if (times < 4) throw new Thrown("ProvisionedThroughputExceededException");
        return { outcome: "registered" };
      },
    });
    await rehearsal.pass(2 + 6 + 18);
    expect((await rehearsal.states()).at(-1)).toBe("Member admitted");
  });

  it("waits out an outage of Lambda for three hours before a person is troubled", async () => {
    const rehearsal = await begun({
      "admit-member": () => {
        throw new Thrown("Lambda.ServiceException");
      },
      ...plans({}),
    });
    await rehearsal.pass(3 * 60 * 60);
    expect(stepsOf(rehearsal)).not.toContain("hold-case");
    await rehearsal.pass(30 * 60);
    expect(stepsOf(rehearsal)).toContain("hold-case");
  });

  it.each(STEPS_THAT_CAN_BREAK)(
    "while %s holds the case, and says under which name it broke",
    async (_, script) => {
      const rehearsal = await begun({ ...plans({}), ...script });
      await rehearsal.pass(2 + 6 + 18 + 54);
      expect(rehearsal.calls().find(({ step }) => step === "hold-case")?.input.error).toBe("Broken");
      expect((await rehearsal.states()).at(-1)).toBe("Held for a person");
      expect(rehearsal.status().status).toBe("SUCCEEDED");
    },
  );

  it("while it stores the token to be woken by holds the case too", async () => {
    const rehearsal = await begun({
      ...plans({ secretariat: [["wait", DAY]] }),
      "store-task-token": ({ wait }) => (wait === "secretariat" ? fails() : {}),
    });
    await rehearsal.pass(2 + 6 + 18 + 54);
    expect((await rehearsal.states()).at(-1)).toBe("Held for a person");
  });
});

describe("a case that is held", () => {
  it("ends its execution, so that no definition outlives its work: a person starts the next attempt", async () => {
    const rehearsal = await begun(plans({ scan: [["held"]] }));
    expect(rehearsal.status()).toMatchObject({ status: "SUCCEEDED", now: [] });
    expect(stepsOf(rehearsal).at(-1)).toBe("hold-case");
  });

  it("rings, where not even a task could be opened", async () => {
    const rehearsal = await begun({ "judge-document": fails, "hold-case": fails });
    await rehearsal.pass(5 * 60 * 60);
    expect(rehearsal.status()).toMatchObject({ status: "FAILED", error: "NobodyCouldBeTold" });
  });
});

describe("a crash", () => {
  it("in each of its waits loses nothing and admits once", async () => {
    const rehearsal = await begun(
      plans({
        scan: [["wait", 600], ["passed"]],
        secretariat: [["wait", DAY], ["passed"]],
        chair: [["wait", DAY], ["passed"]],
      }),
    );
    for (const _ of ["scan", "secretariat", "chair"]) {
      await rehearsal.crash();
      await rehearsal.answer();
    }
    await rehearsal.crash();
    expect(stepsOf(rehearsal).filter((step) => step === "admit-member")).toHaveLength(1);
    expect((await rehearsal.states()).at(-1)).toBe("Member admitted");
  });
});

function fails(): never {
  throw new Thrown("Broken");
}
